"""Small widgets that many panels use, all with a name that a screen reader can say."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from desktop_rag.ui.icons import Icons


def icon_button(
    icons: Icons, icon: str, name: str, act: Callable[[], object] | None = None
) -> QToolButton:
    """A button that shows an icon; `name` is its tooltip and what a screen reader says."""
    button = QToolButton()
    icons.put(button, icon)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if act is not None:
        button.clicked.connect(lambda: act())
    return button


def as_tooltip(text: str) -> str:
    """Text of a document as a tooltip that shows it as it is: it is never taken for HTML."""
    return f"<p>{escape(text)}</p>".replace("\n", "<br>")


def shown(text: str) -> str:
    """A name as a button or menu shows it: its “&” is no mark of a shortcut."""
    return text.replace("&", "&&")


def link_button(text: str, act: Callable[[], object]) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(text)
    button.setObjectName("link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: act())
    return button


def label(text: str, name: str) -> QLabel:
    """A label of the style `name`, whose lines wrap."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


def quiet_label(text: str) -> QLabel:
    """A label that steps back."""
    return label(text, "quiet")
