"""Small pictures of all pages, drawn as they come into view."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView

from desktop_rag.domain import PageFrame, PageImage
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.models import Index
from desktop_rag.ui.page_pictures import to_image

_WIDTH = 96
_HEIGHT = 124
_MOST_KEPT = 400
_MOST_ASKED = 2


class _ThumbnailModel(QAbstractListModel):
    """One row a page. A picture is asked for when it is first wanted."""

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._engine = engine
        self._document_id = ""
        self._passwords: tuple[str, ...] = ()
        self._frames: Sequence[PageFrame] = ()
        self._icons: dict[int, QIcon] = {}
        blank = QPixmap(_WIDTH, _HEIGHT)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)
        self._wanted: list[int] = []
        self._asked: set[int] = set()

    def open(
        self, document_id: str, passwords: tuple[str, ...], frames: Sequence[PageFrame]
    ) -> None:
        self.beginResetModel()
        self._document_id, self._passwords, self._frames = document_id, passwords, frames
        self._icons, self._wanted = {}, []
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._frames[row].label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Page {label}").format(label=self._frames[row].label)
        if role == Qt.ItemDataRole.DecorationRole:
            if not (row in self._icons or row in self._wanted or row in self._asked):
                self._wanted.append(row)
                self._ask()
            return self._icons.get(row, self._blank)
        return None

    def _ask(self) -> None:
        """The row wanted last first: it is the one that is looked at."""
        while self._wanted and len(self._asked) < _MOST_ASKED:
            row = self._wanted.pop()
            frame, document_id = self._frames[row], self._document_id
            scale = min(_WIDTH / max(frame.width, 1), _HEIGHT / max(frame.height, 1))
            self._asked.add(row)
            self._engine.request(
                "page_image",
                document_id,
                frame.number,
                scale,
                self._passwords,
                then=partial(self._take, document_id, row),
                failed=partial(self._leave, document_id, row),
            )

    def _take(self, document_id: str, row: int, image: PageImage) -> None:
        picture = QPixmap.fromImage(to_image(image))
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # else Qt tints it
        self._keep(document_id, row, icon)

    def _leave(self, document_id: str, row: int, _: Failed) -> None:
        self._keep(document_id, row, QIcon())

    def _keep(self, document_id: str, row: int, icon: QIcon) -> None:
        self._asked.discard(row)
        if document_id == self._document_id:
            if len(self._icons) > _MOST_KEPT:
                self._icons.clear()
            self._icons[row] = icon
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self._ask()


class Thumbnails(QListView):
    """The pages of the document that is shown.

    Signals:
        page_chosen(page): go there.
    """

    page_chosen = Signal(int)

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._pages = _ThumbnailModel(engine)
        self.setObjectName("pages")
        self.setModel(self._pages)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_WIDTH, _HEIGHT))
        self.setSpacing(4)
        self.setGridSize(QSize(_WIDTH + 16, _HEIGHT + 36))
        self.setFixedWidth(_WIDTH + 44)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pages in small"))
        self.clicked.connect(lambda index: self.page_chosen.emit(index.row() + 1))
        self.activated.connect(lambda index: self.page_chosen.emit(index.row() + 1))

    def open(
        self, document_id: str, passwords: tuple[str, ...], frames: Sequence[PageFrame]
    ) -> None:
        """Show the pages of another document."""
        self._pages.open(document_id, passwords, frames)

    def set_page(self, page: int) -> None:
        """Select the page that is looked at."""
        index = self._pages.index(page - 1, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)
