"""Drawn pages: asked for when they are needed, kept while there is room."""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_rag.domain import PageImage
from desktop_rag.ui.engine_link import EngineLink, Job

_MOST_BYTES = 192 << 20


class PagePictures(QObject):
    """The pictures of one document's pages, newest used kept longest.

    Signals:
        arrived(page): a page was drawn.
        failed(page): a page cannot be drawn.
    """

    arrived = Signal(int)
    failed = Signal(int)

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._engine = engine
        self._document_id = ""
        self._passwords: tuple[str, ...] = ()
        self._kept: OrderedDict[int, tuple[float, QPixmap]] = OrderedDict()
        self._asked: dict[int, tuple[float, Job]] = {}
        self._broken: set[int] = set()

    def open(self, document_id: str, passwords: tuple[str, ...]) -> None:
        """Forget all pages, and draw those of this document from now on."""
        for _, job in self._asked.values():
            job.cancel()
        self._kept.clear()
        self._asked.clear()
        self._broken.clear()
        self._document_id, self._passwords = document_id, passwords

    def picture(self, page: int) -> QPixmap | None:
        """The page as it was drawn last, at whatever scale."""
        if page not in self._kept:
            return None
        self._kept.move_to_end(page)
        return self._kept[page][1]

    def is_broken(self, page: int) -> bool:
        """Whether the page cannot be drawn."""
        return page in self._broken

    def want(self, pages: list[int], scale: float) -> None:
        """Draw these pages at `scale` pixels per point, the first first; the rest can wait."""
        for page in [page for page in self._asked if page not in pages]:
            self._asked.pop(page)[1].cancel()
        for page in pages:
            drawn = self._kept[page][0] if page in self._kept else 0.0
            asked = self._asked[page][0] if page in self._asked else 0.0
            if page in self._broken or scale in (drawn, asked):
                continue
            if page in self._asked:
                self._asked.pop(page)[1].cancel()
            self._request(page, scale)

    def _request(self, page: int, scale: float) -> None:
        document_id = self._document_id
        job = self._engine.request(
            "page_image",
            document_id,
            page,
            scale,
            self._passwords,
            then=lambda image: self._take(document_id, page, scale, image),
            failed=lambda _: self._fail(document_id, page),
        )
        self._asked[page] = (scale, job)

    def _take(self, document_id: str, page: int, scale: float, image: PageImage) -> None:
        if document_id != self._document_id:
            return
        self._asked.pop(page, None)
        self._kept[page] = (scale, QPixmap.fromImage(to_image(image)))
        self._kept.move_to_end(page)
        while len(self._kept) > 1 and self._bytes() > _MOST_BYTES:
            self._kept.popitem(last=False)
        self.arrived.emit(page)

    def _fail(self, document_id: str, page: int) -> None:
        if document_id == self._document_id:
            self._asked.pop(page, None)
            self._broken.add(page)
            self.failed.emit(page)

    def _bytes(self) -> int:
        return sum(picture.width() * picture.height() * 4 for _, picture in self._kept.values())


def to_image(image: PageImage) -> QImage:
    """The page as Qt draws it, with its own copy of the pixels."""
    row_bytes = image.width * 4
    return QImage(
        image.pixels, image.width, image.height, row_bytes, QImage.Format.Format_RGBX8888
    ).copy()
