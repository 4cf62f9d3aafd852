"""The engine's lanes: long requests step by step, short ones between two steps."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest

from desktop_rag.engine.lanes import Lane
from desktop_rag.engine.messages import (
    Cancelled,
    Failed,
    Finished,
    Progress,
    Reply,
    Request,
)
from desktop_rag.errors import LibraryError

LONG_S = 60.0


class Services:
    """Methods of each kind. A step of `long` says that it began, and waits for `steps`."""

    def __init__(self) -> None:
        self.begun: queue.Queue[int] = queue.Queue()
        self.steps: queue.Queue[int] = queue.Queue()
        self.closed = threading.Event()
        self.calls: list[str] = []

    def short(self, name: str) -> str:
        self.calls.append(name)
        return name

    def long(self, count: int) -> Generator[int, None, str]:
        try:
            for number in range(count):
                yield number
                self.begun.put(number)
                self.steps.get(timeout=LONG_S)
            return "done"
        finally:
            self.closed.set()

    def refused(self) -> None:
        raise LibraryError("The disk is full.", "Free some space.")

    def broken(self) -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError("Jane Doe HIV.pdf")

    def unsendable(self) -> object:
        return self


class Desk:
    """Makes requests of a lane and reads its replies."""

    def __init__(self, *, interleaves: bool) -> None:
        self.services = Services()
        self.replies: queue.Queue[Reply] = queue.Queue()
        self.noted: list[tuple[int, str]] = []
        self.lane = Lane(self.services, self._send, self._note, interleaves=interleaves)
        self._last = 0

    def ask(self, method: str, *arguments: Any) -> int:
        self._last += 1
        self.lane.put(Request(self._last, method, arguments))
        return self._last

    def reply(self) -> Reply:
        return self.replies.get(timeout=LONG_S)

    def begin_long(self, count: int) -> int:
        """Ask for a long request; when this returns, the lane is inside its second step."""
        number = self.ask("long", count)
        assert self.reply() == Progress(number, 0)
        self.services.begun.get(timeout=LONG_S)
        return number

    def _note(self, number: int, error: Exception) -> None:
        self.noted.append((number, type(error).__name__))

    def _send(self, reply: Reply) -> None:
        if isinstance(reply, Finished) and reply.value is self.services:
            raise TypeError("it cannot be pickled")
        self.replies.put(reply)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(interleaves=True)
    made.lane.start()
    yield made
    assert made.lane.open_numbers == frozenset()


def test_a_long_request_reports_its_steps_and_its_result(desk: Desk) -> None:
    number = desk.ask("long", 2)
    desk.services.steps.put(1)
    desk.services.steps.put(1)
    replies = [desk.reply() for _ in range(3)]
    assert replies == [Progress(number, 0), Progress(number, 1), Finished(number, "done")]


def test_short_requests_are_served_between_the_steps_of_a_long_one(desk: Desk) -> None:
    long = desk.begin_long(2)
    first, second = desk.ask("short", "a"), desk.ask("short", "b")
    desk.services.steps.put(1)
    replies = [desk.reply() for _ in range(3)]
    assert replies == [Progress(long, 1), Finished(first, "a"), Finished(second, "b")]
    desk.services.steps.put(1)
    assert desk.reply() == Finished(long, "done")


def test_without_interleaving_a_short_request_waits_for_the_end() -> None:
    desk = Desk(interleaves=False)
    desk.lane.start()
    long, short = desk.ask("long", 1), desk.ask("short", "a")
    desk.services.steps.put(1)
    replies = [desk.reply() for _ in range(3)]
    assert replies == [Progress(long, 0), Finished(long, "done"), Finished(short, "a")]


def test_long_requests_run_one_after_the_other_in_the_order_asked(desk: Desk) -> None:
    numbers = [desk.ask("long", 1) for _ in range(3)]
    short = desk.ask("short", "a")
    for _ in numbers:
        desk.services.steps.put(1)
    replies = [desk.reply() for _ in range(7)]
    replies.remove(Finished(short, "a"))
    assert replies[0::2] == [Progress(number, 0) for number in numbers]
    assert replies[1::2] == [Finished(number, "done") for number in numbers]


def test_a_paused_request_waits_serves_short_ones_and_goes_on(desk: Desk) -> None:
    long = desk.begin_long(2)
    desk.lane.pause(long)
    desk.services.steps.put(1)
    assert desk.reply() == Progress(long, 1)
    for name in ("a", "b"):
        short = desk.ask("short", name)
        assert desk.reply() == Finished(short, name)
    assert desk.services.begun.empty()
    desk.lane.resume(long)
    desk.services.steps.put(1)
    assert desk.reply() == Finished(long, "done")


def test_a_request_paused_before_it_begins_waits_before_its_first_step() -> None:
    desk = Desk(interleaves=True)
    long = desk.ask("long", 1)
    desk.lane.pause(long)
    desk.services.steps.put(1)
    desk.lane.start()
    short = desk.ask("short", "a")
    assert desk.reply() == Finished(short, "a")
    desk.lane.resume(long)
    assert desk.reply() == Progress(long, 0)
    assert desk.reply() == Finished(long, "done")


def test_a_paused_request_can_be_cancelled_and_is_closed(desk: Desk) -> None:
    long = desk.begin_long(3)
    desk.lane.pause(long)
    desk.services.steps.put(1)
    assert desk.reply() == Progress(long, 1)
    desk.lane.cancel(long)
    assert desk.reply() == Cancelled(long)
    assert desk.services.begun.empty()
    assert desk.services.closed.is_set()


@pytest.mark.parametrize("method", ["short", "long"])
def test_a_request_cancelled_before_it_begins_never_runs(method: str) -> None:
    desk = Desk(interleaves=True)
    waiting = desk.ask(method, 1)
    desk.lane.cancel(waiting)
    assert desk.reply() == Cancelled(waiting)
    desk.lane.start()
    other = desk.ask("short", "other")
    assert desk.reply() == Finished(other, "other")
    assert desk.services.calls == ["other"]
    assert not desk.services.closed.is_set()
    assert desk.lane.open_numbers == frozenset()


def test_a_long_request_that_waits_behind_another_can_be_cancelled(desk: Desk) -> None:
    first = desk.begin_long(2)
    second, short = desk.ask("long", 2), desk.ask("short", "a")
    desk.services.steps.put(1)
    assert desk.reply() == Progress(first, 1)
    assert desk.reply() == Finished(short, "a")  # so the second is set aside by now
    desk.lane.cancel(second)
    assert desk.reply() == Cancelled(second)
    desk.services.steps.put(1)
    assert desk.reply() == Finished(first, "done")


def test_a_stopped_lane_ends_all_that_it_was_asked(desk: Desk) -> None:
    first = desk.begin_long(3)
    others = [desk.ask("long", 1), desk.ask("short", "a")]
    desk.lane.stop()
    assert {desk.reply() for _ in others} == {Cancelled(number) for number in others}
    desk.services.steps.put(1)
    assert [desk.reply() for _ in range(2)] == [Progress(first, 1), Cancelled(first)]
    assert desk.services.calls == []


def test_an_answered_number_is_forgotten_whatever_is_still_said_of_it(desk: Desk) -> None:
    short = desk.ask("short", "a")
    assert desk.reply() == Finished(short, "a")
    for late in (desk.lane.cancel, desk.lane.pause, desk.lane.resume):
        late(short)
    assert desk.replies.empty()


@pytest.mark.parametrize(
    ("method", "check"),
    [
        ("refused", lambda failed: (failed.hint, failed.details) == ("Free some space.", "")),
        ("broken", lambda failed: "ZeroDivisionError" in failed.details),
        ("unsendable", lambda failed: "TypeError" in failed.details),
        ("missing", lambda failed: "AttributeError" in failed.details),
    ],
)
def test_a_failure_is_told_and_the_lane_lives_on(
    desk: Desk, method: str, check: Callable[[Failed], bool]
) -> None:
    number = desk.ask(method)
    reply = desk.reply()
    reply = desk.reply() if isinstance(reply, Progress) else reply
    assert isinstance(reply, Failed)
    assert reply.number == number
    assert check(reply)
    assert "Jane Doe" not in reply.details  # the reader copies them to whoever helps
    assert [noted for noted, _ in desk.noted] == [number]
    short = desk.ask("short", "a")
    assert desk.reply() == Finished(short, "a")


def test_a_lane_with_nothing_to_do_says_so_and_goes_on_serving() -> None:
    services, replies, idle = Services(), queue.Queue[Reply](), threading.Semaphore(0)
    lane = Lane(services, replies.put, lambda number, error: None, idle=idle.release, idle_s=0.01)
    lane.start()
    assert idle.acquire(timeout=LONG_S)
    assert idle.acquire(timeout=LONG_S)
    lane.put(Request(1, "short", ("a",)))
    assert replies.get(timeout=LONG_S) == Finished(1, "a")
    assert idle.acquire(timeout=LONG_S)


def test_a_bug_in_what_is_done_when_idle_is_noted_and_ends_no_lane() -> None:
    services, replies, noted = Services(), queue.Queue[Reply](), queue.Queue[Exception]()

    def broken() -> None:
        raise ZeroDivisionError

    lane = Lane(
        services,
        replies.put,
        lambda number, error: noted.put(error),
        idle=broken,
        idle_s=0.01,
    )
    lane.start()
    assert isinstance(noted.get(timeout=LONG_S), ZeroDivisionError)
    lane.put(Request(1, "short", ("a",)))
    assert replies.get(timeout=LONG_S) == Finished(1, "a")
