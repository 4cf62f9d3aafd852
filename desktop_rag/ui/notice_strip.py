"""One sentence that may be acted on, such as “Removed 3 documents. Undo”."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import icon_button, label


class NoticeStrip(QWidget):
    """Hidden until something is said; the newest sentence replaces the one before."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("card")
        self._act: Callable[[], object] = lambda: None
        self._closed: Callable[[], object] = lambda: None
        self._offer = ""
        self._text = label("", "notice")
        self._button = QPushButton()
        self._button.setObjectName("link")
        self._button.clicked.connect(self._pressed)
        close = icon_button(icons, "close", self.tr("Close this message"), self.close_it)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._text)
        words.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 6, 8)
        layout.setSpacing(4)
        layout.addLayout(words, 1)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        self.clear()

    def say(
        self,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        closed: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence and, if it can be acted on, a button.

        `closed` is called when the reader closes the sentence, or follows the button.
        """
        if act is None and self._may_act():  # an offer such as Undo is not taken away
            self._text.setText(f"{text} {self._offer}")
            return
        self._offer = text
        self._text.setText(text)
        self._act = act or (lambda: None)
        self._closed = closed or (lambda: None)
        self._button.setText(button)
        self._button.setAccessibleName(button or self.tr("No action"))
        self._button.setVisible(bool(button))
        self.setAccessibleName(text)
        self.setVisible(True)

    def _may_act(self) -> bool:
        return not self.isHidden() and not self._button.isHidden()

    def text(self) -> str:
        """What is said at present; "" if nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def press(self) -> None:
        """As a click on the button."""
        self._button.click()

    def clear(self) -> None:
        """Say nothing."""
        self.setVisible(False)

    def close_it(self) -> None:
        """As a click on the cross."""
        self._closed()
        self.clear()

    def _pressed(self) -> None:
        self.close_it()
        self._act()
