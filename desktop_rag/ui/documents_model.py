"""The table of documents, filtered and sorted as the reader likes, quick with 20,000 rows.

Filtering and sorting happen here and not in a QSortFilterProxyModel: that one calls back into
Python for each of some 300,000 comparisons, while a list sorts by a key in milliseconds.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt

from desktop_rag.domain import AddedFile, DocumentStatus, FileState, LibraryEntry
from desktop_rag.ui import words
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.language_words import languages
from desktop_rag.ui.models import VALUE_ROLE, Index
from desktop_rag.ui.parts import as_tooltip

DOCUMENTS_MIME = "application/x-desktop-rag-documents"
_FEW_CHANGES = 64
_FINE = frozenset({DocumentStatus.READY})


class Column(IntEnum):
    """What the columns show."""

    NAME = 0
    STATUS = 1
    PAGES = 2
    SCANNED = 3
    ADDED = 4


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the library, or a file that could not be taken in (`entry` is None then).

    `key` is the document's id, or the file's path.
    """

    key: str
    path: Path
    status: DocumentStatus
    message: str
    pages: int
    added_at: str
    collections: tuple[str, ...]
    entry: LibraryEntry | None
    searched: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def needs_attention(self) -> bool:
        return self.status not in _FINE or self.state is FileState.MISSING

    @property
    def state(self) -> FileState:
        """Whether its files can be reached."""
        return self.entry.state if self.entry is not None else FileState.PRESENT

    @property
    def state_words(self) -> str:
        """What became of it, in words."""
        return words.state_words(self.status, self.state)

    @property
    def advice(self) -> str:
        """What is wrong with it and what to do; "" if nothing is wrong."""
        return words.state_advice(self.state) or self.message

    @property
    def languages(self) -> str:
        """The names of the languages that it is in; "" where they are not known."""
        return languages(self.entry.document.languages) if self.entry is not None else ""

    @property
    def has_recognised_pages(self) -> bool:
        return self.entry is not None and self.entry.ocr_page_count > 0


def _folded(text: str) -> str:
    """Without upper case, and with accents composed: file systems differ in writing them."""
    return unicodedata.normalize("NFC", text).casefold()


def row_of(entry: LibraryEntry) -> DocumentRow:
    """The row for a document."""
    document = entry.document
    names = " ".join(file.path.name for file in entry.files)
    return DocumentRow(
        key=document.id,
        path=entry.path,
        status=document.status,
        message=document.message,
        pages=document.page_count,
        added_at=document.added_at,
        collections=tuple(sorted({file.collection for file in entry.files})),
        entry=entry,
        searched=_folded(names),
    )


def row_of_refused(file: AddedFile, collection: str = "") -> DocumentRow:
    """The row for a file of which nothing could be kept; `collection`: where it was to go."""
    return DocumentRow(
        key=str(file.path),
        path=file.path,
        status=DocumentStatus(file.status.value),
        message=file.message,
        pages=0,
        added_at="",
        collections=(collection,) if collection else (),
        entry=None,
        searched=_folded(file.path.name),
    )


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which rows are shown: words of the name, a collection with those below it, only trouble."""

    text: str = ""
    collection: str = ""
    attention: bool = False

    def pick(self, rows: list[DocumentRow]) -> list[DocumentRow]:
        """The rows that pass, in their order. One sweep a condition: it is quick with 20,000."""
        if self.attention:
            rows = [row for row in rows if row.needs_attention]
        if self.collection:
            below = f"{self.collection}/"
            rows = [
                row
                for row in rows
                if any(
                    name == self.collection or name.startswith(below) for name in row.collections
                )
            ]
        for word in _folded(self.text).split():
            rows = [row for row in rows if word in row.searched]
        return rows


_SORT_KEYS: dict[Column, Callable[[DocumentRow], Any]] = {
    Column.NAME: lambda row: (row.searched, row.key),
    Column.STATUS: lambda row: (row.state.value, row.status.value, row.searched, row.key),
    Column.PAGES: lambda row: (row.pages, row.searched, row.key),
    Column.SCANNED: lambda row: (row.has_recognised_pages, row.searched, row.key),
    Column.ADDED: lambda row: (row.added_at, row.searched, row.key),
}


class DocumentsModel(QAbstractTableModel):
    """Rows by key; `put` and `drop` change them, `set_filter` and `sort` what is shown of them."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._rows: dict[str, DocumentRow] = {}
        self._at: dict[str, str] = {}
        self._ordered: list[DocumentRow] | None = None  # all rows; None: to be sorted anew
        self._shown: list[DocumentRow] = []
        self._filter = DocumentFilter()
        self._column = Column.NAME
        self._descending = False

    @property
    def filter(self) -> DocumentFilter:
        """What is shown at present."""
        return self._filter

    def rows(self) -> Iterable[DocumentRow]:
        """All rows, shown or not."""
        return self._rows.values()

    def row(self, key: str) -> DocumentRow | None:
        """The row of this key."""
        return self._rows.get(key)

    def key_at(self, path: str) -> str:
        """The document that was last seen at this path; "" if none was."""
        return self._at.get(path, "")

    def attention_count(self) -> int:
        """How many rows need attention."""
        return sum(row.needs_attention for row in self._rows.values())

    def put(self, rows: Sequence[DocumentRow]) -> None:
        """Add these rows or, where their key is known, replace the earlier ones."""
        self._rows |= {row.key: row for row in rows}
        self._at |= {str(row.path): row.key for row in rows if row.entry is not None}
        self._ordered = None
        self._show()

    def drop(self, keys: Iterable[str]) -> None:
        """Take these rows away."""
        for key in keys:
            self._rows.pop(key, None)
        self._ordered = None
        self._show()

    def keep_only(self, keys: set[str]) -> None:
        """Take all other rows away, but for refused files."""
        gone = [key for key, row in self._rows.items() if row.entry and key not in keys]
        self.drop(gone)

    def set_filter(self, wanted: DocumentFilter) -> None:
        """Show what passes this filter."""
        if wanted != self._filter:
            self._filter = wanted
            self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column = Column(column)
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._ordered = None
        self._show_anew(self._filter.pick(self._in_order()))

    def places(self, keys: set[str]) -> list[int]:
        """Where the rows of these keys are shown, in order."""
        return [number for number, row in enumerate(self._shown) if row.key in keys]

    def index_of(self, key: str) -> QModelIndex:
        """Where the row of this key is shown; an invalid index if it is not."""
        for number, row in enumerate(self._shown):
            if row.key == key:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Name"),
                self.tr("Status"),
                self.tr("Pages"),
                self.tr("Scan"),
                self.tr("Added"),
            )[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == VALUE_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, Column(index.column()))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.NAME:
            colour = "amber" if row.needs_attention else "quiet_text"
            return self._icons.icon(words.state_icon(row.status, row.state), colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip("\n".join(filter(None, [row.advice or str(row.path), row.languages])))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.NAME:
            return f"{row.name}, {row.state_words}, {words.page_count(row.pages)}"
        return None

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        keys = dict.fromkeys(self._shown[index.row()].key for index in indexes)
        content = QMimeData()
        content.setData(DOCUMENTS_MIME, "\n".join(keys).encode())
        return content

    def _text(self, row: DocumentRow, column: Column) -> str:
        if column is Column.NAME:
            return row.name
        if column is Column.STATUS:
            return row.state_words
        if column is Column.PAGES:
            return str(row.pages) if row.pages else ""
        if column is Column.SCANNED:
            return self.tr("yes") if row.has_recognised_pages else ""
        return words.day(row.added_at)

    def _in_order(self) -> list[DocumentRow]:
        if self._ordered is None:
            key = _SORT_KEYS[self._column]
            self._ordered = sorted(self._rows.values(), key=key, reverse=self._descending)
        return self._ordered

    def _show(self) -> None:
        """Bring what is shown up to date: row by row after a small change, else all anew."""
        wanted = self._filter.pick(self._in_order())
        if abs(len(wanted) - len(self._shown)) > _FEW_CHANGES:
            self._show_anew(wanted)
            return
        before = {row.key for row in self._shown}
        after = {row.key for row in wanted}
        moved = [row.key for row in self._shown if row.key in after] != [
            row.key for row in wanted if row.key in before
        ]
        if moved or len(before ^ after) > _FEW_CHANGES:
            self._show_anew(wanted)
            return
        for number in range(len(self._shown) - 1, -1, -1):
            if self._shown[number].key not in after:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._shown[number]
                self.endRemoveRows()
        for number, row in enumerate(wanted):
            if row.key not in before:
                self.beginInsertRows(QModelIndex(), number, number)
                self._shown.insert(number, row)
                self.endInsertRows()
            elif self._shown[number] is not row:
                self._shown[number] = row
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def _show_anew(self, wanted: Sequence[DocumentRow]) -> None:
        self.beginResetModel()
        self._shown = list(wanted)  # its own: rows are put in and taken out one by one
        self.endResetModel()
