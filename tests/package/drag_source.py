"""Another program from which files are dragged: python -m tests.package.drag_source FILE…

A small window in the corner of the screen. It says “shown”, and when the drag is over “dropped”, or
“refused” if nobody took it. The files need not be there: their names are all that is dragged.
"""

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

_STAYS_MS = 3_000  # who took the drop asks for its content afterwards


class Source(QLabel):
    """Begins to drag as soon as it is pressed and the mouse moves."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("Files")
        self._files = files
        self.setWindowFlags(
            Qt.WindowType.BypassWindowManagerHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.FramelessWindowHint
        )
        self.setGeometry(0, 0, 60, 40)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(file) for file in self._files])
        drag = QDrag(self)
        drag.setMimeData(content)
        taken = drag.exec(Qt.DropAction.CopyAction)
        print("dropped" if taken == Qt.DropAction.CopyAction else "refused", flush=True)
        QTimer.singleShot(_STAYS_MS, QApplication.quit)


def main() -> int:
    application = QApplication(sys.argv[:1])
    source = Source(sys.argv[1:])
    source.show()
    source.raise_()
    QTimer.singleShot(300, lambda: print("shown", flush=True))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
