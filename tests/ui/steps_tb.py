"""Steps of the tests of asking, history and pages: a filled library, and a window on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_rag import config, wiring
from desktop_rag.__main__ import _open_assistant
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.furnishing import furnish
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.turn_view import TurnView
from desktop_rag.ui.workspace import Workspace
from tests.support import finish, make_pdf
from tests.ui.conftest import LONG

SMITH = "Matters/Smith"
JONES = "Matters/Jones & Sons"
LEASE = [
    "Lease of the harbour office.\nThe parties are Harbour Estates and Smith.",
    "Termination.\nThe tenant must give sixty days written notice before ending the lease.\n"
    "The monthly rent is nine hundred pounds, payable on the first day of the month.",
    "Deposit.\nThe deposit is two thousand pounds and is returned at the end of the lease.",
]
LOAN = [
    "Loan agreement.\nThe borrower repays the loan in twelve monthly instalments.",
    "Interest.\nThe interest rate of the loan is four percent a year.",
]
NOTICE = "How much notice must the tenant give to end the lease?"


def fill(library: Path, files: Mapping[str, Sequence[Path]]) -> None:
    """A library of these files by collection, read by real engines."""
    assistant = wiring.build(config.Settings(library.parent / "data", library))
    for collection, paths in files.items():
        finish(assistant.library.add(list(paths), collection=collection))
    assistant.close()


def fill_office(folder: Path) -> Path:
    """A library of a lease and a loan, in two collections."""
    lease = make_pdf(folder / "Lease.pdf", LEASE)
    loan = make_pdf(folder / "Loan.pdf", LOAN)
    fill(folder / "library", {SMITH: [lease], JONES: [loan]})
    return folder / "library"


@contextmanager
def opened(library: Path, home: Path) -> Iterator[Workspace]:
    """The window on a library, with settings of its own in `home`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("XDG_DATA_HOME", str(home))
        patch.setattr(config, "data_folder", lambda: home / "desktop-rag")
        window = MainWindow()
        window.resize(1360, 860)
        window.show()
        made = furnish(window, partial(_open_assistant, library), partial(config.load, library))
        assert made.workspace is not None
        window.activateWindow()
        yield made.workspace
        window.ask_before_closing(lambda: True)
        window.close()
        window.deleteLater()


def settle(qtbot: QtBot, workspace: Workspace, documents: int) -> None:
    """Wait until the library is shown in the active window."""
    workspace.window().activateWindow()
    qtbot.waitUntil(workspace.window().isActiveWindow, timeout=LONG)
    qtbot.waitUntil(lambda: workspace.library.documents.rowCount() == documents, timeout=LONG)
    if documents:  # on a busy machine they are listed before their collections
        qtbot.waitUntil(lambda: any(workspace.library.collections.paths()), timeout=LONG)
    edit = workspace.answers.field.edit
    qtbot.waitUntil(lambda: "first" not in edit.placeholderText(), timeout=LONG)


def begin(qtbot: QtBot, workspace: Workspace, question: str) -> TurnView:
    """Type a question and press Enter; the view of the question that is under way."""
    edit = workspace.answers.field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, question)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    view = workspace.answers.running
    assert view is not None
    return view


def ask(qtbot: QtBot, workspace: Workspace, question: str) -> TurnView:
    """Type a question, press Enter, and wait for the checked answer."""
    view = begin(qtbot, workspace, question)
    qtbot.waitUntil(lambda: workspace.answers.running is None, timeout=LONG)
    assert view.turn is not None, view.note()
    return view


def engine_pid(workspace: Workspace) -> int:
    """The engine process of a window."""
    engine: EngineLink = vars(workspace)["_engine"]
    assert engine.engine_pid is not None
    return engine.engine_pid


def in_next_dialog(act: Callable[[Sheet], None]) -> list[str]:
    """Call `act` with the next sheet that is shown modally; returns the list of their titles."""
    titles: list[str] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet):
            titles.append(sheet.title.text())
            act(sheet)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    return titles


def named(parent: QWidget, name: str) -> QWidget:
    """The visible widget inside `parent` that a screen reader calls so."""
    found = [
        widget
        for widget in parent.findChildren(QWidget)
        if widget.isVisible()
        and (widget.accessibleName() or getattr(widget, "text", str)()) == name
    ]
    assert len(found) == 1, (name, found)
    return found[0]
