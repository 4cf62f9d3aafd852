"""A gate between the engine and its reader: text recognition computes while the models do not.

Two bytes of memory that both processes see, without a file and without a message: the reader looks
at the first before each graph that it runs, and says in the second that it runs one. Linux alone;
elsewhere there is none, and both may compute at once.
"""

import mmap
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.reduction import DupFd
from threading import Lock
from typing import Any

_SIZE = 2
_SHUT, _RUNS = 0, 1  # places of the bytes: the engine writes the first, the reader the second
_LOOK_S = 0.005
# The engine waits no longer for the graph in hand: what a document has taken over must not be able
# to hold up a question.
_MOST_WAIT_S = 1.0


class ReaderGate:
    """The engine's side: a `cores.Gate`. Its methods are not called by two threads at once."""

    def __init__(self) -> None:
        self._file = os.memfd_create("gate") if sys.platform == "linux" else -1
        self._bytes = _mapped(self._file)
        self._times = Lock()  # guards what follows
        self._shut_since: float | None = None
        self._shut_s = 0.0

    def close(self) -> None:
        with self._times:
            self._shut_since = time.monotonic()
        self._bytes[_SHUT] = 1
        latest = time.monotonic() + _MOST_WAIT_S
        while self._bytes[_RUNS] and time.monotonic() < latest:
            time.sleep(_LOOK_S)

    def open(self) -> None:
        self._bytes[_SHUT] = 0
        with self._times:
            self._shut_s += time.monotonic() - (self._shut_since or time.monotonic())
            self._shut_since = None

    def shut_s(self) -> float:
        """Seconds that it was closed so far; the reader is not to blame for them."""
        with self._times:
            since = self._shut_since
            return self._shut_s + (0.0 if since is None else time.monotonic() - since)

    def reader_ended(self) -> None:
        """Forget what a reader said that is no more."""
        self._bytes[_RUNS] = 0

    def for_reader(self) -> "GateInReader":
        """The other side, to be given to a process that is spawned."""
        return GateInReader(self._file)


class GateInReader:
    """The reader's side; it crosses to a process that is being spawned, and no otherwise."""

    def __init__(self, file: int = -1) -> None:
        self._file = file
        self._bytes = _mapped(file)

    def __getstate__(self) -> Any:
        return DupFd(self._file) if self._file >= 0 else None

    def __setstate__(self, given: Any) -> None:
        self.__init__(given.detach() if given is not None else -1)  # type: ignore[misc]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait until the gate is open, and say that something runs meanwhile."""
        parent = os.getppid()
        self._bytes[_RUNS] = 1
        while self._bytes[_SHUT]:
            self._bytes[_RUNS] = 0
            time.sleep(_LOOK_S)
            if os.getppid() != parent:
                raise EOFError("the engine has ended")
            self._bytes[_RUNS] = 1
        try:
            yield
        finally:
            self._bytes[_RUNS] = 0


def _mapped(file: int) -> "mmap.mmap | bytearray":
    if file < 0:
        return bytearray(_SIZE)
    os.ftruncate(file, _SIZE)
    return mmap.mmap(file, _SIZE)
