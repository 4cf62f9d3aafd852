"""Folders whose PDFs are read again and again, each into its collection."""

import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddReport,
    AddStatus,
    DocumentFile,
    FileState,
    LibraryEntry,
    Vanished,
    WatchedFolder,
)
from desktop_rag.errors import NothingToAdd, WrongUsage
from desktop_rag.pipeline.collection_names import tidy_name
from desktop_rag.ports import WatchedFolderStore
from desktop_rag.services.library import Library
from desktop_rag.services.presence import Presence, finished
from desktop_rag.services.vanishing import spare_places, vanished_from


@dataclass(slots=True)
class _Looked:
    """What a look found: by folder the files that are newly gone, and whose state changed."""

    gone: dict[Path, set[Path]] = field(default_factory=dict)
    changed: dict[str, None] = field(default_factory=dict)

    def note(self, folder: Path, files: Sequence[DocumentFile]) -> None:
        gone = {file.path for file in files if file.state is FileState.MISSING}
        self.gone |= {folder: gone} if gone else {}
        self.changed |= dict.fromkeys(file.document_id for file in files)


class Watching:
    """Knows the watched folders and reads them when it is told to. It removes no document, ever.

    It tells which are gone. `renewed` is called when the list of folders is another.
    """

    def __init__(
        self,
        store: WatchedFolderStore,
        library: Library,
        presence: Presence,
        renewed: Callable[[], object] = lambda: None,
    ) -> None:
        self._store = store
        self._library = library
        self._presence = presence
        self._renewed = renewed

    def watched(self) -> tuple[WatchedFolder, ...]:
        """All of them, by path."""
        return tuple(self._store.folders())

    def watch(self, path: Path, collection: str) -> None:
        """Watch a folder from now on. Raises WrongUsage for what is no folder."""
        if not path.is_dir():
            raise WrongUsage(f"There is no folder {path}.", "Choose a folder that is there.")
        self._store.put(WatchedFolder(path.absolute(), collection))
        self._renewed()

    def rename_collection(self, name: str, new_name: str) -> None:
        """Let folders that are read into a collection follow its new name."""
        self._store.rename_collection(name, tidy_name(new_name))

    def unwatch(self, path: Path) -> None:
        """Read it no more; what came from it stays in the library."""
        self._store.drop(path.absolute())
        self._renewed()

    def leave_out(self, entries: Sequence[LibraryEntry]) -> None:
        """Documents that the reader removes are not to come back from a watched folder.

        Adding such a file by hand brings it back for good.
        """
        folders = [folder.path for folder in self._store.folders()]
        self._store.leave_out(
            entry.document.id
            for entry in entries
            if any(file.path.is_relative_to(folder) for file in entry.files for folder in folders)
        )

    def read(
        self,
        *,
        passwords: Sequence[str] = (),
        ocr: bool = True,
        only: Collection[Path] | None = None,
    ) -> Generator[AddProgress, None, AddReport]:
        """As `Library.add` of the watched folders, or `only` of these; with what is gone of them.

        The documents of a folder that cannot be opened are marked offline; if all are read, that
        is reported too.
        The numbers of files grow from folder to folder; `share` counts over all folders.
        """
        started = time.perf_counter()
        folders = [f for f in self._store.folders() if only is None or f.path in only]
        added: list[AddedFile] = []
        looked = _Looked()
        for number, folder in enumerate(folders):
            problem = _problem(folder.path)
            if problem is not None:
                looked.note(folder.path, self._presence.note_offline(folder.path))
                report = AddedFile(folder.path, "", AddStatus.UNREADABLE, message=problem)
                added += [report] if only is None else []
                continue
            share = number / len(folders)
            yield AddProgress(len(added), len(added), folder.path, 0, 0, share=share)
            looked.note(folder.path, self._look(folder.path))
            steps = self._read_folder(folder, passwords, ocr)
            added += yield from _counted_on(steps, len(added), number, len(folders))
        vanished = self._vanished(looked.gone)
        seconds = time.perf_counter() - started
        return AddReport(tuple(added), seconds, vanished, tuple(looked.changed))

    def _look(self, folder: Path) -> list[DocumentFile]:
        """Note what became of the folder's files; returns those in another state than before."""
        roots = [watched.path for watched in self._store.folders()]
        return finished(self._presence.look(self._presence.under(folder), roots))

    def _vanished(self, gone: Mapping[Path, Collection[Path]]) -> tuple[Vanished, ...]:
        """What is gone after all was read: by now it is known what was only moved.

        What was noticed as gone before is not told again: the reader was asked once.
        """
        roots = [watched.path for watched in self._store.folders()]
        told: list[Vanished] = []
        for folder, paths in gone.items():
            ids = dict.fromkeys(file.document_id for file in self._presence.under(folder))
            entries = self._library.entries([*ids])
            spare = [path for entry in entries for path in spare_places(entry, paths)]
            if spare:
                self._library.forget_places(spare)
            vanished = vanished_from(folder, paths, entries, roots)
            told += [vanished] if vanished is not None else []
        return tuple(told)

    def _read_folder(
        self, folder: WatchedFolder, passwords: Sequence[str], ocr: bool
    ) -> Generator[AddProgress, None, tuple[AddedFile, ...]]:
        collection = folder.collection or None
        added_by_hand = self._library.entries(sorted(self._store.left_out()))
        self._store.take_back(entry.document.id for entry in added_by_hand)
        try:
            report = yield from self._library.add(
                [folder.path],
                collection=collection,
                passwords=passwords,
                ocr=ocr,
                stay=True,
                left_out=self._store.left_out(),
            )
        except NothingToAdd:
            return ()  # an empty folder: the next scan is still to come
        return report.files


def _counted_on(
    steps: Generator[AddProgress, None, tuple[AddedFile, ...]],
    before: int,
    folder: int,
    folders: int,
) -> Generator[AddProgress, None, tuple[AddedFile, ...]]:
    """The steps of one folder of several, numbered on from the `before` files already done."""
    try:
        while True:
            step = next(steps)
            yield replace(
                step,
                file_number=before + step.file_number,
                file_count=before + step.file_count,
                share=(folder + step.share) / folders,
            )
    except StopIteration as end:
        files: tuple[AddedFile, ...] = end.value
        return files
    finally:
        steps.close()


def _problem(folder: Path) -> str | None:
    """Why the folder cannot be looked into, if it cannot: a disk that is not plugged in, say."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        return f"The folder {folder} cannot be opened: {error.strerror}. Nothing was removed."
    return None
