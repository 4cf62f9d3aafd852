"""List models: the library's documents, and the evidence of an answer."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_rag.domain import (
    Citation,
    DocumentStatus,
    LibraryEntry,
    Passage,
    Span,
    printed_pages,
)

Index = QModelIndex | QPersistentModelIndex
VALUE_ROLE = Qt.ItemDataRole.UserRole
_STATUS_WORDS = {
    DocumentStatus.READY: "",
    DocumentStatus.PARTLY_READABLE: "Partly readable",
    DocumentStatus.NEEDS_PASSWORD: "Needs a password",
    DocumentStatus.NO_TEXT: "No text found",
    DocumentStatus.UNREADABLE: "Could not be read",
}
_QUOTE_CHARACTERS = 220


class DocumentListModel(QAbstractListModel):
    """One row a document: name and pages, or what is wrong with it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LibraryEntry] = []

    def show(self, entries: Sequence[LibraryEntry]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        document = entry.document
        trouble = _STATUS_WORDS[document.status]
        if role == Qt.ItemDataRole.DisplayRole:
            pages = "1 page" if document.page_count == 1 else f"{document.page_count} pages"
            return f"{entry.path.name}\n{trouble or pages}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return document.message or str(entry.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.path.name}, {trouble or 'ready'}"
        return entry if role == VALUE_ROLE else None


class EvidenceListModel(QAbstractListModel):
    """One row a place in the documents: a citation of the answer or, before it, a passage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Citation | Passage] = []

    def show(self, rows: Sequence[Citation | Passage]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            number = f"{row.marker}  " if isinstance(row, Citation) else ""
            numbers = row.pages if isinstance(row, Citation) else row.chunk.pages
            pages = printed_pages(row.page_labels, numbers)
            return f"{number}{row.path.name}, p. {pages}\n“{_shortened(quote_of(row))}”"
        return row if role == VALUE_ROLE else None


def quote_of(row: Citation | Passage) -> str:
    """The words that matter most at this place, on one line."""
    if isinstance(row, Citation):
        text = row.quote
    else:
        text = row.evidence[0].text if row.evidence else row.chunk.searchable
    return " ".join(text.split())


def spans_of(row: Citation | Passage) -> tuple[Span, ...]:
    """The characters to highlight."""
    if isinstance(row, Citation):
        return row.spans
    return tuple(item.span for item in row.evidence[:1]) or row.chunk.spans


def label_of(row: Citation | Passage, page_number: int) -> str:
    """The printed label of one of the place's pages."""
    numbers = row.pages if isinstance(row, Citation) else row.chunk.pages
    return dict(zip(numbers, row.page_labels, strict=True)).get(page_number, str(page_number))


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_CHARACTERS else text[: _QUOTE_CHARACTERS - 1] + "…"
