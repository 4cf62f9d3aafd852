"""A page of a document with its evidence highlighted. The page is drawn by the reader process."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_rag.domain import Citation, PageImage, Passage, Span, printed_pages
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.models import label_of, spans_of
from desktop_rag.ui.theme import Theme

_PIXELS_PER_POINT = 1.4
_ABOVE_HIGHLIGHT = 120


class PageView(QWidget):
    """Shows one page of the place that was chosen; ‹ › walk through its pages."""

    def __init__(self, engine: EngineLink, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("column")
        self._engine = engine
        self._theme = theme
        self._place: Citation | Passage | None = None
        self._pages: list[int] = []
        self._position = 0
        self._wanted = 0
        self.image: PageImage | None = None
        self._title = QLabel()
        self._title.setObjectName("quiet")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setObjectName("page")
        self._picture.setAccessibleName(self.tr("Page"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Page of the document"))
        self._scroll.setWidget(self._picture)
        self._back = self._arrow("‹", self.tr("Previous page of this evidence"), -1)
        self._forward = self._arrow("›", self.tr("Next page of this evidence"), 1)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        head.addWidget(self._forward)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._scroll)

    def show_place(self, place: Citation | Passage) -> None:
        """Draw the first page of the place, its characters highlighted."""
        self._place = place
        self._pages = sorted({span.page for span in spans_of(place)})
        self._position = 0
        self.setVisible(True)
        self._draw()

    def _arrow(self, text: str, name: str, step: int) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._walk(step))
        return button

    def _walk(self, step: int) -> None:
        self._position = min(max(self._position + step, 0), len(self._pages) - 1)
        self._draw()

    def _draw(self) -> None:
        place = self._place
        if place is None:
            return
        page = self._pages[self._position]
        where = printed_pages((label_of(place, page),), (page,))
        self._title.setText(self.tr("{name}, p. {page}").format(name=place.path.name, page=where))
        self._back.setEnabled(self._position > 0)
        self._forward.setEnabled(self._position < len(self._pages) - 1)
        spans: tuple[Span, ...] = spans_of(place)
        scale = _PIXELS_PER_POINT * self.devicePixelRatioF()
        arguments = (place.path, page, spans, scale)
        self._wanted = self._engine.request("page_image", *arguments, then=self._show)

    def _show(self, image: PageImage) -> None:
        self.image = image
        picture = QImage(
            image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBX8888
        )
        pixmap = QPixmap.fromImage(picture)
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for rectangle in image.highlights:
            painter.fillRect(QRectF(*rectangle), QColor(self._theme.highlight))
        painter.end()
        ratio = self.devicePixelRatioF()
        room = int(self._scroll.viewport().width() * ratio)
        fitted = pixmap.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        self._picture.setPixmap(fitted)
        if image.highlights:
            top = min(y for _, y, _, _ in image.highlights) * room / image.width / ratio
            self._scroll.verticalScrollBar().setValue(int(top) - _ABOVE_HIGHLIGHT)
