"""Forgetting for good: a collection, or everything; and the proof that nothing of it is left."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from desktop_rag.domain import (
    Conversation,
    DocumentFile,
    Forgotten,
    FoundTrace,
    LibraryEntry,
    PendingFile,
    Turn,
    WatchedFolder,
)
from desktop_rag.errors import DesktopRagError
from desktop_rag.pipeline.collection_names import exists, is_within, tidy_name
from desktop_rag.ports import Ledger, PendingStore
from desktop_rag.services import erasing
from desktop_rag.services.history import History
from desktop_rag.services.index import Index
from desktop_rag.services.library import Library
from desktop_rag.services.proving import sought_in_files, sought_in_texts, words_of
from desktop_rag.services.scoping import unknown_collection
from desktop_rag.services.watching import Watching

_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Doomed:
    """What is to be forgotten: documents that nothing else shows, and single places of others."""

    name: str
    entries: tuple[LibraryEntry, ...]
    places: tuple[Path, ...]
    conversations: tuple[Conversation, ...]
    folders: tuple[WatchedFolder, ...]
    pending: tuple[PendingFile, ...]

    @property
    def ids(self) -> list[str]:
        return [entry.document.id for entry in self.entries]


class Forgetting:
    """Erases and proves it. The files that were read are never touched.

    Attributes:
        rewrite: writes the ledger's file anew.
    """

    def __init__(
        self,
        ledger: Ledger,
        index: Index,
        library: Library,
        history: History,
        watching: Watching,
        pending: PendingStore,
        rewrite: Callable[[], None],
        folders: tuple[Path, Path],
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._library = library
        self._history = history
        self._watching = watching
        self._pending = pending
        self._rewrite = rewrite
        self._folders = folders

    def forget_collection(self, name: str) -> Forgotten:
        """Erase a collection and those below it. Raises UnknownCollection.

        Gone are its documents, the conversations that ask of it or quote or name them, its
        watched folders, what waits to be read into it, and its name.
        """
        name = tidy_name(name)
        if not exists(name, self._ledger.collections()):
            raise unknown_collection(name)
        doomed = self._doomed(name)
        # Before anything is erased: what should go and does not is no reason not to seek it.
        kept = "\n".join(self._kept(doomed))
        sought = words_of(self._texts(doomed.ids), self._names(doomed), kept)
        self._carry_out(doomed)
        return self._proof(_counted(doomed), sought)

    def before_all(self) -> tuple[Forgotten, list[str]]:
        """What there is, and words of it; nothing of a library that cannot be opened."""
        with suppress(DesktopRagError):
            everything = self._doomed("")
            texts, names = self._texts(everything.ids), self._names(everything)
            collections = list(self._ledger.collections())
            return _counted(everything), words_of(texts, [*names, *collections], "")
        return Forgotten(0, 0, 0), []

    def _doomed(self, name: str) -> _Doomed:
        """All that belongs to a collection; "" takes everything."""
        entries = self._ledger.entries()
        inside = [_within(entry, name) for entry in entries]
        whole = [one for one, part in zip(entries, inside, strict=True) if part == one.files]
        ids = {entry.document.id for entry in whole}
        parted = (part for one, part in zip(entries, inside, strict=True) if part != one.files)
        paths = {file.path for entry in whole for file in entry.files}
        return _Doomed(
            name,
            tuple(whole),
            tuple(file.path for part in parted for file in part),
            tuple(
                one
                for one in self._history.conversations()
                if _is_in(one.collection, name)
                or any(_tells_of(turn, name, ids, paths) for turn in self._history.turns(one.id))
            ),
            tuple(one for one in self._watching.watched() if _is_in(one.collection, name)),
            tuple(one for one in self._pending.files() if _is_in(one.collection or "", name)),
        )

    def _carry_out(self, doomed: _Doomed) -> None:
        for folder in doomed.folders:
            self._watching.unwatch(folder.path)
        self._library.forget_pending([file.path for file in doomed.pending])
        self._watching.leave_out(doomed.entries)  # of another collection's folder
        self._history.delete_conversations([one.id for one in doomed.conversations])
        self._library.remove(doomed.ids)
        if doomed.places:
            self._library.forget_places(doomed.places)
        if exists(doomed.name, self._ledger.collections()):
            self._library.delete_collection(doomed.name)
        self._library.compact()
        self._rewrite()

    def _texts(self, document_ids: Sequence[str]) -> Iterator[str]:
        """The text of each of these documents; of all others with `_kept`."""
        by_document: dict[str, list[str]] = {key: [] for key in document_ids}
        if self._ledger.stamp() is None:
            return
        for key, text in self._stored():
            if key in by_document:
                by_document[key].append(text)
        yield from (" ".join(texts) for texts in by_document.values())

    def _stored(self) -> Iterator[tuple[str, str]]:
        """Document and text of every chunk in the index."""
        if self._ledger.stamp() is None:
            return
        store = self._index.store()
        ids = store.chunk_ids()
        for start in range(0, len(ids), _BATCH):
            for chunk in store.chunks(ids[start : start + _BATCH]):
                yield chunk.document_id, f"{chunk.heading} {chunk.searchable} {chunk.text}"

    def _names(self, doomed: _Doomed) -> Iterator[str]:
        """File names, the collection's name, questions, titles, folders."""
        yield doomed.name
        for file in (file for entry in doomed.entries for file in entry.files):
            yield file.path.name
            yield file.path.stem
        for conversation in doomed.conversations:
            yield conversation.title
        yield from (folder.path.name for folder in doomed.folders)
        yield from (file.path.name for file in doomed.pending)

    def _kept(self, doomed: _Doomed) -> Iterator[str]:
        """All text of the library that is to stay."""
        ids, places = set(doomed.ids), set(doomed.places)
        yield from (one for one in self._ledger.collections() if not _is_in(one, doomed.name))
        for entry in self._ledger.entries():
            if entry.document.id not in ids:
                yield entry.document.message
                yield from (str(file.path) for file in entry.files if file.path not in places)
        yield from (str(one) for one in self._watching.watched() if one not in doomed.folders)
        yield from (str(one) for one in self._pending.files() if one not in doomed.pending)
        for conversation in self._history.conversations():
            if conversation not in doomed.conversations:
                yield conversation.title
                yield from (str(turn) for turn in self._history.turns(conversation.id))
        yield from (text for key, text in self._stored() if key not in ids)

    def _proof(self, forgotten: Forgotten, sought: Sequence[str]) -> Forgotten:
        files = erasing.files_left(*self._folders)
        count, found = sought_in_files(sought, files)
        texts = (text for _, text in self._stored())
        return proven(
            forgotten, sought, count, chain(found, sought_in_texts(sought, texts, "index"))
        )


def forget_all(
    forgetting: Callable[[], Forgetting],
    lock: Callable[[], AbstractContextManager[object]],
    library_folder: Path,
    data_folder: Path,
) -> Forgotten:
    """Erase library, history, vaults, logs and what the window remembers; models and settings stay.

    A library that is damaged is erased too; nothing of it can be sought then. Raises LibraryBusy,
    LibraryError. The library must not be used again by this process.
    """
    erasing.refuse_others(library_folder)
    forgotten, sought = Forgotten(0, 0, 0), list[str]()
    with lock():
        with suppress(DesktopRagError):
            forgotten, sought = forgetting().before_all()
        erasing.erase(library_folder, data_folder)
    count, found = sought_in_files(sought, erasing.files_left(library_folder, data_folder))
    return proven(forgotten, sought, count, found)


def proven(
    forgotten: Forgotten, sought: Sequence[str], files: int, found: Iterable[FoundTrace]
) -> Forgotten:
    """What was forgotten, with the proof."""
    return replace(forgotten, sought_words=len(sought), files_searched=files, found=tuple(found))


def _counted(doomed: _Doomed) -> Forgotten:
    return Forgotten(len(doomed.entries), len(doomed.conversations), len(doomed.folders))


def _is_in(collection: str, name: str) -> bool:
    return not name or is_within(collection, name)


def _within(entry: LibraryEntry, name: str) -> tuple[DocumentFile, ...]:
    return tuple(file for file in entry.files if _is_in(file.collection, name))


def _tells_of(turn: Turn, name: str, document_ids: set[str], paths: set[Path]) -> bool:
    """Whether a question asks of the collection, or its answer quotes or names its documents."""
    answer, scope = turn.answer, turn.scope
    named = {item.path for item in answer.coverage.unreadable}
    named |= set(answer.survey.without) if answer.survey is not None else set()
    return (
        (scope.collection is not None and _is_in(scope.collection, name))
        or bool(document_ids & ({*scope.document_ids} | answer.document_ids))
        or bool(paths & named)
    )
