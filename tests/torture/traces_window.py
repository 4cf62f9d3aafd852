"""The window's part of tests/torture/traces.py: off screen, with engine and reader crashing.

It runs the program's own start, and walks where the event loop would begin. File, question and
password come by standard input, one a line: the list of processes is looked at, too.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_rag import __main__ as program
from desktop_rag.ui.furnishing import Furnishing
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.workspace import Workspace

PATIENCE_S = 60


def until(what: str, done: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > end:
            os.write(1, f"It never came about: {what}\n".encode())
            os._exit(9)
        QApplication.processEvents()
        time.sleep(0.01)


def readers(engine: int) -> list[int]:
    tasks = Path(f"/proc/{engine}/task").glob("*/children")
    children = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def furnished() -> tuple[MainWindow, Furnishing, Workspace]:
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    until("the window is furnished", lambda: vars(window)["_content"])
    furnishing = vars(window)["_content"]
    return window, furnishing, furnishing.workspace


def walk(file: Path, question: str, password: str) -> None:
    window, furnishing, space = furnished()
    engine = vars(furnishing)["_engine"]
    until("the documents are listed", lambda: len(list(space.library.documents.rows())) == 2)
    vars(furnishing)["_reading"].learn_password(password)
    for row in space.library.documents.rows():
        space.tasks.open_wanted.emit(row.key)
        until("a page is shown", lambda: space.page.view is not None)
    until("a reader runs", lambda: readers(engine.engine_pid))
    os.kill(readers(engine.engine_pid)[0], signal.SIGSEGV)
    first = engine.engine_pid
    os.kill(first, signal.SIGSEGV)
    until("another engine runs", lambda: engine.engine_pid not in (None, first))
    ask(space, question)
    raise_in_a_slot(file)
    choose_a_file(file)
    QGuiApplication.clipboard().setText(question)
    until("the copy is hinted", _is_hinted)
    window.close()


def _is_hinted() -> bool:
    return QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")


def ask(space: Workspace, question: str) -> None:
    answered: list[object] = []
    vars(space)["_asking"].ended.connect(lambda *_: answered.append(True))
    space.answers.field.edit.setPlainText(question)
    space.answers.field.submit()
    until("an answer is there", lambda: answered)


def raise_in_a_slot(file: Path) -> None:
    def fail() -> None:
        raise RuntimeError(f"It failed on {file}")

    QTimer.singleShot(0, fail)
    QApplication.processEvents()
    os.write(2, f"as a library would: {file}\n".encode())


def choose_a_file(file: Path) -> None:
    dialog = QFileDialog(None, "Open", str(file.parent))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.selectFile(str(file))
    QTimer.singleShot(200, dialog.accept)
    dialog.exec()


def main() -> int:
    file, question, password = sys.stdin.read().splitlines()
    sys.argv[1:] = []

    def walk_instead(*_: object) -> int:
        walk(Path(file), question, password)
        return 0

    QApplication.exec = walk_instead  # type: ignore[method-assign, assignment]
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
