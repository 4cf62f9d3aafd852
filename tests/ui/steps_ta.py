"""What a reader does with the library column, in the terms of the tests."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.__main__ import _open_assistant
from desktop_rag.ui.documents_model import DocumentRow
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.furnishing import Furnishing, furnish
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.workspace import Workspace

LONG = 120_000


class Desk:
    """A window on a library of its own, and what a reader does with it."""

    def __init__(self, bot: QtBot, window: MainWindow, furnishing: Furnishing) -> None:
        self.bot = bot
        self.window = window
        self.furnishing = furnishing

    @property
    def workspace(self) -> Workspace:
        assert self.furnishing.workspace is not None
        return self.furnishing.workspace

    @property
    def engine(self) -> EngineLink:
        engine: EngineLink = vars(self.furnishing)["_engine"]
        return engine

    @property
    def is_reading(self) -> bool:
        return not self.workspace.library.reading.isHidden()

    @property
    def notice(self) -> str:
        return self.workspace.library.notice.text()

    def wait(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def press_key(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key on a widget; a dialog that was there before has given the window back."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        widget.setFocus()
        self.bot.keyClick(widget, key)

    def shown(self) -> list[str]:
        """The names in the list, in order."""
        model = self.workspace.library.documents
        return [str(model.index(i, 0).data()) for i in range(model.rowCount())]

    def row(self, name: str) -> DocumentRow:
        rows = [row for row in self.workspace.library.documents.rows() if row.name == name]
        assert len(rows) == 1, (name, rows)
        return rows[0]

    def has(self, name: str) -> bool:
        return any(row.name == name for row in self.workspace.library.documents.rows())

    def select(self, *names: str) -> None:
        view = self.workspace.library.table
        view.clearSelection()
        flag = view.selectionModel().SelectionFlag
        for name in names:
            index = self.workspace.library.documents.index_of(self.row(name).key)
            view.selectionModel().setCurrentIndex(index, flag.Select | flag.Rows)

    def tree(self) -> dict[str, str]:
        """Every row of the tree: its value, and the number beside it."""
        model, found = self.workspace.library.collections, {}

        def walk(parent: QModelIndex) -> None:
            for line in range(model.rowCount(parent)):
                index = model.index(line, 0, parent)
                found[index.data(VALUE_ROLE)] = str(index.siblingAtColumn(1).data() or "")
                walk(index)

        walk(QModelIndex())
        return found

    def go_to(self, place: str) -> None:
        self.workspace.library.go_to(place)

    def make_collection(self, name: str) -> None:
        answer(lambda sheet: (fill(sheet, name), press(sheet, "Make")))
        self.workspace.library.collection_wanted.emit()
        self.wait(lambda: name in self.tree())

    def add(self, paths: Sequence[Path], collection: str, password: str = "") -> None:
        """Drop files, answer the sheet, and wait until all is read."""
        self.begin_to_add(paths, collection, password)
        self.wait(lambda: not self.is_reading)
        self.settle()

    def begin_to_add(self, paths: Sequence[Path], collection: str, password: str = "") -> None:
        drop(self.window, paths)
        sheet = self.workspace.dropping.sheet
        assert sheet is not None
        self.wait(lambda: sheet.add.isEnabled())
        sheet.collection.setCurrentText(collection)
        if password:
            sheet.password.setText(password)
        sheet.add.click()
        self.wait(lambda: self.is_reading)

    def settle(self) -> None:
        """Wait until the engine has answered all that was asked of it."""
        done: list[object] = []
        self.bot.waitUntil(
            lambda: not vars(self.workspace.feed)["_refreshing"].isActive(), timeout=LONG
        )
        self.engine.request("collections", then=done.append)
        self.wait(lambda: done)


@contextmanager
def desk_on(request: pytest.FixtureRequest, home: Path) -> Iterator[Desk]:
    """A window whose library and settings lie under `home`; again, it is as a second start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("XDG_DATA_HOME", str(home))
        patch.setattr(config, "data_folder", lambda: home / config.APP_NAME)
        library = home / "library"
        window = MainWindow()
        window.resize(1360, 860)
        window.show()
        opened = partial(_open_assistant, library)
        furnishing = furnish(window, opened, partial(config.load, library))
        try:
            yield Desk(QtBot(request), window, furnishing)
        finally:
            window.ask_before_closing(lambda: True)
            window.close()
            window.deleteLater()
            QApplication.processEvents()


def mime_of(paths: Sequence[Path]) -> QMimeData:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return content


def drag_over(window: QWidget, content: QMimeData) -> bool:
    """Drag this into the window; returns whether it would be taken."""
    event = QDragEnterEvent(
        QPointF(200, 200).toPoint(),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def drop(window: QWidget, paths: Sequence[Path]) -> None:
    """Drag files into the window and let go; what the window would not take, it does not get."""
    content = mime_of(paths)
    if not drag_over(window, content):
        return
    event = QDropEvent(
        QPointF(200, 200),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)


def answer(act: Callable[[QDialog], object], said: list[str] | None = None) -> None:
    """Do this with the next modal dialog; `said` gets what stands on it. It is closed anyway."""

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if not isinstance(sheet, QDialog):
            QTimer.singleShot(10, look)
            return
        try:
            if said is not None:
                said.append(words_of(sheet))
            act(sheet)
        finally:
            if sheet.isVisible():
                sheet.reject()

    QTimer.singleShot(0, look)


def words_of(sheet: QWidget) -> str:
    """All that can be read on a dialog."""
    parts = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*parts, *(button.text() for button in sheet.findChildren(QPushButton))])


def press(sheet: QWidget, text: str) -> None:
    """Press the button that bears this text."""
    found = [b for b in sheet.findChildren(QPushButton) if b.text().startswith(text)]
    assert len(found) == 1, (text, words_of(sheet))
    found[0].click()


def fill(sheet: QWidget, text: str) -> None:
    """Type this into the one field of a dialog."""
    (field,) = sheet.findChildren(QLineEdit)
    field.setText(text)
