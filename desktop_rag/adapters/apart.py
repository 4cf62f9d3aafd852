"""Work that may end its process, or never come to an end, is done in a process apart.

A graphics driver, or a library that opens a damaged file, may take the whole process with it.
"""

import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from desktop_rag.adapters.untrusted_replies import checked_words
from desktop_rag.errors import DesktopRagError, ModelTooLarge
from desktop_rag.privacy import guard
from desktop_rag.privacy.processes import name_process

_LOOK_S = 0.2
_ENDING_S = 5.0  # what hangs in the kernel of the system cannot be ended, and is not waited for
_MOST_REPLY_BYTES = 65_536
Reply = Mapping[str, Any]


class Ending(Enum):
    """How the work ended. `DIED` and `LATE` are what a broken driver does."""

    DONE = auto()
    FAILED = auto()  # with an error that it could tell
    TOO_LARGE = auto()  # for the memory that is free
    DIED = auto()  # its process ended without a word
    LATE = auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        untrusted_reply: what the work returned, if it was done; the process may have been anything.
        words: its own complaint, if it failed.
    """

    ending: Ending
    untrusted_reply: Reply
    words: str = ""


def done_apart(
    work: Callable[..., Reply], *arguments: object, limit_s: float, starts_others: bool = False
) -> Generator[None, None, Outcome]:
    """Call `work`, a function of a module, in a process of its own, behind the guard.

    Yields while it waits; closing it, or `limit_s`, ends the process. What `work` returns must
    have a form in JSON. `starts_others`: whether it needs processes of its own.
    """
    spawn = multiprocessing.get_context("spawn")
    pipe, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(
        target=_apart_main, args=(theirs, work, arguments), daemon=not starts_others
    )
    process.start()
    theirs.close()
    try:
        waits = 0
        while not pipe.poll(_LOOK_S):
            yield
            waits += 1
            if waits * _LOOK_S > limit_s:
                return Outcome(Ending.LATE, {})
        return _outcome(pipe, process)
    finally:
        _end(process)
        pipe.close()


def _end(process: BaseProcess) -> None:
    process.kill()
    process.join(_ENDING_S)
    if not process.is_alive():
        process.close()


def _outcome(pipe: Connection, process: BaseProcess) -> Outcome:
    with suppress(EOFError, OSError, ValueError, RecursionError):
        untrusted = json.loads(pipe.recv_bytes(_MOST_REPLY_BYTES))
        if isinstance(untrusted, dict) and isinstance(untrusted.get("done"), dict):
            return Outcome(Ending.DONE, untrusted["done"])
        if isinstance(untrusted, dict) and "error" in untrusted:
            ending = Ending.TOO_LARGE if untrusted.get("too_large") is True else Ending.FAILED
            return Outcome(ending, {}, checked_words(untrusted["error"]) or "")
    process.join(_ENDING_S)
    killed = sys.platform != "win32" and process.exitcode == -signal.SIGKILL
    # Nobody but the system, whose memory was full, kills it so.
    return Outcome(Ending.TOO_LARGE if killed else Ending.DIED, {})


def _apart_main(
    pipe: Connection, work: Callable[..., Reply], arguments: tuple[object, ...]
) -> None:
    guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    name_process("trial")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _say_nothing()
    pipe.send_bytes(json.dumps(_answer(work, arguments)).encode())


def _answer(work: Callable[..., Reply], arguments: tuple[object, ...]) -> Reply:
    try:
        return {"done": work(*arguments)}
    except (ModelTooLarge, MemoryError) as error:
        return {"error": str(error), "too_large": True}
    except DesktopRagError as error:
        return {"error": error.message}
    except Exception as error:  # engines and drivers raise nearly anything
        return {"error": str(error).partition("\n")[0][:200] or type(error).__name__}


def _end_with_parent() -> None:
    """Whatever hangs here does not outlive a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _say_nothing() -> None:
    """Drivers print, past Python; what there is to say goes through the pipe."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
