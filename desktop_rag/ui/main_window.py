"""The frame of the window. It imports next to nothing, so that it is on the screen at once."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

_SIZE = (1360, 860)
_LEAST = (640, 420)


class MainWindow(QMainWindow):
    """An empty window that says when it has been seen, and asks before it closes.

    Signals:
        painted(): the first paint is done; sent once.
        closing(): the window is about to close for good.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen = False
        self._content: object = None
        self._may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("Desktop RAG")
        self.setMinimumSize(*_LEAST)
        screen = self.screen().availableGeometry()
        width, height = (
            min(_SIZE[0], screen.width() - 40),
            min(_SIZE[1], screen.height() - 60),
        )
        self.resize(width, height)

    def bring_to_front(self) -> None:
        """Show the window above others, as far as the system lets a program do that."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        """`may_close` is asked whenever the window is to be closed."""
        self._may_close = may_close

    def keep_alive(self, content: object) -> None:
        """Hold what fills the window for as long as the window lives."""
        self._content = content

    def restore(self, geometry: str) -> None:
        """Take the place and size that `geometry_text` gave."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def geometry_text(self) -> str:
        """Place and size, to be kept."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()
