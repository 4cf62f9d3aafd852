"""A lane: one thread that runs the requests to one exclusive resource in turn."""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

from desktop_rag.engine.messages import (
    Cancelled,
    Failed,
    Finished,
    Progress,
    Reply,
    Request,
)
from desktop_rag.errors import DesktopRagError, ReadingStopped
from desktop_rag.privacy.crash_output import places
from desktop_rag.privacy.processes import name_thread

_NICENESS = 5
_IDLE_S = 30.0
Steps = Generator[Any, None, Any]


class Lane:
    """Runs requests one after the other in a thread of its own.

    A request whose method returns a generator is long: it is run step by step, and can be stopped
    or made to wait between two. With `interleaves`, short requests are served between two steps of
    a long one, and while it waits; without, they wait for its end. Two long ones never overlap.
    A lane that `steps_back` lets the window and the other lanes go first on the processor.
    `idle` is called, in the lane's thread, whenever there was nothing to do for `idle_s` seconds.
    """

    def __init__(
        self,
        services: object,
        send: Callable[[Reply], None],
        note_failure: Callable[[int, Exception], None],
        *,
        name: str = "lane",
        interleaves: bool = False,
        steps_back: bool = False,
        idle: Callable[[], None] | None = None,
        idle_s: float = _IDLE_S,
    ) -> None:
        self._services = services
        self._send = send
        self._note_failure = note_failure
        self._name = name
        self._interleaves = interleaves
        self._steps_back = steps_back
        self._idle = idle
        self._idle_s = None if idle is None else idle_s
        self._changed = threading.Condition()  # guards all below
        self._arrived: deque[Request] = deque()
        self._long: deque[tuple[int, Steps]] = deque()
        self._open: set[int] = set()
        self._cancelled: set[int] = set()
        self._paused: set[int] = set()

    def start(self) -> None:
        """Begin to serve."""
        threading.Thread(target=self._run, daemon=True).start()

    def put(self, request: Request) -> None:
        """Take a request in; it is served in its turn."""
        with self._changed:
            self._open.add(request.number)
            self._arrived.append(request)
            self._changed.notify()

    def cancel(self, number: int) -> None:
        """Stop a request at its next step; one that has not begun is answered at once.

        A number that is not open here (it may have been answered meanwhile) changes nothing.
        """
        with self._changed:
            if number not in self._open:
                return
            begun = not self._withdraw(number)
            if begun:
                self._cancelled.add(number)
                self._changed.notify()
        if not begun:
            self._answer(Cancelled(number))

    def stop(self) -> None:
        """Stop every request, as `cancel` does."""
        for number in sorted(self.open_numbers, reverse=True):
            self.cancel(number)

    def pause(self, number: int) -> None:
        """Let a long request wait at its next step."""
        with self._changed:
            if number in self._open:
                self._paused.add(number)

    def resume(self, number: int) -> None:
        """Let a request that waits go on."""
        with self._changed:
            self._paused.discard(number)
            self._changed.notify()

    @property
    def open_numbers(self) -> frozenset[int]:
        """Requests that have no last reply yet, or that something is still remembered of."""
        with self._changed:
            return frozenset(self._open | self._cancelled | self._paused)

    def _withdraw(self, number: int) -> bool:
        """Take a request that has not begun out of the queues; False if it is not there."""
        waiting = len(self._arrived) + len(self._long)
        self._arrived = deque(item for item in self._arrived if item.number != number)
        self._long = deque(item for item in self._long if item[0] != number)
        return len(self._arrived) + len(self._long) < waiting

    def _run(self) -> None:
        name_thread(self._name)
        if self._steps_back and sys.platform == "linux":
            os.nice(_NICENESS)  # on Linux that of this thread alone, and of what it starts
        while True:
            self._wait()
            with self._changed:
                # What is in `_long` came before all that is still in `_arrived`.
                number, steps = self._long.popleft() if self._long else (0, None)
                request = self._arrived.popleft() if steps is None else None
            if request is not None:
                number, steps = request.number, self._begin(request)
            if steps is not None:
                self._follow(number, steps)

    def _wait(self) -> None:
        """Until there is something to do."""
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._long or self._arrived, self._idle_s):
                    return
            if self._idle is not None:
                try:
                    self._idle()
                except Exception as error:  # a bug; no request is to blame, and the lane lives on
                    self._note_failure(0, error)

    def _begin(self, request: Request) -> Steps | None:
        """Call the method. A short one is answered; of a long one nothing has run yet."""
        try:
            outcome = getattr(self._services, request.method)(*request.arguments)
            if isinstance(outcome, Generator):
                return outcome
            self._answer(Finished(request.number, outcome))
        except Exception as error:
            self._fail(request.number, error)
        return None

    def _follow(self, number: int, steps: Steps) -> None:
        try:
            with closing(steps):
                while self._may_go_on(number):
                    self._send(Progress(number, next(steps)))
            self._answer(Cancelled(number))
        except StopIteration as end:
            self._finish(number, end.value)
        except ReadingStopped:
            self._answer(Cancelled(number))
        except Exception as error:
            self._fail(number, error)

    def _finish(self, number: int, value: Any) -> None:
        try:
            self._answer(Finished(number, value))
        except Exception as error:  # a result that cannot be sent: a bug, and it is said
            self._fail(number, error)

    def _fail(self, number: int, error: Exception) -> None:
        self._note_failure(number, error)
        self._answer(_failed(number, error))

    def _may_go_on(self, number: int) -> bool:
        """Serve what is short, wait while the request is to wait; False if it is to stop."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: (
                        number in self._cancelled
                        or number not in self._paused
                        or (self._interleaves and self._arrived)
                    )
                )
                if number in self._cancelled:
                    return False
                if not (self._interleaves and self._arrived):
                    return True
                request = self._arrived.popleft()
            self._serve_between(request)

    def _serve_between(self, request: Request) -> None:
        """Answer a short request; keep a long one for when the one in hand has ended."""
        steps = self._begin(request)
        if steps is None:
            return
        with self._changed:
            cancelled = request.number in self._cancelled
            if not cancelled:
                self._long.append((request.number, steps))
        if cancelled:
            self._answer(Cancelled(request.number))

    def _answer(self, reply: Finished | Cancelled | Failed) -> None:
        """Forget the request, and say how it ended."""
        with self._changed:
            for numbers in (self._open, self._cancelled, self._paused):
                numbers.discard(reply.number)
        self._send(reply)


def _failed(number: int, error: Exception) -> Failed:
    if isinstance(error, DesktopRagError):
        return Failed(number, error.message, error.hint, kind=type(error).__name__)
    # A bug: where it happened, but not its message, which may name a file or hold text of one.
    return Failed(number, "Something went wrong.", "", "\n".join(places(error)))
