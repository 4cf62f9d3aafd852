"""The documents and collections as the engine has them, brought into the library column."""

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain import LibraryEntry
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.documents_model import row_of
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.library_panel import LibraryPanel
from desktop_rag.ui.reading import Reading

_REFRESH_MS = 150
_MOST_AT_ONCE = 200


class DocumentFeed(QObject):
    """Asks for all documents once, and then for those that change.

    Signals:
        listed(ids): all documents are shown.
        counted(searchable): how many documents can be asked, after any change.
        collections_listed(): the collections are shown.
    """

    listed = Signal(set)
    counted = Signal(int)
    collections_listed = Signal()

    def __init__(
        self, parent: QWidget, engine: EngineLink, reading: Reading, library: LibraryPanel
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._library = library
        self._seen: set[str] = set()
        self._changed: set[str] = set()
        self._refreshing = QTimer(self)
        self._refreshing.setSingleShot(True)
        self._refreshing.setInterval(_REFRESH_MS)
        self._refreshing.timeout.connect(self._ask_for_changed)
        reading.changed.connect(self.note_changed)
        reading.ended.connect(self.refresh_collections)

    def refresh(self) -> None:
        """Ask the engine for all documents and collections."""
        self._seen = set()
        self._engine.request("documents", each=self._take, then=self._taken, failed=self._refused)
        self.refresh_collections()

    def refresh_collections(self) -> None:
        """Ask the engine which collections there are."""
        self._engine.request("collections", then=self._show_collections)

    def note_changed(self, document_ids: list[str]) -> None:
        """These documents are new or changed: ask for them, several at a time."""
        self._changed |= set(document_ids)
        if not self._refreshing.isActive():
            self._refreshing.start()

    def drop(self, document_ids: set[str]) -> None:
        """These documents are gone."""
        self._library.documents.drop(document_ids)
        self._count()
        self.refresh_collections()

    def _take(self, entries: Sequence[LibraryEntry]) -> None:
        self._seen |= {entry.document.id for entry in entries}
        self._library.documents.put([row_of(entry) for entry in entries])

    def _taken(self, _: int) -> None:
        self._library.documents.keep_only(self._seen)
        self._library.say_whether_listed(True)
        self._count()
        self.listed.emit(self._seen)

    def _refused(self, failure: Failed) -> None:
        """A library that cannot be read is not to look like an empty one."""
        self._library.say_whether_listed(False)
        self._engine.problem.emit(failure)

    def _ask_for_changed(self) -> None:
        wanted = tuple(islice(self._changed, _MOST_AT_ONCE))
        self._changed -= set(wanted)
        if self._changed:
            self._refreshing.start()
        self._engine.request(
            "entries", wanted, then=lambda entries: self._show_changed(wanted, entries)
        )
        self.refresh_collections()

    def _show_changed(self, wanted: Sequence[str], entries: Sequence[LibraryEntry]) -> None:
        documents = self._library.documents
        ids = {entry.document.id for entry in entries}
        self._seen |= ids
        places = {str(file.path) for entry in entries for file in entry.files}
        before = {documents.key_at(place) for place in places}
        documents.put([row_of(entry) for entry in entries])
        gone = {place for place in places if documents.row(place)}  # refused before
        gone |= {key for key in wanted if key not in ids}
        if any(documents.row(key) for key in gone):
            documents.drop(gone)
        replaced = [key for key in before if key and key not in ids]
        if replaced:  # a file has other bytes now: is the document of the old ones still there?
            self.note_changed(replaced)
        self._count()

    def _show_collections(self, counts: dict[str, int]) -> None:
        self._library.show_collections(counts)
        self.collections_listed.emit()

    def _count(self) -> None:
        rows = self._library.documents.rows()
        self.counted.emit(
            sum(row.entry is not None and row.entry.document.searchable for row in rows)
        )
        self._library.count_again()
