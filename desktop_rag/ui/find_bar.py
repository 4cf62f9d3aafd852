"""Searching in the document that is shown."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_rag.domain import FoundInDocument, PageProgress
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import icon_button, label

_TYPING_PAUSE_MS = 250
_LEAST_CHARACTERS = 2


class FindBar(QWidget):
    """A field, what was found, and the way from one place to the next.

    Signals:
        wanted(text): search for this; "" searches for nothing.
        walked(number): go to the place of this number, from 0.
        closed(): the bar is closed.
    """

    wanted = Signal(str)
    walked = Signal(int)
    closed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._count = 0
        self._number = 0
        self._more = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this document"))
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setMinimumWidth(60)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._search)
        self.field.textChanged.connect(self._typing.start)
        self.field.returnPressed.connect(self._enter)
        self.state = label("", "small")
        self.state.setWordWrap(False)
        self._back = icon_button(
            icons, "previous", self.tr("Previous place"), lambda: self.walk(-1)
        )
        self._forward = icon_button(icons, "next", self.tr("Next place"), lambda: self.walk(1))
        close = icon_button(icons, "close", self.tr("Close the search"), self.close_bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.state)
        for button in (self._back, self._forward, close):
            layout.addWidget(button)
        self.setVisible(False)

    def open_bar(self) -> None:
        """Show the bar, ready to be typed into."""
        self.setVisible(True)
        self.field.setFocus()
        self.field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and what it found."""
        self.setVisible(False)
        self.field.clear()
        self._typing.stop()
        self._count = 0
        self._say()
        self.wanted.emit("")
        self.closed.emit()

    def show_progress(self, step: PageProgress) -> None:
        """How far the search is."""
        self.state.setText(
            self.tr("page {page} of {count}").format(page=step.done, count=step.total)
        )

    def show_found(self, found: FoundInDocument) -> None:
        """How many places there are."""
        self._count, self._number, self._more = len(found.spans), 0, found.more
        self._say()

    def walk(self, step: int) -> None:
        """To the next place, and from the last to the first."""
        if self._count:
            self._number = (self._number + step) % self._count
            self._say()
            self.walked.emit(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search()
        else:
            self.walk(1)

    def _search(self) -> None:
        text = self.field.text().strip()
        self._count = 0
        self._say()
        enough = len(text) >= _LEAST_CHARACTERS
        self.state.setText(self.tr("searching …") if enough else "")
        self.wanted.emit(text if enough else "")

    def _say(self) -> None:
        if self._count:
            count = f"{self._count}+" if self._more else str(self._count)
            text = self.tr("{number} of {count}").format(number=self._number + 1, count=count)
        else:
            text = self.tr("not found") if len(self.field.text()) >= _LEAST_CHARACTERS else ""
        self.state.setText(text)
        for button in (self._back, self._forward):
            button.setEnabled(self._count > 0)
