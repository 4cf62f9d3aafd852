"""How fast reading goes, by a clock that the test turns."""

from pathlib import Path

import pytest

from desktop_rag.domain import AddedFile, AddProgress, AddStatus
from desktop_rag.ui import pace
from desktop_rag.ui.pace import Pace


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def finished(share: float, pages: int, status: AddStatus = AddStatus.READY) -> AddProgress:
    path = Path("a.pdf")
    file = AddedFile(path, "a", status, page_count=pages)
    return AddProgress(1, 2, path, pages, pages, file, share)


def test_what_is_left_and_the_rate_follow_from_what_was_done(clock: Clock) -> None:
    measured = Pace()
    clock.now += 30
    measured.follow(finished(0.25, 40))
    assert measured.seconds_left() == pytest.approx(90)
    assert measured.pages_a_minute() == 80


def test_nothing_is_guessed_at_the_start(clock: Clock) -> None:
    measured = Pace()
    measured.follow(finished(0.25, 40))
    clock.now += 1
    assert measured.seconds_left() is None
    assert measured.pages_a_minute() == 0


def test_files_that_were_not_read_do_not_count_as_fast_reading(clock: Clock) -> None:
    measured = Pace()
    clock.now += 60
    measured.follow(finished(0.2, 500, AddStatus.UNCHANGED))
    measured.follow(finished(0.4, 500, AddStatus.DUPLICATE))
    measured.follow(finished(0.5, 7))
    assert measured.pages_a_minute() == 7


def test_what_was_done_before_a_pause_does_not_count_after_it(clock: Clock) -> None:
    measured = Pace(0.5)
    clock.now += 10
    measured.follow(finished(0.6, 5))
    assert measured.seconds_left() == pytest.approx(40)
