"""Ledger, index and files kept in step: what does not fit is dropped, mended or told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import DocumentStatus, LibraryEntry, PendingFile
from desktop_rag.ports import Ledger, PendingStore
from desktop_rag.services.attachments import Attachments
from desktop_rag.services.index import Index
from desktop_rag.services.presence import lost_files

_INTERRUPTED = "Reading it was interrupted. Add it again, or read it again."
_UNNAMED = (
    "The ledger knows nothing of the index that is there. If the library was copied, copy it once"
    " more: the next “add” or “compact” drops this index."
)


class Upkeep:
    """Works under the library's write lock, except `verify`, which only looks."""

    def __init__(
        self,
        ledger: Ledger,
        index: Index,
        attachments: Attachments,
        pending: PendingStore,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._attachments = attachments
        self._pending = pending

    def begin_writing(self) -> None:
        """Clear up after a run that was interrupted, and note that this one may be."""
        self._index.drop_strays()
        self._index.drop_unnamed()
        self._attachments.sweep(self.shows)
        if not self._ledger.is_settled():
            self.drop_orphans()
        self._ledger.set_settled(False)

    def clear_up(self) -> None:
        """Clear up after a run that was interrupted, if one was."""
        self._index.drop_strays()
        if not self._ledger.is_settled():
            self.drop_orphans()
            self.end_writing()

    def end_writing(self) -> None:
        """The ledger says all that is in the index."""
        self._ledger.set_settled(True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Around a change that leaves ledger and index in step, if it comes to its end.

        Within an order, whose end is still to come, nothing is said.
        """
        was_settled = self._ledger.is_settled()
        self._ledger.set_settled(False)
        yield
        if was_settled:
            self.end_writing()

    def drop_orphans(self) -> None:
        """Remove what an interrupted run left without a ledger row.

        A document whose text is not in the index, or in part only, is marked as not read, and is
        to be read again.
        """
        self._attachments.sweep(self.shows)
        if self._ledger.stamp() is None:
            return
        counts = self._index.store().chunk_counts()
        whole: set[str] = set()
        for entry in self._ledger.entries():
            count = entry.document.chunk_count
            if count and counts.get(entry.document.id, 0) != count:
                self._mark_interrupted(entry)
            elif count:
                whole.add(entry.document.id)
        self.purge([key for key in counts if key not in whole])

    def shows(self, path: Path) -> bool:
        """Whether a document of the library has a file at this place."""
        return self._ledger.file_at(path) is not None

    def purge(self, document_ids: Sequence[str]) -> None:
        """Take the text of documents off the disk."""
        self._index.drop_strays()
        if document_ids and self._ledger.stamp() is not None:
            store = self._index.store()
            store.delete(document_ids)
            store.compact(purge=True)

    def verify(self) -> list[str]:
        """Sentences on whatever does not fit between ledger, index and files; empty if all does.

        Where ledger and index do not fit, the next who writes is let clear up: a backup that was
        copied while the library was written says that it was settled, and is not.
        """
        problems = [_UNNAMED] if self._index.has_only_unnamed() else []
        counts = self._index.store().chunk_counts() if self._ledger.stamp() else {}
        lost, fits = lost_files(self._ledger.files()), True
        for entry in self._ledger.entries():
            stored = counts.pop(entry.document.id, 0)
            if stored != entry.document.chunk_count:
                fits = False
                expected = entry.document.chunk_count
                problems.append(f"{entry.path}: {stored} of {expected} passages are in the index.")
            problems += [lost[file.path] for file in entry.files if file.path in lost]
        problems += [
            f"{key}: {count} passages that no document has. The next “add” or “compact” drops them."
            for key, count in counts.items()
        ]
        if counts or not fits:
            self._ledger.set_settled(False)
        return problems

    def _mark_interrupted(self, entry: LibraryEntry) -> None:
        document = replace(
            entry.document,
            status=DocumentStatus.UNREADABLE,
            chunk_count=0,
            message=_INTERRUPTED,
        )
        self._ledger.record(document, self._ledger.pages(document.id), entry.files[0])
        self._pending.put(
            PendingFile(file.path, file.collection, document.used_ocr, stays=True)
            for file in entry.files
        )
