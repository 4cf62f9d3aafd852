"""What a failing process says on standard error: types and places in the program, no values.

A message of an exception may name a file or quote a document, and so may what a library prints.
Standard error of a window that was started by a double click ends in the session's log.
"""

import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_STANDARD_ERROR = 2


def places(error: BaseException) -> Iterator[str]:
    """The error and what caused it, each with the lines of code that it went through.

    Of a file of code its last two steps are named: the others are folders of the user's.
    """
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        places = [
            f"{'/'.join(PurePath(frame.f_code.co_filename).parts[-2:])}:{line} "
            f"{frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(current.__traceback__)
        ]
        yield f"{type(current).__name__} at {' > '.join(places)}"
        current = current.__cause__ or current.__context__


def keep_to_places() -> None:
    """From now on an error that nobody catches is reported without its message.

    Libraries' remarks and warnings are dropped. The terminal's own remarks are not touched.
    """

    def say(text: str) -> None:
        if sys.stderr is not None:
            sys.stderr.write(text)

    _take_hooks(say)


def silence() -> Callable[[BaseException], None]:
    """As `keep_to_places`; and nothing else that this process prints reaches standard error.

    That holds for C and C++ too, and for what this process starts. Returns what reports an error.
    """
    try:
        told = os.dup(_STANDARD_ERROR)  # not inherited by what is started
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a program without a terminal, on Windows: there is no standard error
        return lambda error: None
    os.dup2(nowhere, _STANDARD_ERROR)
    os.close(nowhere)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for good

    def say(text: str) -> None:
        os.write(told, text.encode(errors="replace"))

    return _take_hooks(say)


def _take_hooks(say: Callable[[str], None]) -> Callable[[BaseException], None]:
    """Let all that Python would print about errors go through `report`, which is returned."""

    def report(error: BaseException) -> None:
        try:
            say("".join(f"{line}\n" for line in places(error)))
        except (OSError, ValueError):  # whoever read it is gone
            return

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            report(error)

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            report(failed.exc_value)

    def unraisable(failed: "UnraisableHookArgs") -> None:
        if failed.exc_value is not None:
            report(failed.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = uncaught, in_thread, unraisable
    logging.getLogger().addHandler(logging.NullHandler())  # else warnings are printed
    warnings.simplefilter("ignore")
    return report
