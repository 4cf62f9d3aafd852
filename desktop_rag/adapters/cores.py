"""The processor, shared out among the models: none computes on cores that another has.

A question goes first. What is patient (reading documents, preparing them) begins nothing new while
somebody waits for an answer, and takes fewer cores where the machine is to be quiet.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Protocol


class Gate(Protocol):
    """What keeps other processes of the program from computing."""

    def close(self) -> None:
        """Let nothing begin there; returns when nothing runs there any more, or soon after."""

    def open(self) -> None:
        """Let them go on."""


class NoGate:
    """For a process without others that compute."""

    def close(self) -> None: ...
    def open(self) -> None: ...


class Cores:
    """So many cores, for the models of one process. Any thread may use it.

    `patient`: how many of them patient work may use at this moment, at least 1.
    """

    def __init__(
        self, count: int, patient: Callable[[], int] | None = None, gate: Gate | None = None
    ) -> None:
        self._count = count
        self._patient = patient or (lambda: count)
        self._gate = gate or NoGate()
        self._changed = Condition()  # guards all below
        self._running = 0
        self._taken_whole = False
        self._waiting = 0  # urgent ones, for a core
        self._under_way = 0  # urgent ones, from their first step to their last
        self._closed = False

    @property
    def count(self) -> int:
        return self._count

    @contextmanager
    def one(self, *, urgent: bool) -> Iterator[None]:
        """Wait for a core and hold it; one thread computes meanwhile."""
        with self._changed:
            self._wait(urgent, lambda: self._running < self._limit(urgent))
            self._running += 1
            self._mind_gate()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._mind_gate()
                self._changed.notify_all()

    @contextmanager
    def all(self, *, urgent: bool) -> Iterator[None]:
        """Wait for all cores and hold them: for what brings as many threads of its own."""
        with self._changed:
            self._wait(urgent, lambda: not self._running)
            self._taken_whole = True
            self._mind_gate()
        try:
            yield
        finally:
            with self._changed:
                self._taken_whole = False
                self._mind_gate()
                self._changed.notify_all()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Urgent work of several steps: what is patient does not begin between two of them.

        It holds no core by itself; whoever is in it may use `one` and `all`.
        """
        with self._changed:
            self._under_way += 1
            self._mind_gate()
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._mind_gate()
                self._changed.notify_all()

    def _limit(self, urgent: bool) -> int:
        return self._count if urgent else max(1, min(self._patient(), self._count))

    def _wait(self, urgent: bool, is_free: Callable[[], bool]) -> None:
        """Until nobody holds all, nobody goes before, and `is_free`."""
        self._waiting += urgent
        try:
            self._changed.wait_for(
                lambda: (
                    not self._taken_whole
                    and (urgent or not (self._waiting or self._under_way))
                    and is_free()
                )
            )
        finally:
            self._waiting -= urgent

    def _mind_gate(self) -> None:
        """Closed as long as anything computes here, or is about to."""
        is_needed = bool(self._running or self._taken_whole or self._under_way)
        if is_needed and not self._closed:
            self._gate.close()
        elif self._closed and not is_needed:
            self._gate.open()
        self._closed = is_needed
