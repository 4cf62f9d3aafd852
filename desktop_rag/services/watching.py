"""Folders whose PDFs are read again and again, each into its collection."""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddReport,
    AddStatus,
    LibraryEntry,
    WatchedFolder,
)
from desktop_rag.errors import NothingToAdd, WrongUsage
from desktop_rag.pipeline.collection_names import tidy_name
from desktop_rag.ports import WatchedFolderStore
from desktop_rag.services.library import Library


class Watching:
    """Knows the watched folders and reads them when it is told to. It removes nothing, ever."""

    def __init__(self, store: WatchedFolderStore, library: Library) -> None:
        self._store = store
        self._library = library

    def watched(self) -> tuple[WatchedFolder, ...]:
        """All of them, by path."""
        return tuple(self._store.folders())

    def watch(self, path: Path, collection: str) -> None:
        """Watch a folder from now on. Raises WrongUsage for what is no folder."""
        if not path.is_dir():
            raise WrongUsage(f"There is no folder {path}.", "Choose a folder that is there.")
        self._store.put(WatchedFolder(path.absolute(), collection))

    def rename_collection(self, name: str, new_name: str) -> None:
        """Let folders that are read into a collection follow its new name."""
        self._store.rename_collection(name, tidy_name(new_name))

    def unwatch(self, path: Path) -> None:
        """Read it no more; what came from it stays in the library."""
        self._store.drop(path.absolute())

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
        self, *, passwords: Sequence[str] = (), ocr: bool = True
    ) -> Generator[AddProgress, None, AddReport]:
        """As `Library.add` of every watched folder; one that cannot be opened is reported.

        The numbers of files grow from folder to folder; `share` counts over all folders.
        """
        started = time.perf_counter()
        folders = self._store.folders()
        added: list[AddedFile] = []
        for number, folder in enumerate(folders):
            problem = _problem(folder.path)
            if problem is not None:
                added.append(AddedFile(folder.path, "", AddStatus.UNREADABLE, message=problem))
                continue
            steps = self._read_folder(folder, passwords, ocr)
            added += yield from _counted_on(steps, len(added), number, len(folders))
        return AddReport(tuple(added), time.perf_counter() - started)

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
