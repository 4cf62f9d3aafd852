"""The window of the installed program, started by its desktop entry, and a person's hands in it."""

import configparser
import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.package.checks import Failure, need
from tests.package.clean_root import HOME, PROGRAM, UID, CleanRoot, until
from tests.package.screen import Screen
from tests.package.spoken import ScreenReader, Widget

ENTRY = "usr/share/applications/org.desktoprag.DesktopRag.desktop"
_CODES = re.compile(r"%[fFuUick]")
_LONG_S = 180
_MOMENT_S = 0.3
_RUNTIME = f"/run/user/{UID}"
PAPERS = HOME / "Papers"


def words_of_entry(root: Path, files: Sequence[Path] = ()) -> list[str]:
    """What a desktop runs for the entry: its Exec line, with these files for %F."""
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(root / ENTRY, encoding="utf-8")
    section = entry["Desktop Entry"]
    need(section["Type"] == "Application", "the entry is not that of an application")
    words: list[str] = []
    for word in shlex.split(section["Exec"]):
        if word == "%F":
            words += map(str, files)
        elif not _CODES.fullmatch(word):
            words.append(word)
    return words


class Window:
    """One run of the program with its window; `close` ends it whatever has become of it.

    With `cut_off`: not by its entry but with a PATH that leads nowhere, in a namespace of its own
    users and network as `unshare -rn` makes it; as the same user, or the bus would not take it.
    """

    def __init__(self, root: CleanRoot, screen: Screen, *, cut_off: bool = False) -> None:
        self._root = root
        self._screen = screen
        self._reader = ScreenReader()
        self._errors = (root.path / "tmp" / "window.err").open("wb")
        self._environment = {
            "HOME": str(HOME),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": _RUNTIME,
            **screen.environment,
        }
        self._program = self._start_cut_off() if cut_off else self.start()

    def start(self, *files: Path) -> subprocess.Popen[bytes]:
        """Start the program by its desktop entry, with these files if there are any."""
        words = words_of_entry(self._root.path, files)
        command = self._root.command(words, self._environment)
        return subprocess.Popen(command, stdout=self._errors, stderr=self._errors)

    def _start_cut_off(self) -> subprocess.Popen[bytes]:
        environment = self._environment | {"PATH": "/nonexistent"}
        before = ("/usr/bin/unshare", "--map-current-user", "--net")
        command = self._root.command([PROGRAM], environment, before)
        return subprocess.Popen(command, stdout=self._errors, stderr=self._errors)

    def close(self) -> None:
        for pid in [*self._family(), self._program.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._program.wait()
        self._errors.close()

    def said(self) -> str:
        """The last of what the program wrote to standard output and standard error."""
        return Path(self._errors.name).read_text(errors="replace")[-2000:]

    def picture(self, name: str) -> None:
        self._screen.picture(name)

    def lines(self) -> Iterator[str]:
        """All that is shown, for whoever looks for a fault."""
        yield from self._reader.lines()

    def find(self, name: str, role: str = "", limit_s: float = 60) -> Widget:
        """Wait for a widget that says this of itself (a regular expression for all of it)."""
        return self.wait(f"“{name}” is shown", lambda: self._reader.find(name, role), limit_s)

    def wait(self, what: str, done: Callable[[], Any], limit_s: float = _LONG_S) -> Any:
        """Wait for something, and fail at once if the program ends meanwhile."""

        def alive_and_done() -> Any:
            need(self._program.poll() is None, f"the program ended with {self._program.poll()}")
            return done()

        return until(what, alive_and_done, limit_s)

    def click(self, name: str, role: str = "") -> None:
        """Click on a widget that says this of itself, once it stays where it is."""
        self._screen.click(self.wait(f"“{name}” stays", lambda: self._at_rest(name, role)))

    def _at_rest(self, name: str, role: str) -> tuple[int, int] | None:
        """Where it is, if it is still there a moment later: a column may be opening beside it."""
        before = self.find(name, role).box.centre
        time.sleep(_MOMENT_S)
        after = self.find(name, role).box.centre
        return after if after == before else None

    def drop(self, files: Sequence[Path]) -> None:
        """Drag files from another program and let them go over the middle of the window."""
        frame = self.find("Desktop RAG", "frame")
        self._screen.drop(files, frame.box.centre, "dragged")

    def add_what_is_offered(self, count: str) -> None:
        """Confirm the sheet that offers to add so many."""
        self.find(f"Add {count}\\?")
        self.picture("sheet")
        self.click(f"Add {count}", "push button")

    def ask(self, question: str) -> Widget:
        """Ask in a new conversation, and wait for an answer with a number to click on."""
        self.click("New conversation", "push button")
        self.wait("the conversation is empty", lambda: not self._answers())
        self.click("Question", "text")
        self._screen.type(question)
        self._screen.keys("Return")

        def answered() -> Widget | None:
            answers = self._answers()
            return answers[0] if answers and "[1]" in answers[0].text else None

        return self.wait("an answer with a number is there", answered)

    def follow_citation(self, answer: Widget, quote: str) -> Widget:
        """Click on “[1]” in the answer, and return the page once these words on it are marked."""
        self._screen.click(answer.box_of("[1]").centre)

        def marked() -> Widget | None:
            pages = (one for one in self._reader.everything() if ".pdf, p. " in one.name)
            said = "Highlighted: "
            wanted = (one for one in pages if one.description.startswith(said))
            return next((one for one in wanted if quote in one.description), None)

        return self.wait(f"“{quote}” is marked on a page", marked)

    def _answers(self) -> list[Widget]:
        return [one for one in self._reader.everything() if one.name == "Answer"]

    def kill(self, role: str) -> int:
        """SIGKILL to the engine or the reader; returns which process that was."""
        pid = self._pid_of(role)
        if pid is None:
            raise Failure(f"there is no {role} to kill")
        os.kill(pid, signal.SIGKILL)
        return pid

    def replace(self, role: str, killed: int) -> None:
        """Wait until another engine or reader is there."""
        self.wait(f"another {role} is there", lambda: self._pid_of(role) not in (None, killed))

    def _pid_of(self, role: str) -> int | None:
        """By the names that the program gives its processes."""
        for pid in self._family():
            try:
                name = Path(f"/proc/{pid}/comm").read_text().strip()
            except OSError:
                continue
            if name == f"rag-{role}":
                return pid
        return None

    def _family(self) -> list[int]:
        return [*_below(self._program.pid)]

    def quit(self) -> int:
        """Ctrl+Q, and the exit code."""
        self._screen.click(self.find("Desktop RAG", "label").box.centre)
        self._screen.keys("ctrl+q")
        try:
            return self._program.wait(60)
        except subprocess.TimeoutExpired as error:
            raise Failure("the program does not end") from error


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _below(child)
