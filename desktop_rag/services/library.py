"""The library: documents in, documents out, and what is known of them."""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import (
    AddProgress,
    AddReport,
    IndexQuality,
    LanguagesTold,
    LibraryEntry,
    ModelChange,
    PageRecord,
    PendingFile,
    ReembedProgress,
    ReembedReport,
)
from desktop_rag.errors import LibraryBusy, NothingToAdd, WrongUsage
from desktop_rag.pipeline.collection_names import exists, is_within, tidy_name
from desktop_rag.ports import Ledger, PageReader, PendingStore
from desktop_rag.services.attachments import Attachments
from desktop_rag.services.finding import FoundFile, checked, find_files, holds_nothing
from desktop_rag.services.index import Index
from desktop_rag.services.intake import Intake
from desktop_rag.services.language_upkeep import MOST_TOLD, tell_languages
from desktop_rag.services.order import Order, restoring_order
from desktop_rag.services.orders import Lot, Orders
from desktop_rag.services.recording import Recording
from desktop_rag.services.reembedding import Reembedding
from desktop_rag.services.scoping import unknown_collection, unknown_document
from desktop_rag.services.upkeep import Upkeep

_BATCH = 200


class Library:
    """Owns the library's writes. `lock` keeps every other writer out while it is held.

    A document exists when its ledger row says so, and that row is written last: whatever happens
    in between leaves whole documents and nothing else.
    """

    def __init__(
        self,
        ledger: Ledger,
        index: Index,
        reader: PageReader,
        lock: Callable[[], AbstractContextManager[object]],
        attachments: Attachments,
        forget_answers: Callable[[Sequence[str]], object],
        pending: PendingStore,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._lock = lock
        self._attachments = attachments
        self._upkeep = Upkeep(ledger, index, attachments, pending)
        self._pending = pending
        self._recording = Recording(ledger, index.store, forget_answers)
        intake = Intake(ledger, index.embedder, reader, self._recording)
        self._orders = Orders(
            intake, self._recording, self._upkeep, attachments, index.store, reader, pending
        )
        self._reembedding = Reembedding(index, self._upkeep, lock)

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
            self._recording.follow_renaming(name, tidy)

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
        stay: bool = False,
        left_out: Collection[str] = (),
    ) -> Generator[AddProgress, None, AddReport]:
        """Read, cut, embed and store every PDF at or under `paths`, those in mails (.eml) too.

        With `stay`, a file that is known at its place stays in the collection that it is in.
        Documents whose ids are `left_out` are passed over.
        One file fails alone. Closing the generator stops the work: files reported as finished
        stay, the one in hand leaves nothing. Raises NothingToAdd, LibraryError, ModelError.
        """
        found = find_files(paths)
        _refuse_nothing(found)
        order = Order(
            tidy_name(collection or "") or None,
            tuple(passwords),
            ocr,
            stays=stay,
            left_out=frozenset(left_out),
        )
        with self._lock_for_reading(), self._orders.begun() as in_hand:
            opened = yield from self._orders.open_mails(found)
            _refuse_nothing(opened or [holds_nothing(file.path) for file in found])
            lots = [Lot(file, order) for file in opened]
            with self._orders.remembered(found, order):
                return (yield from self._orders.take_in(lots, in_hand))

    def pending(self) -> tuple[PendingFile, ...]:
        """Files of orders that were not worked off, because the program ended meanwhile.

        What an interrupted run left is cleared up first; what it lost counts as pending. The files
        of an order that is being worked off do not: it asks between two steps of it.
        """
        if self._orders.under_way:
            files = self._pending.files()
            return tuple(file for file in files if file.path not in self._orders.under_way)
        with suppress(LibraryBusy), self._lock():
            if self._ledger.stamp() is not None:
                self._index.store()  # damage shows here
            self._upkeep.clear_up()
        return tuple(self._pending.files())

    def forget_pending(self, paths: Sequence[Path] | None = None) -> None:
        """The reader stopped an order: it, or these files, are not read at the next start."""
        self._pending.drop(
            [file.path for file in self._pending.files()] if paths is None else paths
        )

    def reread(
        self, document_ids: Sequence[str], passwords: Sequence[str], ocr: bool
    ) -> Generator[AddProgress, None, AddReport]:
        """Read documents anew, whatever is known of them, each in its collection.

        The old text stays until the new one is stored, and for good if the file is not there or
        cannot be read. Other bytes at its place are a new document. Raises UnknownDocument.
        """
        order = Order(None, tuple(passwords), ocr, anew=True)
        with self._lock_for_reading():
            lots = [
                Lot(file, order)
                for entry in self._known(document_ids)
                for file in _still_there(entry)
            ]
            with self._orders.begun() as in_hand:
                return (yield from self._orders.take_in(lots, in_hand))

    def restore(
        self, entries: Sequence[LibraryEntry], passwords: Sequence[str]
    ) -> Generator[AddProgress, None, AddReport]:
        """Undo `remove`: add the files of the entries again, each in its collection.

        They are read as they were read before. What was taken out of a mail is gone, and said so.
        """
        lots = [
            Lot(self._found_again(file.path), restoring_order(entry, file, passwords))
            for entry in entries
            for file in entry.files
        ]
        with self._lock_for_reading(), self._orders.begun() as in_hand:
            return (yield from self._orders.take_in(lots, in_hand))

    def remove(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """Take documents out of the ledger and their text off the disk.

        The files stay where they are, but for those that were taken out of mails. Returns what was
        removed. Raises UnknownDocument, before anything is touched.
        """
        with self._lock():
            entries = self._known(document_ids)
            if any(entry.document.chunk_count for entry in entries):
                self._index.store()  # refused here, nothing is touched yet
            with self._upkeep.writing():
                for entry in entries:
                    self._ledger.remove(entry.document.id)
                self._upkeep.purge([entry.document.id for entry in entries])
            for file in (file for entry in entries for file in entry.files):
                self._attachments.discard(file.path)
        return entries

    def forget_places(self, paths: Sequence[Path]) -> None:
        """Forget files that are gone, of documents that have others; each keeps one at least."""
        with self._lock():
            self._upkeep.purge(self._ledger.unlink(paths))

    def compact(self) -> None:
        """Purge what was deleted and bring the indexes up to date."""
        with self._lock():
            self._index.drop_unnamed()
            self._upkeep.drop_orphans()
            self._ledger.set_settled(False)
            if self._ledger.stamp() is not None:
                store = self._index.store()
                store.compact(purge=True)
                if store.vector_index_is_due():
                    store.build_vector_index()
            self._upkeep.end_writing()

    def tell_languages(self, most: int = MOST_TOLD) -> LanguagesTold:
        """Tell the languages of documents that an older program added, `most` at once.

        Nothing is done, and nothing said to be left, while another program writes.
        """
        with suppress(LibraryBusy), self._lock():
            return tell_languages(self._ledger, self._index.store, most)
        return LanguagesTold(0, 0)

    def model_change(self) -> ModelChange | None:
        """Whether the settings choose another bi-encoder than the library was made with.

        Raises ModelMissing if there is none of that name.
        """
        return self._index.change()

    def drop_half_made(self) -> None:
        """Drop what a change of models left that is no longer wanted, unless another writes."""
        with suppress(LibraryBusy), self._lock():
            self._index.drop_strays()

    def reembed(self) -> Generator[ReembedProgress, None, ReembedReport]:
        """Make all vectors anew with the bi-encoder of the settings; no document is opened.

        Searches go on with the old ones until all are there. Closing the generator, or a crash,
        leaves the old ones; the next call goes on with what is made. Text that is longer than the
        new model reads is taken as far as it reads. Raises LibraryError, ModelError.
        """
        return self._reembedding.run()

    def vector_index_quality(self) -> IndexQuality | None:
        """What the index over the vectors finds, measured now; None if searches are exact."""
        return self._index.store().vector_index_quality() if self._ledger.stamp() else None

    def verify(self) -> list[str]:
        """Sentences on whatever does not fit between ledger, index and files; empty if all does."""
        return self._upkeep.verify()

    @contextmanager
    def _lock_for_reading(self) -> Iterator[None]:
        """The write lock. Raises EmbedderMismatch if the library's model is gone."""
        with self._lock():
            self._index.refuse_if_model_is_gone()
            yield

    def _known(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """The documents, each once. Raises UnknownDocument."""
        entries = self._ledger.entries_of(document_ids)
        known = {entry.document.id for entry in entries}
        for document_id in document_ids:
            if document_id not in known:
                raise unknown_document(document_id)
        return entries

    def _found_again(self, path: Path) -> FoundFile:
        found = checked(path)
        if found.problem is None or not self._attachments.holds(path):
            return found
        problem = f"{path.name} came with a mail and was deleted with it. Add the mail again."
        return replace(found, problem=problem)

    def _refuse_unknown(self, name: str) -> None:
        if not exists(name, self._ledger.collections()):
            raise unknown_collection(name)

    def _refuse_existing(self, name: str) -> None:
        if exists(name, self._ledger.collections()):
            raise WrongUsage(f"There is a collection “{name}” already.", "Choose another name.")


def _tidy(name: str) -> str:
    tidy = tidy_name(name)
    if not tidy:
        raise WrongUsage("A collection needs a name.", "Type at least one letter or digit.")
    return tidy


def _still_there(entry: LibraryEntry) -> list[FoundFile]:
    """The places of a document that can be read; one that cannot, if there is no other."""
    found = [checked(file.path) for file in entry.files]
    return [file for file in found if file.problem is None] or found[:1]


def _refuse_nothing(found: Sequence[FoundFile]) -> None:
    if any(file.problem is None for file in found):
        return
    problem = found[0].problem if found else None
    if problem is None:
        raise NothingToAdd("Nothing to add.", "Name a PDF or a folder that holds some.")
    raise NothingToAdd(problem, "Check the name, or name a folder that holds PDFs.")
