"""What the terminal shows: JSON on standard output, progress and remarks on standard error."""

import json
import re
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from types import FrameType
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

Step = TypeVar("Step")
Result = TypeVar("Result")


# Control characters: a file's name or a page's text must not steer the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Output:
    """One command's output. With `as_json` only `result` writes to standard output."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # whatever the locale says; never a crash
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        self._errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

    def line(self, text: str = "") -> None:
        """A line for people; silent if JSON is wanted."""
        if not self.as_json:
            sys.stdout.write(_harmless(text) + "\n")

    def remark(self, text: str) -> None:
        """A line on standard error."""
        self._errors.print(_harmless(text))

    def result(self, value: dict[str, Any]) -> None:
        """The one JSON object of the command."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
            sys.stdout.flush()

    def follow(
        self,
        steps: Generator[Step, None, Result],
        describe: Callable[[Step], tuple[str, float, float]],
        say: Callable[[Step], str | None] = lambda step: None,
    ) -> Result:
        """Run a generator to its end and return its result.

        `describe` gives label, done and total of a step for the bar on a terminal. `say` gives
        a line to keep, if the step deserves one; elsewhere than on a terminal only those appear.
        Ctrl-C closes the generator, which cleans up.
        """
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
        )
        bar = Progress(
            *columns,
            console=self._errors,
            transient=True,
            disable=not self._errors.is_terminal,
        )
        with bar, _interrupts() as check_interrupt:
            task = bar.add_task("", total=None)
            try:
                while True:
                    step = next(steps)
                    check_interrupt()
                    label, done, total = describe(step)
                    bar.update(task, description=label, completed=done, total=total or None)
                    kept = say(step)
                    if kept:
                        self.remark(kept)
            except StopIteration as end:
                result: Result = end.value
                return result
            finally:
                steps.close()


def _harmless(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


@contextmanager
def _interrupts() -> Iterator[Callable[[], None]]:
    """Ctrl-C raises KeyboardInterrupt as ever; what is yielded raises it anew.

    A library that calls Python from its own code loses an exception that is raised there.
    """
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)
        signal.default_int_handler(number, frame)

    def check() -> None:
        if came:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
