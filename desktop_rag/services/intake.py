"""One file on its way into the library: looked at, read, cut, and given to the embedder."""

import hashlib
import os
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddStatus,
    Chunk,
    Document,
    DocumentFile,
    DocumentStatus,
    FileStamp,
    LibraryEntry,
    ReadDocument,
)
from desktop_rag.errors import DocumentError
from desktop_rag.pipeline.bates import with_bates
from desktop_rag.pipeline.chunking import ChunkingOptions, chunk_pages
from desktop_rag.pipeline.languages import language_of, main_languages
from desktop_rag.pipeline.letter_runs import with_pieces
from desktop_rag.ports import Embedder, Ledger, PageReader
from desktop_rag.services.finding import FoundFile
from desktop_rag.services.moving import moved_from, moved_message
from desktop_rag.services.order import WORTH_ANOTHER_TRY, Order
from desktop_rag.services.recording import Prepared, Recording, Unread, removed_meanwhile

_ID_CHARACTERS = 16
_RESTED_NS = 2_000_000_000  # some file systems keep times to two seconds


class Intake:
    """Takes in files for the library, which holds the write lock meanwhile."""

    def __init__(
        self,
        ledger: Ledger,
        load_embedder: Callable[[], Embedder],
        reader: PageReader,
        recording: Recording,
    ) -> None:
        self._ledger = ledger
        self._load_embedder = load_embedder
        self._reader = reader
        self._recording = recording
        self._read_now: set[str] = set()

    def begin(self) -> None:
        """Start afresh for another order."""
        self._read_now.clear()

    def check(self, file: FoundFile, order: Order) -> AddedFile | Unread:
        """The outcome for a file that need not be read, else what is to be read.

        A file that has the size and the time that it had when it was read costs no more than that.
        """
        if order.anew and self._ledger.file_at(file.path) is None:
            return removed_meanwhile(file.path)
        if file.problem is not None:
            return self._recording.not_opened(file.path, file.problem, order)
        before = self._ledger.file_at(file.path)
        if before is not None and before.stamp is not None and before.stamp == file.stamp:
            entry = self._ledger.entry(before.document_id)
            if entry is not None and not self._worth_reading(entry, order):
                return self._known(_unread(file, order, entry.document.sha256, before.stamp), entry)
        try:
            sha256, stamp = _fingerprint(file.path)
        except OSError as error:
            problem = f"{file.path.name} cannot be opened: {error.strerror}."
            return self._recording.not_opened(file.path, problem, order)
        unread = replace(_unread(file, order, sha256, stamp), was_known=before is not None)
        if unread.document_id in order.left_out:
            message = "It was removed from the library and is left out."
            return AddedFile(file.path, "", AddStatus.UNCHANGED, message=message)
        entry = self._ledger.entry(unread.document_id)
        if entry is None or self._worth_reading(entry, order):
            return unread
        return self._known(unread, entry)

    def prepare(
        self, unread: Unread, step: AddProgress
    ) -> Generator[AddProgress, None, AddedFile | Prepared]:
        """Yield `step` with the pages read so far; return the text, or why there is none."""
        self._read_now.add(unread.document_id)
        yield step
        try:
            read = yield from self._read(unread, step)
        except DocumentError as error:
            return self._recording.failed(unread, error)
        chunks, languages = self._cut(unread.document_id, read)
        embedding = None
        if chunks:
            embedding = self._load_embedder().begin([chunk.plain_text for chunk in chunks])
        return Prepared(unread, read, chunks, embedding, languages)

    def _read(
        self, unread: Unread, step: AddProgress
    ) -> Generator[AddProgress, None, ReadDocument]:
        order = unread.order
        reading = self._reader.read(unread.file.path, passwords=order.passwords, ocr=order.ocr)
        try:
            while True:
                progress = next(reading)
                yield replace(step, page=progress.done, page_count=progress.total)
        except StopIteration as end:
            document: ReadDocument = end.value
            return ReadDocument(tuple(with_bates(document.pages)))
        finally:
            reading.close()

    def _cut(
        self, document_id: str, read: ReadDocument
    ) -> tuple[tuple[Chunk, ...], tuple[str, ...]]:
        """The chunks, and the languages of the document."""
        if not any(page.text for page in read.pages):
            return (), ()
        embedder = self._load_embedder()
        options = ChunkingOptions(max_tokens=embedder.max_tokens)
        chunks = chunk_pages(document_id, read.pages, embedder.count_tokens, options)
        said = [language_of(chunk.plain_text) for chunk in chunks]
        languages = main_languages(said)
        return tuple(with_pieces(chunks, said, languages)), languages

    def _worth_reading(self, entry: LibraryEntry, order: Order) -> bool:
        """Whether bytes that are in the library already must be read again for this order."""
        document = entry.document
        if order.anew and document.id not in self._read_now:
            return True
        without_ocr = order.ocr and not document.used_ocr
        return document.status in WORTH_ANOTHER_TRY or (
            document.status is not DocumentStatus.READY and without_ocr
        )

    def _known(self, unread: Unread, entry: LibraryEntry) -> AddedFile:
        """The outcome for bytes whose text is in the library."""
        path, document = unread.file.path, entry.document
        before = self._ledger.file_at(path)
        same_place = before is not None and before.document_id == document.id
        place = self._recording.file_of(unread)
        old_place = moved_from(entry, path)
        if old_place is not None:
            return self._moved(place, document, old_place, unread.order)
        if before != place:
            self._recording.drop(self._ledger.link(place))
        if same_place:
            return self._recording.added(path, document, AddStatus.UNCHANGED)
        message = f"It has the same bytes as {entry.path}."
        return self._recording.added(path, document, AddStatus.DUPLICATE, message)

    def _moved(
        self, place: DocumentFile, document: Document, old_place: DocumentFile, order: Order
    ) -> AddedFile:
        """The outcome for a known file that is at another place now, and not at the old one."""
        if order.stays or order.collection is None:
            place = replace(place, collection=old_place.collection)
        self._recording.drop(self._ledger.link(place))
        self._recording.drop(self._ledger.unlink([old_place.path]))
        message = moved_message(old_place)
        return self._recording.added(place.path, document, AddStatus.UNCHANGED, message)


def _unread(file: FoundFile, order: Order, sha256: str, stamp: FileStamp | None) -> Unread:
    return Unread(file, order, sha256[:_ID_CHARACTERS], sha256, stamp, was_known=True)


def _fingerprint(path: Path) -> tuple[str, FileStamp | None]:
    """The SHA-256 of a file, and its stamp if nobody has written it of late."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        after = os.fstat(file.fileno())
    stamp = FileStamp(after.st_size, after.st_mtime_ns)
    at_rest = stamp == FileStamp(before.st_size, before.st_mtime_ns)
    rested = time.time_ns() - after.st_mtime_ns > _RESTED_NS
    return sha256, stamp if at_rest and rested else None
