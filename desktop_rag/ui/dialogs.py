"""Questions to the reader and plain words about problems, always one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.ui.clipboard import copy_text
from desktop_rag.ui.parts import label

_WIDTH = 440


class Sheet(QDialog):
    """A small dialog: a title, sentences, whatever is added to `body`, and buttons."""

    def __init__(self, parent: QWidget, title: str, text: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.buttons = QDialogButtonBox()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addStrut(min(_WIDTH, parent.width()) - 48)  # no minimum: it would hide the layout's
        self.title = label(title, "title")
        self.text = label(text, "text")
        self.text.setVisible(bool(text))
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(self.body)
        layout.addWidget(self.buttons)

    def set_text(self, text: str) -> None:
        """Replace the sentences below the title."""
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleDescription(text)

    def add_accept(self, text: str, *, dangerous: bool = False) -> QPushButton:
        """The button that does it; a dangerous one is not pressed by Enter."""
        role = QDialogButtonBox.ButtonRole
        chosen = role.DestructiveRole if dangerous else role.AcceptRole
        button = QPushButton(text)
        button.setObjectName("danger" if dangerous else "")  # before it is first dressed
        self.buttons.addButton(button, chosen)
        button.setDefault(not dangerous)
        button.clicked.connect(self.accept)
        return button

    def add_cancel(self, text: str = "", *, default: bool = False) -> QPushButton:
        """The button that leaves everything as it is."""
        words = text or QCoreApplication.translate("Sheet", "Cancel")
        button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.RejectRole)
        button.setDefault(default)
        button.clicked.connect(self.reject)
        return button


def confirm(parent: QWidget, title: str, text: str, act: str, *, dangerous: bool = True) -> bool:
    """Ask before something is lost, or takes long: `text` names it, `act` is the button for it."""
    sheet = Sheet(parent, title, text)
    sheet.add_accept(act, dangerous=dangerous)
    sheet.add_cancel(default=dangerous).setFocus()
    return bool(sheet.exec())


def ask_text(
    parent: QWidget, title: str, text: str, act: str, value: str = "", *, secret: bool = False
) -> str:
    """A line of text, or "" if the reader changed their mind."""
    sheet = Sheet(parent, title, text)
    field = QLineEdit(value)
    field.setAccessibleName(title)
    field.selectAll()
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    sheet.body.addWidget(field)
    sheet.add_accept(act)
    sheet.add_cancel()
    field.setFocus()
    if not sheet.exec():
        return ""
    return field.text() if secret else field.text().strip()


def ask_choice(parent: QWidget, title: str, act: str, choices: Sequence[str]) -> str:
    """One of the choices, or something new that was typed; "" if the reader left."""
    sheet = Sheet(parent, title)
    field = QComboBox()
    field.setEditable(True)
    field.addItems(list(choices))
    field.setAccessibleName(title)
    sheet.title.setBuddy(field)  # on Linux a screen reader says this, not the name
    sheet.body.addWidget(field)
    sheet.add_accept(act)
    sheet.add_cancel()
    field.setFocus()
    return field.currentText().strip() if sheet.exec() else ""


class ProblemDialog(Sheet):
    """What happened, what is safe, what to do; details without a word of any document."""

    def __init__(self, parent: QWidget, message: str, hint: str, details: str) -> None:
        super().__init__(parent, message)
        safe = self.tr("Your files are untouched, and what was read before is kept.")
        remedy = hint or self.tr(
            "Try it once more. If it happens again, copy the details and send them to whoever "
            "helps you."
        )
        for heading, text in (
            (self.tr("What is safe"), safe),
            (self.tr("What to do"), remedy),
        ):
            self.body.addWidget(label(heading, "section"))
            self.body.addWidget(label(text, "text"))
        self._details = details
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.clicked.connect(self._copy)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.add_accept(self.tr("Close"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def set_details(self, details: str) -> None:
        """What is copied; it holds versions and program lines, no document text."""
        self._details = details

    def _copy(self) -> None:
        copy_text(self._details)
        self.copy.setText(self.tr("Copied"))
