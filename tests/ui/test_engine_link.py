"""Requests as jobs: what becomes of them when the engine dies."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_rag.engine.messages import EngineDied, Failed, Finished, Reply
from desktop_rag.ui import engine_link
from desktop_rag.ui.engine_link import EngineLink


class ScriptedClient:
    """Takes requests down; the test says what comes back."""

    def __init__(self, open_assistant: object, on_reply: Callable[[Reply], None]) -> None:
        self.reply = on_reply
        self.requests: list[str] = []

    def start(self) -> None:
        return None

    def request(self, method: str, *arguments: object) -> int:
        self.requests.append(method)
        return len(self.requests)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_link, "EngineClient", ScriptedClient)


def made() -> tuple[EngineLink, ScriptedClient]:
    link = EngineLink(lambda: None)  # type: ignore[arg-type, return-value]
    scripted: Any = link.client
    return link, scripted


def test_a_request_made_before_the_engine_starts_is_made_when_it_does(
    qtbot: QtBot, client: None
) -> None:
    link, scripted = made()
    link.request("documents")
    assert scripted.requests == []
    link.start()
    assert scripted.requests == ["documents"]


def test_after_a_death_a_request_is_made_again_and_answered_once(
    qtbot: QtBot, client: None
) -> None:
    link, scripted = made()
    link.start()
    answers: list[str] = []
    link.request("documents", then=answers.append)
    scripted.reply(EngineDied((1,), restarted=True))
    qtbot.waitUntil(lambda: scripted.requests == ["documents", "documents"])
    scripted.reply(Finished(1, "too late"))
    scripted.reply(Finished(2, "again"))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["again"]


def test_who_wants_to_know_of_a_death_is_told_in_place_of_another_try(
    qtbot: QtBot, client: None
) -> None:
    link, scripted = made()
    link.start()
    lost: list[str] = []
    link.request("create_collection", "Smith", lost=lambda: lost.append("lost"))
    scripted.reply(EngineDied((1,), restarted=True))
    qtbot.waitUntil(lambda: lost == ["lost"])
    assert scripted.requests == ["create_collection"]


def test_replies_to_what_is_shown_no_more_reach_nobody(qtbot: QtBot, client: None) -> None:
    link, scripted = made()
    link.start()
    seen: list[object] = []
    link.problem.connect(seen.append)
    link.request("turns", 1, then=seen.append)
    link.request("conversations", "", then=seen.append)
    link.request("add", then=seen.append, outlives_views=True)
    link.forget_views()
    scripted.reply(Failed(1, "It is gone.", ""))
    scripted.reply(Finished(2, "for nobody"))
    scripted.reply(Finished(3, "read"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["read"]
