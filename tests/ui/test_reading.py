"""The orders to read, on an engine that says what a test wants it to."""

import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import AddedFile, AddProgress, AddReport, AddStatus, Removed
from desktop_rag.ui import pace
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.notice_strip import NoticeStrip
from desktop_rag.ui.outcome import Outcome
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.reading_strip import ReadingStrip
from desktop_rag.ui.theme import LIGHT
from tests.fakes import ScriptedLink

POISON = Path("poison.pdf")


def step(path: Path, finished: AddedFile | None = None) -> AddProgress:
    return AddProgress(1, 2, path, 1, 1, finished, 0.5)


@pytest.fixture
def link() -> ScriptedLink:
    return ScriptedLink()


@pytest.fixture
def outcomes() -> list[Outcome]:
    return []


@pytest.fixture
def reading(qtbot: QtBot, link: ScriptedLink, outcomes: list[Outcome]) -> Reading:
    made = Reading(link)  # type: ignore[arg-type]
    made.ended.connect(outcomes.append)
    return made


def test_a_file_that_ends_the_engine_each_time_is_left_out_and_named(
    reading: Reading, link: ScriptedLink, outcomes: list[Outcome]
) -> None:
    reading.add([POISON, Path("good.pdf")], "Smith")
    while link.methods[-1] == "add":
        assert len(link.methods) < 20
        link.last["each"](step(POISON))
        link.last["lost"]()
    assert link.methods[-2:] == ["forget_pending", "go_on"]
    good = Path("good.pdf")
    link.last["each"](step(good, AddedFile(good, "a", AddStatus.READY)))
    link.last["then"](AddReport((), 1.0))
    (outcome,) = outcomes
    assert (outcome.fine, outcome.collection) == (1, "Smith")
    assert [file.path for file in outcome.refused] == [POISON]
    assert "poison.pdf" in outcome.refused[0].message


def test_deaths_are_borne_as_long_as_files_come_to_their_end(
    reading: Reading, link: ScriptedLink
) -> None:
    reading.add([Path("folder")], "Smith")
    for number in range(20):
        path = Path(f"{number}.pdf")
        link.last["each"](step(path, AddedFile(path, str(number), AddStatus.READY)))
        link.last["lost"]()
    assert set(link.methods) == {"add"}


def test_what_was_read_before_a_death_counts_as_newly_read(
    reading: Reading, link: ScriptedLink, outcomes: list[Outcome]
) -> None:
    path = Path("a.pdf")
    reading.add([path], None)
    link.last["each"](step(path, AddedFile(path, "a", AddStatus.READY)))
    link.last["lost"]()
    link.last["each"](step(path, AddedFile(path, "a", AddStatus.UNCHANGED)))
    link.last["cancelled"]()
    assert (outcomes[0].fine, outcomes[0].known) == (1, 0)


def test_stop_forgets_what_waits_but_not_an_undo(reading: Reading, link: ScriptedLink) -> None:
    reading.add([Path("a.pdf")], None)
    reading.add([Path("b.pdf")], None)
    reading.restore(Removed((), ()))
    cancelled = link.last["cancelled"]
    reading.stop()
    cancelled()
    assert link.methods == ["add", "forget_pending", "restore"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_an_offer_to_undo_is_not_taken_away_by_the_next_sentence(qtbot: QtBot) -> None:
    strip = NoticeStrip(Icons(config.resources_folder() / "icons", LIGHT))
    qtbot.addWidget(strip)
    acts: list[Any] = []
    strip.say("Removed 1 document.", "Undo", lambda: acts.append("undone"))
    strip.say("2 documents ready.")
    assert strip.text() == "2 documents ready. Removed 1 document."
    strip.press()
    assert acts == ["undone"]
    strip.say("3 documents ready.")
    assert strip.text() == "3 documents ready."


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_strip_says_how_fast_it_goes(
    qtbot: QtBot, reading: Reading, link: ScriptedLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = ReadingStrip(Icons(config.resources_folder() / "icons", LIGHT))
    qtbot.addWidget(strip)
    strip.follow(reading)
    reading.add([Path("good.pdf")], "Smith")
    later = time.monotonic() + 60
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: later))
    good = Path("good.pdf")
    link.last["each"](step(good, AddedFile(good, "a", AddStatus.READY, page_count=30)))
    qtbot.waitUntil(lambda: "30 page" in strip.text())
    assert "1 minute" in strip.text()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_strip_says_that_the_index_is_made(
    qtbot: QtBot, reading: Reading, link: ScriptedLink
) -> None:
    strip = ReadingStrip(Icons(config.resources_folder() / "icons", LIGHT))
    qtbot.addWidget(strip)
    strip.follow(reading)
    reading.add([Path("good.pdf")], "Smith")
    link.last["each"](replace(step(Path("good.pdf")), indexing=True))
    qtbot.waitUntil(lambda: "search index" in strip.text())
    assert "good.pdf" not in strip.text()
