"""F1: the guide, with its contents on the left and a page on the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.ui.guide_pages import GuidePage, guide_pages
from desktop_rag.ui.guide_text import GuideText
from desktop_rag.ui.parts import quiet_label
from desktop_rag.ui.theme import Look

_SIZE = (960, 680)


class Guide(QDialog):
    """The guide in a window of its own, beside which one can work.

    Signals:
        about_wanted(): show what this program is.
    """

    about_wanted = Signal()

    def __init__(
        self, parent: QWidget, folder: Path, look: Look, actions: Sequence[QAction]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.setAccessibleName(self.tr("Guide"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.pages = guide_pages(folder, QLocale().name()[:2], [*map(_key_of, actions)])
        self._before: list[int] = []
        self.text = GuideText(folder / "pictures", look)
        self.text.page_wanted.connect(self.show_page)
        self._make_list(look)
        self._make_search()
        self._lay_out(look)
        self.list.setCurrentRow(0)

    @property
    def page(self) -> GuidePage:
        """The page that is shown."""
        return self.pages[max(0, self.list.currentRow())]

    def show_page(self, name: str) -> None:
        """Show the page of this name, or a part of it; a name that no page has changes nothing."""
        if name == "about":
            self.about_wanted.emit()
            return
        for row, page in enumerate(self.pages):
            if name and name in page.name:
                self.search.clear()
                self.list.setCurrentRow(row)
                return

    def change_look(self, look: Look) -> None:
        """Show the page in another look."""
        self.text.change_look(look)
        self._size_list(look)

    def go_back(self) -> None:
        """Show the page before this one."""
        if self._before:
            row = self._before.pop()
            self.list.setCurrentRow(row)
            self._before.pop()  # that was no step forward
        self.back.setEnabled(bool(self._before))

    def _make_list(self, look: Look) -> None:
        self.list = QListWidget()
        self.list.setObjectName("pages")
        self.list.setAccessibleName(self.tr("Contents"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([page.title for page in self.pages])
        self._size_list(look)
        self._row = 0
        self.list.currentRowChanged.connect(self._show)

    def _size_list(self, look: Look) -> None:
        self.list.setFixedWidth(min(look.pixels(250), 420))

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find in the guide"))
        self.search.setAccessibleName(self.tr("Find in the guide"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._next_page)
        self.found = quiet_label("")
        self.found.hide()
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
            (QKeySequence("Alt+Left"), self.go_back),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _lay_out(self, look: Look) -> None:
        self.back = QPushButton(self.tr("Back"))
        self.back.setEnabled(False)
        self.back.clicked.connect(self.go_back)
        about = QPushButton(self.tr("About Desktop RAG …"))
        about.clicked.connect(self.about_wanted)
        left = QVBoxLayout()
        for part in (self.search, self.found, self.list, self.back, about):
            left.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addLayout(left)
        layout.addWidget(self.text, 1)
        for button in (self.back, about):
            button.setAutoDefault(False)
        screen = self.screen().availableGeometry()
        width, height = (look.pixels(size) for size in _SIZE)
        self.resize(min(width, screen.width() - 80), min(height, screen.height() - 100))

    def _show(self, row: int) -> None:
        if row < 0:
            return
        self._before.append(self._row)
        self._row = row
        self.back.setEnabled(True)
        page = self.pages[row]
        self.text.setAccessibleName(page.title)
        self.text.show_page(page.title, page.text, self._sought())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._before.clear()
        self.back.setEnabled(False)
        self.list.setFocus()

    def _sought(self) -> tuple[str, ...]:
        return tuple(self.search.text().split())

    def _find(self) -> None:
        """List the pages that have all the words."""
        words = self._sought()
        rows = [row for row, page in enumerate(self.pages) if page.has(words)]
        for row in range(self.list.count()):
            self.list.item(row).setHidden(row not in rows)
        self.found.setVisible(bool(words))
        self.found.setText(
            self.tr("On %n page(s)", "", len(rows)) if rows else self.tr("Not in the guide")
        )
        if rows and self.list.currentRow() not in rows:
            self.list.setCurrentRow(rows[0])
        else:
            self.text.mark(words)

    def _next_page(self) -> None:
        rows = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        if rows:
            later = [row for row in rows if row > self.list.currentRow()]
            self.list.setCurrentRow(later[0] if later else rows[0])


def _key_of(action: QAction) -> tuple[str, str]:
    """The key as this system writes it, and what it does."""
    keys = action.property("keys")
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return str(keys) if keys else shown, action.text()
