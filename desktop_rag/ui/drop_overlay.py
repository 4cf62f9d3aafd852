"""Dims the window while something is dragged over it, and says what a drop will do."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_rag.ui.theme import Look

_DIM = 238


class DropOverlay(QWidget):
    """Lies over all of its parent, and lets the mouse through."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._over = parent
        self._look = look
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("What a drop will do"))
        parent.installEventFilter(self)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What a drop will do."""
        return self._text

    def show_text(self, text: str) -> None:
        """Dim the window and say this."""
        self._text = text
        self.setAccessibleDescription(text)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.setVisible(True)
        self.update()

    def change_look(self, look: Look) -> None:
        """Draw with other colours."""
        self._look = look

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim = QColor(self._look.theme.background)
        dim.setAlpha(_DIM)
        painter.fillRect(self.rect(), dim)
        painter.setPen(QPen(QColor(self._look.theme.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(16, 16, -16, -16), 6, 6)
        font = QFont(self.font())
        font.setPixelSize(self._look.pixels(22))
        painter.setFont(font)
        painter.setPen(QColor(self._look.theme.text))
        room = self.rect().adjusted(40, 40, -40, -40)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._text)
