"""What is shown instead of the library while the program is locked."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_rag.ui.parts import label

_WIDTH = 320


class LockScreen(QWidget):
    """Asks for the passphrase of the program.

    Signals:
        opened(): it was typed.
    """

    opened = Signal()

    def __init__(self, opens: Callable[[str], bool]) -> None:
        super().__init__()
        self.setObjectName("column")
        self._opens = opens
        title = label(self.tr("Desktop RAG is locked"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Passphrase of the program"))
        self.field.setPlaceholderText(self.tr("Passphrase"))
        self.field.setFixedWidth(_WIDTH)
        self.field.returnPressed.connect(self.submit)
        self.button = QPushButton(self.tr("Open"))
        self.button.clicked.connect(self.submit)
        self.problem = label("", "attention")
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(title)
        for part in (self.field, self.button):
            layout.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.problem)
        layout.addStretch(3)
        self.setFocusProxy(self.field)

    def submit(self) -> None:
        """Try what is typed."""
        passphrase = self.field.text()
        self.field.clear()
        if not passphrase:
            return
        if self._opens(passphrase):
            self.opened.emit()
            return
        self.problem.setText(self.tr("This is not the passphrase of the program."))
