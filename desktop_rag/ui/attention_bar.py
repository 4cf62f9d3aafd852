"""What is wrong with a document, and the remedies as buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_rag.domain import DocumentStatus, FileState
from desktop_rag.ui.documents_model import DocumentRow
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import label


class AttentionBar(QWidget):
    """Hidden unless one document that needs attention is selected.

    Signals:
        password_wanted(row): the reader knows the password.
        reread_wanted(rows): read it again, scans included.
        reveal_wanted(row): show the file in the file manager.
        remove_wanted(rows): take it out of the library.
    """

    password_wanted = Signal(object)
    reread_wanted = Signal(list)
    reveal_wanted = Signal(object)
    remove_wanted = Signal(list)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("card")
        self._row: DocumentRow | None = None
        self._title = label("", "attention")
        self._reason = label("", "small")
        self.password = self._button(self.tr("Enter password"))
        self.read = self._button(self.tr("Read scan"))
        self.again = self._button(self.tr("Read again"))
        self.reveal = self._button(self.tr("Show file"))
        self.remove = self._button(self.tr("Remove"))
        self.password.clicked.connect(lambda: self.password_wanted.emit(self._row))
        self.read.clicked.connect(lambda: self.reread_wanted.emit([self._row]))
        self.again.clicked.connect(lambda: self.reread_wanted.emit([self._row]))
        self.reveal.clicked.connect(lambda: self.reveal_wanted.emit(self._row))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit([self._row]))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        buttons = FlowLayout(spacing=6)
        for button in (self.password, self.read, self.again, self.reveal, self.remove):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._reason)
        layout.addLayout(buttons)
        self.setVisible(False)

    def show_row(self, row: DocumentRow | None) -> None:
        """Show the trouble of this document; None hides the bar."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self._title.setText(row.state_words)
        self._reason.setText(row.advice)
        self.setAccessibleName(f"{row.state_words}. {row.advice}")
        is_there = row.state is FileState.PRESENT
        locked = row.status is DocumentStatus.NEEDS_PASSWORD
        scan = row.status in (DocumentStatus.NO_TEXT, DocumentStatus.PARTLY_READABLE)
        self.password.setVisible(locked and is_there)
        self.read.setVisible(scan and is_there)
        self.again.setVisible(is_there and not locked and not scan)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        return button
