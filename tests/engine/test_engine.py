"""The engine process as its client sees it."""

import multiprocessing
import queue
import stat
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.__main__ import _open_assistant
from desktop_rag.domain import AddProgress, AddReport
from desktop_rag.engine.client import EngineClient
from desktop_rag.engine.messages import (
    Cancelled,
    Failed,
    Finished,
    Progress,
    Quit,
    Reply,
    Request,
)
from desktop_rag.engine.server import serve
from desktop_rag.services.assistant import Assistant
from tests.support import make_pdf

LONG_S = 120.0


class Desk:
    """A client with its replies in a queue."""

    def __init__(self, library: Path) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self._ends: dict[int, Reply] = {}
        self.client = EngineClient(partial(_open_assistant, library), self.replies.put)

    def reply(self) -> Reply:
        return self.replies.get(timeout=LONG_S)

    def last_reply(self, number: int) -> Reply:
        """How this request ended; the ends of others are kept for their turn."""
        while number not in self._ends:
            reply = self.reply()
            if isinstance(reply, Finished | Cancelled | Failed):
                self._ends[reply.number] = reply
        return self._ends.pop(number)

    def result(self, method: str, *arguments: object) -> object:
        reply = self.last_reply(self.client.request(method, *arguments))
        assert isinstance(reply, Finished), reply
        return reply.value


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "library")
    made.client.start()
    yield made
    made.client.close()


def test_a_document_is_removed_while_others_are_read(desk: Desk, tmp_path: Path) -> None:
    first = desk.result("add", [make_pdf(tmp_path / "a.pdf", ["The boiler is kept."])], None, ())
    assert isinstance(first, AddReport)
    many = [make_pdf(tmp_path / f"{n}.pdf", [f"The roof {n} is kept."]) for n in range(5)]
    adding = desk.client.request("add", many, None, ())
    reply = desk.reply()
    assert isinstance(reply, Progress)
    assert isinstance(reply.value, AddProgress)
    desk.client.pause(adding)
    removing = desk.client.request("remove", [first.files[0].document_id])
    assert isinstance(desk.last_reply(removing), Finished)
    desk.client.resume(adding)
    reply = desk.last_reply(adding)
    assert isinstance(reply, Finished)
    assert [file.status for file in reply.value.files] == ["ready"] * 5


def test_a_paused_reading_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    many = [make_pdf(tmp_path / f"{n}.pdf", [f"The roof {n} is kept."]) for n in range(9)]
    adding = desk.client.request("add", many, None, ())
    desk.client.pause(adding)
    waiting = desk.client.request("add", many, None, ())
    desk.client.cancel(waiting)
    assert desk.last_reply(waiting) == Cancelled(waiting)
    desk.client.cancel(adding)
    assert desk.last_reply(adding) == Cancelled(adding)


def test_quitting_while_a_page_is_read_records_nothing(
    assistant: Assistant, tmp_path: Path
) -> None:
    pages = [f"Page {n}. " + "word " * 2000 for n in range(1, 400)]
    file = make_pdf(tmp_path / "a.pdf", pages)
    replies: queue.Queue[Reply] = queue.Queue()
    window, pipe = multiprocessing.Pipe()
    engine = threading.Thread(target=serve, args=(pipe, assistant, replies.put))
    engine.start()
    window.send(Request(1, "add", ([file], None, ())))
    while not (isinstance(reply := replies.get(timeout=LONG_S), Progress) and reply.value.page):
        pass
    window.send(Quit())
    while isinstance(reply, Progress):
        reply = replies.get(timeout=LONG_S)
    engine.join()
    assert reply == Cancelled(1)
    assert assistant.library.documents() == []


def test_the_log_is_kept_only_if_wanted_and_tells_nothing_of_anybody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    canary = tmp_path / "Zanzibar"
    canary.mkdir()
    file = make_pdf(canary / "Zanzibar v. Honolulu.pdf", ["The Zanzibar clause."])
    data = tmp_path / "home" / "desktop-rag"
    data.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(data.parent))
    desk = Desk(tmp_path / "library")
    desk.client.start()
    assert desk.result("collections") == {}
    desk.client.close()
    assert not (data / "logs").exists()
    (data / "settings.toml").write_text("log = true\n")
    desk = Desk(tmp_path / "library")
    desk.client.start()
    report = desk.result("add", [file], "Zanzibar", ["Zanzibar"])
    assert isinstance(report, AddReport)
    wanted = desk.client.request("create_collection", "Zanzibar")
    assert isinstance(desk.last_reply(wanted), Failed)
    bug = desk.client.request("entries", "Zanzibar", "one argument too many")
    assert isinstance(desk.last_reply(bug), Failed)
    odd = desk.client.request("Zanzibar")
    assert isinstance(desk.last_reply(odd), Failed)
    desk.client.close()
    log = data / "logs" / "engine.log"
    text = log.read_text(encoding="utf-8")
    for words in ("start: ", "add: finished after", "create_collection: WrongUsage", "end"):
        assert words in text
    assert "entries: TypeError at engine/lanes.py:" in text
    for secret in ("anzibar", "Honolulu", str(tmp_path), "argument"):
        assert secret not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_an_unknown_method_is_a_failure_and_no_death(desk: Desk) -> None:
    number = desk.client.request("steal")
    reply = desk.last_reply(number)
    assert isinstance(reply, Failed)
    assert "steal" in reply.details
