"""Printing the document that is shown, page by page as the reader process draws them."""

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop_rag.domain import DocumentView, PageImage
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink, Job
from desktop_rag.ui.page_pictures import to_image

_POINTS_PER_INCH = 72
_MOST_DPI = 300


class Printing(QObject):
    """One printing of one document.

    Signals:
        progressed(done, total): pages sent to the printer.
        ended(problem): "" if all went well.
    """

    progressed = Signal(int, int)
    ended = Signal(str)

    def __init__(
        self,
        engine: EngineLink,
        view: DocumentView,
        passwords: tuple[str, ...],
        printer: QPrinter,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._view = view
        self._passwords = passwords
        self._printer = printer
        self._painter: QPainter | None = None
        self._job: Job | None = None
        first, last = printer.fromPage() or 1, printer.toPage() or len(view.frames)
        self._pages = list(range(first, min(last, len(view.frames)) + 1))
        self._done = 0

    def start(self) -> None:
        """Print; `ended` comes last."""
        self._next()

    def stop(self) -> None:
        """Print no further page."""
        self._pages = self._pages[: self._done]

    def _next(self) -> None:
        if self._done >= len(self._pages):
            self._end("")
            return
        page = self._pages[self._done]
        dpi = min(self._printer.resolution(), _MOST_DPI)
        self._job = self._engine.request(
            "page_image",
            self._view.document_id,
            page,
            dpi / _POINTS_PER_INCH,
            self._passwords,
            then=self._print,
            failed=self._failed,
        )

    def _print(self, image: PageImage) -> None:
        frame = self._view.frames[self._pages[self._done] - 1]
        wide = frame.width > frame.height
        layout = QPageLayout.Orientation
        self._printer.setPageOrientation(layout.Landscape if wide else layout.Portrait)
        if self._painter is None:
            self._painter = QPainter()
            if not self._painter.begin(self._printer):
                self._end(self.tr("The printer does not answer."))
                return
        else:
            self._printer.newPage()
        room = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        size = QSizeF(image.width, image.height).scaled(
            room.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        target = QRectF(left, top, size.width(), size.height())
        self._painter.drawImage(target, to_image(image))
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        self._next()

    def _failed(self, failure: Failed) -> None:
        self._end(f"{failure.message} {failure.hint}".strip())

    def _end(self, problem: str) -> None:
        if self._painter is not None and self._painter.isActive():
            self._painter.end()
        self.ended.emit(problem)
