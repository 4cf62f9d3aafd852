"""The library: documents in, documents out, and what is known of them."""

import hashlib
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddReport,
    AddStatus,
    Chunk,
    Document,
    DocumentFile,
    DocumentStatus,
    LibraryEntry,
    PageMethod,
    PageRecord,
    ReadDocument,
)
from desktop_rag.errors import DocumentError, NeedsPassword, NothingToAdd
from desktop_rag.pipeline.chunking import ChunkingOptions, chunk_pages
from desktop_rag.ports import ChunkStore, Embedder, Ledger, PageReader, Vectors
from desktop_rag.services.finding import FoundFile, find_files
from desktop_rag.services.judging import judge
from desktop_rag.services.retriever import unknown_document

DEFAULT_COLLECTION = "Documents"
_EMBED_BATCH = 64
_ID_CHARACTERS = 16
_WORTH_ANOTHER_TRY = (DocumentStatus.NEEDS_PASSWORD, DocumentStatus.UNREADABLE)
_NEWLY_READ = (AddStatus.READY, AddStatus.PARTLY_READABLE)


class Library:
    """Owns the library's writes. `lock` keeps every other writer out while it is held.

    A document exists when its ledger row says so, and that row is written last: whatever happens
    in between leaves whole documents and nothing else.
    """

    def __init__(
        self,
        ledger: Ledger,
        open_store: Callable[[], ChunkStore],
        load_embedder: Callable[[], Embedder],
        reader: PageReader,
        lock: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self._ledger = ledger
        self._open_store = open_store
        self._load_embedder = load_embedder
        self._reader = reader
        self._lock = lock
        self._purge_due = False  # whether deleted text waits for the next compaction

    def documents(self) -> list[LibraryEntry]:
        """All documents, by path."""
        return self._ledger.entries()

    def pages(self, document_id: str) -> list[PageRecord]:
        """What is known of each page of a document, in order."""
        return self._ledger.pages(document_id)

    def collections(self) -> dict[str, int]:
        """Names of the collections, each with its number of documents."""
        return self._ledger.collections()

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str | None = None,
        passwords: Sequence[str] = (),
        ocr: bool = True,
    ) -> Generator[AddProgress, None, AddReport]:
        """Read, cut, embed and store every PDF at or under `paths`; one file fails alone.

        Closing the generator stops the work: files reported as finished stay, the one in hand
        leaves nothing. Raises NothingToAdd, LibraryError, ModelError.
        """
        started = time.perf_counter()
        found = find_files(paths)
        if not any(file.problem is None for file in found):
            raise _nothing_to_add(found)
        added: list[AddedFile] = []
        with self._lock():
            self._drop_orphans()
            try:
                for number, file in enumerate(found, start=1):
                    outcome = yield from self._add_one(
                        file, (number, len(found)), collection, passwords, ocr
                    )
                    added.append(outcome)
                    yield AddProgress(
                        number,
                        len(found),
                        file.path,
                        outcome.page_count,
                        outcome.page_count,
                        outcome,
                    )
            finally:
                self._reader.close()
                if any(file.status in _NEWLY_READ for file in added):
                    self._open_store().compact(purge=self._purge_due)
                    self._purge_due = False
        return AddReport(tuple(added), time.perf_counter() - started)

    def remove(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """Take documents out of the ledger and their text off the disk.

        Returns what was removed. Raises UnknownDocument, before anything is touched.
        """
        with self._lock():
            entries = []
            for document_id in dict.fromkeys(document_ids):
                entry = self._ledger.entry(document_id)
                if entry is None:
                    raise unknown_document(document_id)
                entries.append(entry)
            for entry in entries:
                self._ledger.remove(entry.document.id)
            self._purge([entry.document.id for entry in entries])
        return entries

    def compact(self) -> None:
        """Purge what was deleted and bring the indexes up to date."""
        with self._lock():
            self._drop_orphans()
            if self._ledger.embedder() is not None:
                self._open_store().compact(purge=True)

    def verify(self) -> list[str]:
        """Sentences on whatever does not fit between ledger, index and files; empty if all does."""
        problems: list[str] = []
        counts = self._open_store().chunk_counts() if self._ledger.embedder() else {}
        for entry in self._ledger.entries():
            stored = counts.pop(entry.document.id, 0)
            if stored != entry.document.chunk_count:
                expected = entry.document.chunk_count
                problems.append(f"{entry.path}: {stored} of {expected} passages are in the index.")
            problems += [
                f"{file.path}: the file is not there any more."
                for file in entry.files
                if not file.path.exists()
            ]
        problems += [
            f"{key}: {count} passages of a removed document." for key, count in counts.items()
        ]
        return problems

    def _add_one(
        self,
        file: FoundFile,
        place: tuple[int, int],
        collection: str | None,
        passwords: Sequence[str],
        ocr: bool,
    ) -> Generator[AddProgress, None, AddedFile]:
        if file.problem is not None:
            return AddedFile(file.path, "", AddStatus.UNREADABLE, message=file.problem)
        try:
            sha256 = _hash(file.path)
        except OSError as error:
            problem = f"{file.path.name} cannot be opened: {error.strerror}."
            return AddedFile(file.path, "", AddStatus.UNREADABLE, message=problem)
        known = self._known(file.path, sha256, collection, ocr)
        if known is not None:
            return known
        yield AddProgress(*place, file.path, 0, 0)
        reading = self._reader.read(file.path, passwords=passwords, ocr=ocr)
        try:
            while True:
                progress = next(reading)
                yield AddProgress(*place, file.path, progress.done, progress.total)
        except StopIteration as end:
            document: ReadDocument = end.value
        except DocumentError as error:
            return self._record_failure(file, sha256, collection, error)
        finally:
            reading.close()
        chunks = self._cut(_document_id(sha256), document)
        batches: list[Vectors] = []
        for start in range(0, len(chunks), _EMBED_BATCH):
            texts = [chunk.embedded_text for chunk in chunks[start : start + _EMBED_BATCH]]
            batches.append(self._load_embedder().embed(texts))
            yield AddProgress(*place, file.path, len(document.pages), len(document.pages))
        self._store(chunks, batches)
        status, message = judge(document, len(chunks))
        row = Document(
            id=_document_id(sha256),
            sha256=sha256,
            status=status,
            page_count=len(document.pages),
            chunk_count=len(chunks),
            message=message,
            used_ocr=ocr,
            added_at=_now(),
        )
        return self._record(file.path, row, document, collection)

    def _known(
        self, path: Path, sha256: str, collection: str | None, ocr: bool
    ) -> AddedFile | None:
        """The outcome for bytes that are in the library already; None if they must be read."""
        entry = self._ledger.entry(_document_id(sha256))
        if entry is None:
            return None
        document = entry.document
        if document.status in _WORTH_ANOTHER_TRY or (
            document.status is not DocumentStatus.READY and ocr and not document.used_ocr
        ):
            return None
        before = self._ledger.file_at(path)
        same_place = before is not None and before.document_id == document.id
        kept = before.collection if before is not None else DEFAULT_COLLECTION
        self._forget(self._ledger.link(DocumentFile(path, document.id, collection or kept)))
        status = AddStatus.UNCHANGED if same_place else AddStatus.DUPLICATE
        message = document.message if same_place else f"It has the same bytes as {entry.path}."
        return self._added(path, document, status, message)

    def _cut(self, document_id: str, read: ReadDocument) -> list[Chunk]:
        if not any(page.text for page in read.pages):
            return []
        embedder = self._load_embedder()
        options = ChunkingOptions(max_tokens=embedder.max_tokens)
        return chunk_pages(document_id, read.pages, embedder.count_tokens, options)

    def _store(self, chunks: Sequence[Chunk], batches: Sequence[Vectors]) -> None:
        """Put a document's chunks in the index, in place of those of an earlier reading."""
        if chunks:
            store = self._open_store()
            if self._ledger.entry(chunks[0].document_id) is not None:
                store.delete([chunks[0].document_id])
                self._purge_due = True
            store.add(chunks, np.concatenate(batches))

    def _record_failure(
        self, file: FoundFile, sha256: str, collection: str | None, error: DocumentError
    ) -> AddedFile:
        """Keep what could not be read in the ledger, so that it can be seen and mended."""
        locked = isinstance(error, NeedsPassword)
        status = DocumentStatus.NEEDS_PASSWORD if locked else DocumentStatus.UNREADABLE
        if not file.is_pdf:
            return AddedFile(file.path, "", AddStatus.UNREADABLE, message=str(error))
        document = Document(_document_id(sha256), sha256, status, 0, 0, str(error), False, _now())
        return self._record(file.path, document, ReadDocument(()), collection)

    def _record(
        self, path: Path, document: Document, read: ReadDocument, collection: str | None
    ) -> AddedFile:
        before = self._ledger.file_at(path)
        kept = before.collection if before is not None else DEFAULT_COLLECTION
        pages = [
            PageRecord(page.number, page.label, page.method, page.reason) for page in read.pages
        ]
        file = DocumentFile(path, document.id, collection or kept)
        self._forget(self._ledger.record(document, pages, file))
        return self._added(path, document, AddStatus(document.status.value), document.message)

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

    def _forget(self, document_ids: Sequence[str]) -> None:
        if document_ids and self._ledger.embedder() is not None:
            self._open_store().delete(document_ids)
            self._purge_due = True

    def _purge(self, document_ids: Sequence[str]) -> None:
        if document_ids and self._ledger.embedder() is not None:
            store = self._open_store()
            store.delete(document_ids)
            store.compact(purge=True)

    def _drop_orphans(self) -> None:
        """Remove what an interrupted run left in the index without a ledger row."""
        if self._ledger.embedder() is None:
            return
        known = {entry.document.id for entry in self._ledger.entries()}
        self._purge([key for key in self._open_store().chunk_counts() if key not in known])


def _document_id(sha256: str) -> str:
    return sha256[:_ID_CHARACTERS]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _numbers(pages: Sequence[PageRecord], method: PageMethod) -> tuple[int, ...]:
    return tuple(page.number for page in pages if page.method is method)


def _nothing_to_add(found: Sequence[FoundFile]) -> NothingToAdd:
    problem = found[0].problem if found else None
    if problem is None:
        return NothingToAdd("Nothing to add.", "Name a PDF or a folder that holds some.")
    return NothingToAdd(problem, "Check the name, or name a folder that holds PDFs.")
