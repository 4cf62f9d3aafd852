"""Kill the engine 30 times, and print what the window did each time. Run by hand:

QT_QPA_PLATFORM=offscreen python -m tests.ui.kill_engine

Ten times while idle, ten while documents are read, ten while a question is answered.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop_rag.privacy import guard

guard.activate()

from PySide6.QtWidgets import QApplication  # noqa: E402 - the guard goes first

from desktop_rag.__main__ import _open_assistant  # noqa: E402
from desktop_rag.config import load  # noqa: E402
from desktop_rag.ui.furnishing import Furnishing, furnish  # noqa: E402
from desktop_rag.ui.main_window import MainWindow  # noqa: E402
from desktop_rag.ui.reading import Reading  # noqa: E402
from desktop_rag.ui.workspace import Workspace  # noqa: E402
from tests.support import make_pdf  # noqa: E402

_TIMES = 10
_LONGEST_S = 180.0
_TEXT = "The tenant must give sixty days' written notice before the lease ends. "


class Killing:
    """A window on a fresh library, whose engine is killed again and again."""

    def __init__(self, application: QApplication, home: Path) -> None:
        self._application = application
        self._home = home
        self._window = MainWindow()
        self._window.show()
        library = home / "library"
        self._furnishing: Furnishing = furnish(
            self._window, partial(_open_assistant, library), partial(load, library)
        )
        self._engine = vars(self._furnishing)["_engine"]
        self._reading: Reading = vars(self._furnishing)["_reading"]
        self._deaths = 0
        self._engine.died.connect(self._died)
        self._chance = random.Random(30)
        self._papers = 0
        self.failures = 0

    @property
    def _workspace(self) -> Workspace:
        assert self._furnishing.workspace is not None
        return self._furnishing.workspace

    def run(self) -> None:
        self._wait(self._answers, "the engine answers")
        self._read(2)
        for number in range(_TIMES):
            self._try("idle", number, self._idle)
        for number in range(_TIMES):
            self._try("reading", number, self._while_reading)
        for number in range(_TIMES):
            self._try("answering", number, self._while_answering)
        self._window.ask_before_closing(lambda: True)
        self._window.close()

    def _idle(self) -> str:
        self._kill()
        return f"{self._documents()} documents, all listed"

    def _while_reading(self) -> str:
        steps: list[object] = []
        self._reading.progressed.connect(steps.append)
        paths = self._make(6)
        self._reading.add(paths, "Killed")
        wanted = self._chance.randrange(1, 12)
        self._wait(lambda: len(steps) >= wanted or not self._reading.is_running, "reading")
        was_running = self._reading.is_running
        self._reading.progressed.disconnect(steps.append)
        self._kill()
        self._wait(lambda: not self._reading.is_running, "the order is read to its end")
        names = {path.name for path in paths}
        self._wait(lambda: names <= self._names(), "all of its documents are listed")
        return f"killed after step {wanted} (running: {was_running}), all 6 read in the end"

    def _while_answering(self) -> str:
        answers = self._workspace.answers
        answers.field.edit.setPlainText("How much notice must the tenant give?")
        answers.field.submit()
        asking = vars(self._furnishing)["_asking"]
        self._pause(self._chance.uniform(0.0, 4.0))
        was_running = asking.is_running
        self._kill()
        self._wait(lambda: not asking.is_running, "the question is not left hanging")
        answers.field.edit.setPlainText("How much notice must the tenant give?")
        answers.field.submit()
        self._wait(lambda: not asking.is_running, "the same question is answered")
        latest = answers.transcript.latest
        if latest is None or latest.turn is None:
            raise AssertionError("the question asked again has no answer")
        return f"answering: {was_running}; asked again, answered"

    def _try(self, when: str, number: int, act: Callable[[], str]) -> None:
        started = time.perf_counter()
        try:
            said = act()
        except AssertionError as error:
            self.failures += 1
            said = f"FAILED: {error}"
        seconds = time.perf_counter() - started
        print(f"{when:9} {number + 1:2}: {said} ({seconds:.1f} s)", flush=True)

    def _kill(self) -> None:
        pid, deaths = self._engine.engine_pid, self._deaths
        documents = self._documents()
        os.kill(pid, signal.SIGKILL)
        self._wait(lambda: self._deaths == deaths + 1, "the death is noticed")
        if not self._workspace.library.notice.text():
            raise AssertionError("nothing was said")
        if not self._window.isVisible():
            raise AssertionError("the window is gone")
        self._wait(self._answers, "another engine answers")
        if self._documents() < documents:
            raise AssertionError(f"{self._documents()} documents are left of {documents}")

    def _answers(self) -> bool:
        done: list[object] = []
        self._engine.request("collections", then=done.append)
        self._wait(lambda: bool(done), "an answer")
        return True

    def _read(self, count: int) -> None:
        self._reading.add(self._make(count), "Killed")
        self._wait(lambda: not self._reading.is_running, "reading")
        self._wait(lambda: self._documents() == count, "documents are listed")

    def _make(self, count: int) -> list[Path]:
        made = []
        for _ in range(count):
            self._papers += 1
            pages = [f"Lease {self._papers}, page {n}.\n" + "\n".join([_TEXT] * 9) for n in (1, 2)]
            made.append(make_pdf(self._home / f"Lease {self._papers:03}.pdf", pages))
        return made

    def _documents(self) -> int:
        return len(self._names())

    def _names(self) -> set[str]:
        return {row.name for row in self._workspace.library.documents.rows() if row.entry}

    def _died(self, _: bool) -> None:
        self._deaths += 1

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _LONGEST_S
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"not so after {_LONGEST_S:.0f} s: {what}")
            self._application.processEvents()
            time.sleep(0.005)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._application.processEvents()
            time.sleep(0.005)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        killing = Killing(QApplication([]), Path(folder))
        killing.run()
    print(f"{3 * _TIMES} deaths, {killing.failures} of them not survived as promised")
    return 1 if killing.failures else 0


if __name__ == "__main__":
    sys.exit(main())
