"""What was read goes into the index, and then, last of all, into the ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from desktop_rag.domain import (
    AddedFile,
    AddStatus,
    Chunk,
    Document,
    DocumentFile,
    DocumentRecord,
    DocumentStatus,
    FileStamp,
    Page,
    PageMethod,
    PageRecord,
    ReadDocument,
)
from desktop_rag.errors import DocumentError, NeedsPassword
from desktop_rag.pipeline.collection_names import renamed
from desktop_rag.ports import ChunkStore, Embedding, Ledger
from desktop_rag.services.finding import FoundFile
from desktop_rag.services.judging import judge
from desktop_rag.services.order import Order

DEFAULT_COLLECTION = "Documents"
_KEPT = "What was read of it before is kept."


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose bytes are to be read.

    Attributes:
        was_known: whether the library had a file at its path when it was looked at.
    """

    file: FoundFile
    order: Order
    document_id: str
    sha256: str
    stamp: FileStamp | None
    was_known: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read and cut, and whose vectors are in the making.

    `languages` are as in `Document`.
    """

    unread: Unread
    read: ReadDocument
    chunks: tuple[Chunk, ...]
    embedding: Embedding | None
    languages: tuple[str, ...] = ()


class Recording:
    """Writes to index and ledger, under the library's write lock.

    Attributes:
        purge_due: whether text that was replaced waits for the next compaction.
    """

    def __init__(
        self,
        ledger: Ledger,
        open_store: Callable[[], ChunkStore],
        forget_answers: Callable[[Sequence[str]], object],
    ) -> None:
        self._ledger = ledger
        self._open_store = open_store
        self._forget_answers = forget_answers
        self.purge_due = False
        self._renamings: list[tuple[str, str]] = []

    def begin(self) -> None:
        """Start afresh for another order."""
        self._renamings.clear()

    def follow_renaming(self, name: str, new_name: str) -> None:
        """Put what is still to come of the order where its collection is now."""
        self._renamings.append((name, new_name))

    def store(self, batch: Sequence[Prepared]) -> list[AddedFile]:
        """Store documents whose vectors are made: one commit of the index, then of the ledger.

        There is no step in it: nobody can remove one of them in between.
        """
        present = [item for item in batch if not self._removed_meanwhile(item.unread)]
        fresh = [item for item in present if not self._replace(item)]
        chunks = [chunk for item in fresh for chunk in item.chunks]
        if chunks:
            vectors = [item.embedding.vectors() for item in fresh if item.embedding is not None]
            self._open_store().add(chunks, np.concatenate(vectors))
        records = [self._record_of(item) for item in present]
        self.drop(self._ledger.record_all(records))
        added = {
            id(item): self.added(record.file.path, record.document, record.document.status)
            for item, record in zip(present, records, strict=True)
        }
        return [added.get(id(item)) or removed_meanwhile(item.unread.file.path) for item in batch]

    def failed(self, unread: Unread, error: DocumentError) -> AddedFile:
        """Keep what could not be read in the ledger, so that it can be seen and mended."""
        if self._removed_meanwhile(unread):
            return removed_meanwhile(unread.file.path)
        path = unread.file.path
        locked = isinstance(error, NeedsPassword)
        status = DocumentStatus.NEEDS_PASSWORD if locked else DocumentStatus.UNREADABLE
        if not unread.file.is_pdf:
            return AddedFile(path, "", AddStatus.UNREADABLE, message=str(error))
        earlier = self._ledger.entry(unread.document_id)
        if earlier is not None and earlier.document.searchable:
            self.drop(self._ledger.link(self.file_of(unread)))
            return self.added(path, earlier.document, status, f"{error} {_KEPT}")
        document = Document(
            unread.document_id, unread.sha256, status, 0, 0, str(error), False, _now()
        )
        self.drop(self._ledger.record(document, (), self.file_of(unread)))
        return self.added(path, document, status)

    def not_opened(self, path: Path, problem: str, order: Order) -> AddedFile:
        """The outcome for a file that is not there; one that was to be read anew keeps its text."""
        before = self._ledger.file_at(path) if order.anew else None
        entry = self._ledger.entry(before.document_id) if before else None
        if entry is None:
            return AddedFile(path, "", AddStatus.UNREADABLE, message=problem)
        message = f"{problem} {_KEPT}" if entry.document.searchable else problem
        return self.added(path, entry.document, AddStatus.UNREADABLE, message)

    def file_of(self, unread: Unread) -> DocumentFile:
        """The file with the place where it belongs."""
        path = unread.file.path
        collection = self._collection(path, unread.order)
        return DocumentFile(path, unread.document_id, collection, unread.stamp)

    def added(
        self,
        path: Path,
        document: Document,
        status: AddStatus | DocumentStatus,
        message: str | None = None,
    ) -> AddedFile:
        """The outcome for a file whose document is in the ledger; its own message if none is."""
        pages = self._ledger.pages(document.id)
        return AddedFile(
            path=path,
            document_id=document.id,
            status=AddStatus(status.value),
            page_count=document.page_count,
            ocr_pages=_numbers(pages, PageMethod.OCR),
            unreadable_pages=_numbers(pages, PageMethod.UNREADABLE),
            chunk_count=document.chunk_count,
            message=document.message if message is None else message,
        )

    def drop(self, document_ids: Sequence[str]) -> None:
        """Forget documents that no file shows any more, and the answers that quote them."""
        self._forget(document_ids)
        if document_ids:
            self._forget_answers(document_ids)

    def _replace(self, item: Prepared) -> bool:
        """Put a document's text in the place of that of an earlier reading, if there is one."""
        document_id = item.unread.document_id
        earlier = self._ledger.entry(document_id)
        if earlier is None or not earlier.document.chunk_count:
            return False
        if item.embedding is None:
            self._forget([document_id])
        else:
            vectors = item.embedding.vectors()
            self._open_store().replace(document_id, item.chunks, vectors)
            self.purge_due = True
        return True

    def _record_of(self, item: Prepared) -> DocumentRecord:
        unread, pages = item.unread, item.read.pages
        status, message = judge(item.read, len(item.chunks))
        document = Document(
            id=unread.document_id,
            sha256=unread.sha256,
            status=status,
            page_count=len(pages),
            chunk_count=len(item.chunks),
            message=message,
            used_ocr=unread.order.ocr,
            added_at=_now(),
            languages=item.languages,
        )
        recognised = tuple(page for page in pages if page.method is PageMethod.OCR)
        kept = tuple(_page_record(page) for page in pages)
        return DocumentRecord(document, kept, self.file_of(unread), recognised)

    def _removed_meanwhile(self, unread: Unread) -> bool:
        return unread.was_known and self._ledger.file_at(unread.file.path) is None

    def _collection(self, path: Path, order: Order) -> str:
        """Where the file belongs: as ordered, else where it was, else the default."""
        before = self._ledger.file_at(path)
        if before is not None and (order.stays or order.collection is None):
            return before.collection
        if order.collection is None:
            return DEFAULT_COLLECTION
        collection = order.collection
        for name, new_name in self._renamings:
            collection = renamed(collection, name, new_name)
        return collection

    def _forget(self, document_ids: Sequence[str]) -> None:
        if document_ids and self._ledger.stamp() is not None:
            self._open_store().delete(document_ids)
            self.purge_due = True


def removed_meanwhile(path: Path) -> AddedFile:
    """The outcome for a file whose document was removed while it was read anew."""
    message = f"{path.name} was removed from the library while it was being read."
    return AddedFile(path, "", AddStatus.UNREADABLE, message=message)


def _page_record(page: Page) -> PageRecord:
    return PageRecord(page.number, page.label, page.method, page.reason, page.bates, page.hidden)


def _numbers(pages: Sequence[PageRecord], method: PageMethod) -> tuple[int, ...]:
    return tuple(page.number for page in pages if page.method is method)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
