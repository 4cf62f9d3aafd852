"""One file into the library: read, cut, embedded, stored, and last of all recorded."""

import hashlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddStatus,
    Chunk,
    Document,
    DocumentFile,
    DocumentStatus,
    PageMethod,
    PageRecord,
    ReadDocument,
)
from desktop_rag.errors import DocumentError, NeedsPassword
from desktop_rag.pipeline.bates import with_bates
from desktop_rag.pipeline.chunking import ChunkingOptions, chunk_pages
from desktop_rag.pipeline.collection_names import renamed
from desktop_rag.ports import ChunkStore, Embedder, Ledger, PageReader, Vectors
from desktop_rag.services.finding import FoundFile
from desktop_rag.services.judging import judge
from desktop_rag.services.order import WORTH_ANOTHER_TRY, Order

DEFAULT_COLLECTION = "Documents"
_EMBED_BATCH = 64
_ID_CHARACTERS = 16
_KEPT = "What was read of it before is kept."


@dataclass(frozen=True, slots=True)
class _Text:
    read: ReadDocument
    chunks: list[Chunk]
    vectors: list[Vectors]


class Intake:
    """Takes in files for the library, which holds the write lock meanwhile.

    Attributes:
        purge_due: whether text that was replaced waits for the next compaction.
    """

    def __init__(
        self,
        ledger: Ledger,
        open_store: Callable[[], ChunkStore],
        load_embedder: Callable[[], Embedder],
        reader: PageReader,
        forget_answers: Callable[[Sequence[str]], object],
    ) -> None:
        self._ledger = ledger
        self._open_store = open_store
        self._load_embedder = load_embedder
        self._reader = reader
        self._forget_answers = forget_answers
        self.purge_due = False
        self._renamings: list[tuple[str, str]] = []
        self._read_now: set[str] = set()

    def begin(self) -> None:
        """Start afresh for another order."""
        self._renamings.clear()
        self._read_now.clear()

    def follow_renaming(self, name: str, new_name: str) -> None:
        """Put what is still to come of the order where its collection is now."""
        self._renamings.append((name, new_name))

    def take(
        self, file: FoundFile, order: Order, step: AddProgress
    ) -> Generator[AddProgress, None, AddedFile]:
        """Yield `step` with the pages read so far; return what became of the file."""
        if order.anew and self._ledger.file_at(file.path) is None:
            return _removed_meanwhile(file.path)
        if file.problem is not None:
            return self._not_opened(file.path, file.problem, order)
        try:
            sha256 = _hash(file.path)
        except OSError as error:
            problem = f"{file.path.name} cannot be opened: {error.strerror}."
            return self._not_opened(file.path, problem, order)
        document_id = _document_id(sha256)
        if document_id in order.left_out:
            message = "It was removed from the library and is left out."
            return AddedFile(file.path, "", AddStatus.UNCHANGED, message=message)
        known = self._known(file.path, sha256, order)
        if known is not None:
            return known
        self._read_now.add(document_id)
        was_known = self._ledger.file_at(file.path) is not None
        yield step
        text = yield from self._text(file.path, document_id, order, step)
        # From here to the ledger row there is no step: nobody can remove it in between.
        if was_known and self._ledger.file_at(file.path) is None:
            return _removed_meanwhile(file.path)
        if isinstance(text, DocumentError):
            return self._record_failure(file, sha256, order, text)
        self._store(document_id, text.chunks, text.vectors)
        row = _row(sha256, text.read, len(text.chunks), order)
        return self._record(file.path, row, text.read, order)

    def _text(
        self, path: Path, document_id: str, order: Order, step: AddProgress
    ) -> Generator[AddProgress, None, _Text | DocumentError]:
        """The text of the file, ready to be stored, or why it cannot be read."""
        try:
            read = yield from self._read(path, order, step)
        except DocumentError as error:
            return error
        chunks = self._cut(document_id, read)
        vectors = yield from self._embed(chunks, replace(step, page=1, page_count=1))
        return _Text(read, chunks, vectors)

    def _read(
        self, path: Path, order: Order, step: AddProgress
    ) -> Generator[AddProgress, None, ReadDocument]:
        reading = self._reader.read(path, passwords=order.passwords, ocr=order.ocr)
        try:
            while True:
                progress = next(reading)
                yield replace(step, page=progress.done, page_count=progress.total)
        except StopIteration as end:
            document: ReadDocument = end.value
            return ReadDocument(tuple(with_bates(document.pages)))
        finally:
            reading.close()

    def _embed(
        self, chunks: Sequence[Chunk], step: AddProgress
    ) -> Generator[AddProgress, None, list[Vectors]]:
        """Vectors in batches, so that a long document can be stopped between two."""
        batches: list[Vectors] = []
        for start in range(0, len(chunks), _EMBED_BATCH):
            texts = [chunk.embedded_text for chunk in chunks[start : start + _EMBED_BATCH]]
            batches.append(self._load_embedder().embed(texts))
            yield step
        return batches

    def _known(self, path: Path, sha256: str, order: Order) -> AddedFile | None:
        """The outcome for bytes that are in the library already; None if they must be read."""
        entry = self._ledger.entry(_document_id(sha256))
        if entry is None:
            return None
        document = entry.document
        if order.anew and document.id not in self._read_now:
            return None
        if document.status in WORTH_ANOTHER_TRY or (
            document.status is not DocumentStatus.READY and order.ocr and not document.used_ocr
        ):
            return None
        before = self._ledger.file_at(path)
        same_place = before is not None and before.document_id == document.id
        collection = self._collection(path, order)
        self._drop(self._ledger.link(DocumentFile(path, document.id, collection)))
        status = AddStatus.UNCHANGED if same_place else AddStatus.DUPLICATE
        message = document.message if same_place else f"It has the same bytes as {entry.path}."
        return self._added(path, document, status, message)

    def _not_opened(self, path: Path, problem: str, order: Order) -> AddedFile:
        """The outcome for a file that is not there; one that was to be read anew keeps its text."""
        before = self._ledger.file_at(path) if order.anew else None
        entry = self._ledger.entry(before.document_id) if before else None
        if entry is None:
            return AddedFile(path, "", AddStatus.UNREADABLE, message=problem)
        message = f"{problem} {_KEPT}" if entry.document.searchable else problem
        return self._added(path, entry.document, AddStatus.UNREADABLE, message)

    def _cut(self, document_id: str, read: ReadDocument) -> list[Chunk]:
        if not any(page.text for page in read.pages):
            return []
        embedder = self._load_embedder()
        options = ChunkingOptions(max_tokens=embedder.max_tokens)
        return chunk_pages(document_id, read.pages, embedder.count_tokens, options)

    def _store(self, document_id: str, chunks: Sequence[Chunk], batches: Sequence[Vectors]) -> None:
        """Put a document's chunks in the index, in place of those of an earlier reading."""
        earlier = self._ledger.entry(document_id)
        if earlier is None or not earlier.document.chunk_count:
            if chunks:
                self._open_store().add(chunks, np.concatenate(batches))
        elif chunks:
            self._open_store().replace(document_id, chunks, np.concatenate(batches))
            self.purge_due = True
        else:
            self._forget([document_id])

    def _record_failure(
        self, file: FoundFile, sha256: str, order: Order, error: DocumentError
    ) -> AddedFile:
        """Keep what could not be read in the ledger, so that it can be seen and mended."""
        locked = isinstance(error, NeedsPassword)
        status = DocumentStatus.NEEDS_PASSWORD if locked else DocumentStatus.UNREADABLE
        if not file.is_pdf:
            return AddedFile(file.path, "", AddStatus.UNREADABLE, message=str(error))
        earlier = self._ledger.entry(_document_id(sha256))
        if earlier is not None and earlier.document.searchable:
            collection = self._collection(file.path, order)
            place = DocumentFile(file.path, _document_id(sha256), collection)
            self._drop(self._ledger.link(place))
            message = f"{error} {_KEPT}"
            return self._added(file.path, earlier.document, AddStatus(status.value), message)
        document = Document(_document_id(sha256), sha256, status, 0, 0, str(error), False, _now())
        return self._record(file.path, document, ReadDocument(()), order)

    def _record(
        self, path: Path, document: Document, read: ReadDocument, order: Order
    ) -> AddedFile:
        pages = [
            PageRecord(page.number, page.label, page.method, page.reason, page.bates)
            for page in read.pages
        ]
        file = DocumentFile(path, document.id, self._collection(path, order))
        recognised = [page for page in read.pages if page.method is PageMethod.OCR]
        self._drop(self._ledger.record(document, pages, file, recognised))
        return self._added(path, document, AddStatus(document.status.value), document.message)

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

    def _added(self, path: Path, document: Document, status: AddStatus, message: str) -> AddedFile:
        pages = self._ledger.pages(document.id)
        return AddedFile(
            path=path,
            document_id=document.id,
            status=status,
            page_count=document.page_count,
            ocr_pages=_numbers(pages, PageMethod.OCR),
            unreadable_pages=_numbers(pages, PageMethod.UNREADABLE),
            chunk_count=document.chunk_count,
            message=message,
        )

    def _drop(self, document_ids: Sequence[str]) -> None:
        """Forget documents that no file shows any more, and the answers that quote them."""
        self._forget(document_ids)
        if document_ids:
            self._forget_answers(document_ids)

    def _forget(self, document_ids: Sequence[str]) -> None:
        if document_ids and self._ledger.embedder() is not None:
            self._open_store().delete(document_ids)
            self.purge_due = True


def _removed_meanwhile(path: Path) -> AddedFile:
    """The outcome for a file whose document was removed while it was read anew."""
    message = f"{path.name} was removed from the library while it was being read."
    return AddedFile(path, "", AddStatus.UNREADABLE, message=message)


def _row(sha256: str, read: ReadDocument, chunk_count: int, order: Order) -> Document:
    status, message = judge(read, chunk_count)
    return Document(
        id=_document_id(sha256),
        sha256=sha256,
        status=status,
        page_count=len(read.pages),
        chunk_count=chunk_count,
        message=message,
        used_ocr=order.ocr,
        added_at=_now(),
    )


def _document_id(sha256: str) -> str:
    return sha256[:_ID_CHARACTERS]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _numbers(pages: Sequence[PageRecord], method: PageMethod) -> tuple[int, ...]:
    return tuple(page.number for page in pages if page.method is method)
