"""The library: documents in, documents out, and what is known of them."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddReport,
    AddStatus,
    LibraryEntry,
    PageRecord,
)
from desktop_rag.errors import NothingToAdd, WrongUsage
from desktop_rag.pipeline.collection_names import exists, is_within, tidy_name
from desktop_rag.ports import ChunkStore, Embedder, Ledger, PageReader
from desktop_rag.services.finding import FoundFile, find_files
from desktop_rag.services.intake import Intake, Order
from desktop_rag.services.retriever import unknown_collection, unknown_document

_BATCH = 200
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
        self._reader = reader
        self._lock = lock
        self._intake = Intake(ledger, open_store, load_embedder, reader)

    def documents(self) -> list[LibraryEntry]:
        """All documents, by path."""
        return self._ledger.entries()

    def batches(self) -> Generator[tuple[LibraryEntry, ...], None, int]:
        """Yield all documents by path, at most 200 at once; return how many they were.

        What is removed meanwhile is left out; what is added meanwhile does not show up.
        """
        ids = self._ledger.document_ids()
        count = 0
        for start in range(0, len(ids), _BATCH):
            batch = self._ledger.entries_of(ids[start : start + _BATCH])
            if batch:
                count += len(batch)
                yield tuple(batch)
        return count

    def entries(self, document_ids: Sequence[str]) -> tuple[LibraryEntry, ...]:
        """Those of these documents that exist, in the order of the ids."""
        return tuple(self._ledger.entries_of(document_ids))

    def pages(self, document_id: str) -> list[PageRecord]:
        """What is known of each page of a document, in order."""
        return self._ledger.pages(document_id)

    def collections(self) -> dict[str, int]:
        """Names of the collections, empty ones too, each with its own number of documents.

        What is below a collection is counted there, not here.
        """
        return self._ledger.collections()

    def create_collection(self, name: str) -> None:
        """Make an empty collection. Raises WrongUsage if there is one of this name."""
        tidy = _tidy(name)
        with self._lock():
            self._refuse_existing(tidy)
            self._ledger.create_collection(tidy)

    def rename_collection(self, name: str, new_name: str) -> None:
        """Rename a collection and with it all below it; files being added to it follow.

        Raises UnknownCollection; WrongUsage if the new name exists or lies below the old one.
        """
        tidy = _tidy(new_name)
        with self._lock():
            self._refuse_unknown(name)
            if tidy == name:
                return
            if is_within(tidy, name):
                raise WrongUsage(
                    f"“{name}” cannot be put into itself.", "Choose a name outside of it."
                )
            self._refuse_existing(tidy)
            self._ledger.rename_collection(name, tidy)
            self._intake.follow_renaming(name, tidy)

    def delete_collection(self, name: str) -> None:
        """Delete a collection and those below it, if none holds a document.

        Raises UnknownCollection, or WrongUsage if documents are in the way.
        """
        with self._lock():
            self._refuse_unknown(name)
            counts = self._ledger.collections()
            count = sum(counts[known] for known in counts if is_within(known, name))
            if count:
                documents = "a document" if count == 1 else f"{count} documents"
                raise WrongUsage(
                    f"“{name}” still holds {documents}.", "Move or remove what is in it first."
                )
            self._ledger.delete_collection(name)

    def move(self, document_ids: Sequence[str], collection: str) -> tuple[LibraryEntry, ...]:
        """Put documents, wherever their files lie, into a collection, made if it is not there.

        Returns them as they are now. Raises UnknownDocument, before anything is moved.
        """
        tidy = _tidy(collection)
        with self._lock():
            self._known(document_ids)
            self._ledger.move(document_ids, tidy)
            return self.entries(document_ids)

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
        order = Order(tidy_name(collection or "") or None, tuple(passwords), ocr)
        added: list[AddedFile] = []
        with self._lock():
            self._drop_orphans()
            self._intake.begin()
            try:
                for number, file in enumerate(found, start=1):
                    step = AddProgress(number, len(found), file.path, 0, 0)
                    outcome = yield from self._intake.take(file, order, step)
                    added.append(outcome)
                    pages = outcome.page_count
                    yield replace(step, page=pages, page_count=pages, finished=outcome)
            finally:
                self._reader.close()
                self._settle(added)
        return AddReport(tuple(added), time.perf_counter() - started)

    def remove(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """Take documents out of the ledger and their text off the disk.

        Returns what was removed. Raises UnknownDocument, before anything is touched.
        """
        with self._lock():
            entries = self._known(document_ids)
            if any(entry.document.chunk_count for entry in entries):
                self._open_store()  # refused here, nothing is touched yet
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

    def _known(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """The documents, each once. Raises UnknownDocument."""
        entries = self._ledger.entries_of(document_ids)
        known = {entry.document.id for entry in entries}
        for document_id in document_ids:
            if document_id not in known:
                raise unknown_document(document_id)
        return entries

    def _refuse_unknown(self, name: str) -> None:
        if not exists(name, self._ledger.collections()):
            raise unknown_collection(name)

    def _refuse_existing(self, name: str) -> None:
        if exists(name, self._ledger.collections()):
            raise WrongUsage(f"There is a collection “{name}” already.", "Choose another name.")

    def _purge(self, document_ids: Sequence[str]) -> None:
        if document_ids and self._ledger.embedder() is not None:
            store = self._open_store()
            store.delete(document_ids)
            store.compact(purge=True)

    def _settle(self, added: Sequence[AddedFile]) -> None:
        """Bring the indexes up to date after an `add`, and purge what it replaced."""
        if self._intake.purge_due or any(file.status in _NEWLY_READ for file in added):
            self._open_store().compact(purge=self._intake.purge_due)
            self._intake.purge_due = False

    def _drop_orphans(self) -> None:
        """Remove what an interrupted run left in the index without a ledger row."""
        if self._ledger.embedder() is None:
            return
        known = {
            entry.document.id for entry in self._ledger.entries() if entry.document.chunk_count
        }
        self._purge([key for key in self._open_store().chunk_counts() if key not in known])


def _tidy(name: str) -> str:
    tidy = tidy_name(name)
    if not tidy:
        raise WrongUsage("A collection needs a name.", "Type at least one letter or digit.")
    return tidy


def _nothing_to_add(found: Sequence[FoundFile]) -> NothingToAdd:
    problem = found[0].problem if found else None
    if problem is None:
        return NothingToAdd("Nothing to add.", "Name a PDF or a folder that holds some.")
    return NothingToAdd(problem, "Check the name, or name a folder that holds PDFs.")
