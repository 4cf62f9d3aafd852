"""One way out, tried: what came of it, in this process or in a child of its own.

A verdict rests on what the kernel said and on nothing else. “Blocked by the operating system” needs
its EPERM in a process whose sockets it does refuse; whatever cannot be told is “not tried”.
"""

import errno
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from desktop_rag.privacy import guard

_TIME_LIMIT_S = 10.0
# A Rust library says its error in words alone: “Operation not permitted (os error 1)”.
_RUST_ERROR = re.compile(r"\(os error (\d+)\)")
_WINDOWS_REFUSED = 10013  # WSAEACCES, which Windows' own firewall gives
_REFUSED = {errno.EPERM} | ({_WINDOWS_REFUSED} if sys.platform == "win32" else set())
# Errors that come after a socket was opened: nobody was there to answer it.
_WAS_OPEN = {
    errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT, errno.ENETUNREACH, errno.EHOSTUNREACH,
    errno.ENETDOWN, errno.EADDRNOTAVAIL,
}  # fmt: skip
_THERE_IS_NONE = {
    errno.ENOSYS,
    errno.EAFNOSUPPORT,
    errno.EPROTONOSUPPORT,
    getattr(errno, "ESOCKTNOSUPPORT", errno.EPROTONOSUPPORT),
}


class Verdict(StrEnum):
    """What stopped an attempt, if anything did."""

    BLOCKED = "blocked by the operating system"
    BEST_EFFORT = "blocked best-effort"
    NOT_TRIED = "not tried"
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out that was tried. No attempt sends a byte: opening the door is the test."""

    name: str
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A way out that needs a process of its own, for what it loads and for the time it may take.

    Attributes:
        action: a function of a module; returns words if the way was open, raises otherwise.
    """

    name: str
    action: Callable[[], str]


class KeptOffline(Exception):
    """The program itself stopped the attempt, before the kernel was asked."""


def attempt(name: str, action: Callable[[], str]) -> Attempt:
    """Try one way out in this process."""
    try:
        return Attempt(name, Verdict.OPEN, action())
    except Exception as error:  # whatever a library makes of a refusal
        return Attempt(name, *_judged(error))


def attempt_in_children(
    trials: Sequence[Trial], time_limit_s: float = _TIME_LIMIT_S
) -> list[Attempt]:
    """Try each in a child of its own, all at once; after the time limit they are killed."""
    started = [_start(trial) for trial in trials]
    end = time.monotonic() + time_limit_s
    return [_outcome(trial, child, end) for trial, child in zip(trials, started, strict=True)]


def _judged(error: Exception) -> tuple[Verdict, str]:
    if isinstance(error, KeptOffline):
        return Verdict.BEST_EFFORT, str(error)
    numbers = set(_error_numbers(error))
    if refused := numbers & _REFUSED:
        if guard.is_enforced():
            return Verdict.BLOCKED, os.strerror(min(refused))
        # The system may refuse one kind to a plain user (raw sockets): that is luck, not the wall.
        return Verdict.BEST_EFFORT, "refused for want of rights, not by the guard"
    if numbers & _WAS_OPEN or isinstance(error, TimeoutError):
        return Verdict.OPEN, "the socket opened; nobody answered"
    if numbers & _THERE_IS_NONE:
        return Verdict.NOT_TRIED, "this system has none"
    if isinstance(error, ModuleNotFoundError):  # the package leaves out what only serves a network
        return Verdict.NOT_TRIED, "the program does not have this part"
    return Verdict.NOT_TRIED, f"it failed otherwise ({type(error).__name__})"


def _error_numbers(error: BaseException | None) -> Iterator[int]:
    """The system's error numbers in an exception and in all that led to it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno:
            yield error.errno
        yield from (int(number) for number in _RUST_ERROR.findall(str(error)))
        error = error.__cause__ or error.__context__


_Child = tuple[BaseProcess, Connection]


def _start(trial: Trial) -> _Child | None:
    """A child that tries it; None if none can be started."""
    spawn = multiprocessing.get_context("spawn")
    pipe, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_child_main, args=(theirs, trial), daemon=True)
    try:
        process.start()
    except OSError:
        return None
    finally:
        theirs.close()
    return process, pipe


def _child_main(pipe: Connection, trial: Trial) -> None:
    """The body of the child. What a library prints there is for nobody."""
    guard.activate()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    pipe.send(attempt(trial.name, trial.action))


def _outcome(trial: Trial, child: _Child | None, end: float) -> Attempt:
    if child is None:
        return Attempt(trial.name, Verdict.NOT_TRIED, "no process could be started for it")
    process, pipe = child
    try:
        if pipe.poll(max(0.0, end - time.monotonic())):
            made: Attempt = pipe.recv()
            return made
        detail = "it did not come to an end in time"
    except (EOFError, OSError):
        detail = "its process ended by itself"
    finally:
        process.kill()
        process.join()
        pipe.close()
    return Attempt(trial.name, Verdict.NOT_TRIED, detail)
