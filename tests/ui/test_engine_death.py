"""The engine is killed: the window stays, says so, starts another, and loses nothing."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_rag.ui.engine_link import EngineLink, Job
from desktop_rag.ui.outcome import Outcome
from desktop_rag.ui.reading import Reading
from tests.fakes import refuse_to_open
from tests.support import make_pdf
from tests.ui.steps_ta import LONG, Desk, desk_on

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("home")
    with desk_on(request, home) as desk:
        desk.settle()
        yield desk


def papers(folder: Path, count: int, name: str) -> list[Path]:
    """PDFs of forty pages, each with words of its own: a dozen take longer than one batch."""
    text = name + ": the tenant owes rent for month {} in which notice {} is given, no other."
    return [
        make_pdf(
            folder / f"{name} {number:02}.pdf",
            [
                "\n".join(text.format(line * page, number) for line in range(8))
                for page in range(40)
            ],
        )
        for number in range(count)
    ]


def kill(desk: Desk) -> None:
    """Kill the engine, and wait until another one runs and answers."""
    pid = desk.engine.engine_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    desk.wait(lambda: desk.engine.engine_pid not in (None, pid))
    desk.settle()


def documents_of(desk: Desk, name: str) -> list[str]:
    return sorted(row.name for row in desk.workspace.library.documents.rows() if name in row.name)


def test_a_death_while_idle_is_said_and_another_engine_answers(desk: Desk, tmp_path: Path) -> None:
    desk.add(papers(tmp_path, 2, "Before"), "Deaths")
    kill(desk)
    assert "Nothing that was read is lost" in desk.notice
    assert desk.window.isVisible()
    desk.add(papers(tmp_path, 2, "After"), "Deaths")
    desk.wait(lambda: len(documents_of(desk, "After")) == 2)
    assert len(documents_of(desk, "Before")) == 2


def test_an_order_is_read_to_its_end_after_the_engine_was_killed(
    desk: Desk, tmp_path: Path
) -> None:
    desk.begin_to_add(papers(tmp_path, 14, "Order"), "Deaths")
    desk.wait(lambda: len(documents_of(desk, "Order")) >= 3)
    kill(desk)
    assert desk.is_reading
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: len(documents_of(desk, "Order")) == 14)
    assert "14 document" in desk.notice


def test_an_order_that_waits_goes_on_waiting_after_a_death(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add(papers(tmp_path, 6, "Waiting"), "Deaths")
    strip = desk.workspace.library.reading
    strip.pause.click()
    kill(desk)
    assert strip.text().startswith("Paused")
    assert strip.pause.accessibleName() == "Go on reading"
    strip.pause.click()
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: len(documents_of(desk, "Waiting")) == 6)


def test_an_order_that_was_stopped_stays_stopped_after_a_death(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add(papers(tmp_path, 30, "Stopped"), "Deaths")
    desk.wait(lambda: documents_of(desk, "Stopped"))
    pid = desk.engine.engine_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # so that it cannot heed the Stop before it dies
    desk.workspace.library.reading.stop.click()
    os.kill(pid, signal.SIGKILL)
    desk.wait(lambda: not desk.is_reading)
    assert desk.notice.startswith("Stopped")
    desk.settle()
    assert not desk.is_reading
    assert 0 < len(documents_of(desk, "Stopped")) < 30


def test_a_question_asked_when_the_engine_is_just_gone_is_not_left_hanging(desk: Desk) -> None:
    asked: list[object] = []
    for _ in range(20):
        pid = desk.engine.engine_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while desk.engine.engine_pid == pid:
            desk.engine.request("collections", then=asked.append)
            QApplication.processEvents()
        count = len(asked)
        desk.settle()
        if count:
            break
    jobs: dict[int, Job] = vars(desk.engine)["_jobs"]
    desk.wait(lambda: [job.method for job in jobs.values()] == ["watch_folders"])  # without end
    assert vars(desk.engine.client)["_open_requests"] == set(jobs)


@pytest.mark.slow
def test_five_deaths_at_random_moments_lose_nothing(desk: Desk, tmp_path: Path) -> None:
    chance = random.Random(6)
    desk.begin_to_add(papers(tmp_path, 16, "Random"), "Deaths")
    for _ in range(5):
        steps = chance.randrange(1, 60)
        seen: list[object] = []
        reading: Reading = vars(desk.furnishing)["_reading"]
        reading.progressed.connect(seen.append)
        desk.wait(lambda seen=seen, steps=steps: len(seen) >= steps or not desk.is_reading)
        reading.progressed.disconnect(seen.append)
        kill(desk)
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: len(documents_of(desk, "Random")) == 16)


def test_a_file_that_ends_every_engine_is_left_out_and_named(desk: Desk, tmp_path: Path) -> None:
    desk.begin_to_add(papers(tmp_path, 3, "Deadly"), "Deaths")
    reading: Reading = vars(desk.furnishing)["_reading"]
    for _ in range(6):
        seen: list[object] = []
        reading.progressed.connect(seen.append)
        desk.wait(lambda seen=seen: seen)
        reading.progressed.disconnect(seen.append)
        kill(desk)
    desk.wait(lambda: not desk.is_reading)
    desk.wait(lambda: len(documents_of(desk, "Deadly")) == 3)
    rows = [desk.row(f"Deadly {number:02}.pdf") for number in range(3)]
    (left_out,) = [row for row in rows if row.entry is None]
    assert f"{left_out.name} ended the part that reads" in left_out.message
    assert left_out.collections == ("Deaths",)


def test_an_engine_that_refuses_to_start_is_given_up_and_its_reason_said(qtbot: QtBot) -> None:
    link = EngineLink(refuse_to_open)
    reading = Reading(link)
    problems: list[str] = []
    link.problem.connect(lambda failure: problems.append(failure.message))
    outcomes: list[Outcome] = []
    reading.ended.connect(outcomes.append)
    reading.add([Path("/nowhere.pdf")], None)
    link.start()
    qtbot.waitUntil(lambda: link.has_given_up, timeout=LONG)
    assert set(problems) == {"It refuses."}
    qtbot.waitUntil(lambda: len(outcomes) == 1, timeout=LONG)
    assert not reading.is_running
    reading.add([Path("/nowhere.pdf")], None)
    qtbot.waitUntil(lambda: len(outcomes) == 2, timeout=LONG)
    link.close()
