"""The tables of the index as folders beside each other."""

import shutil
from collections.abc import Callable
from pathlib import Path

from desktop_rag.errors import LibraryError
from desktop_rag.ports import ChunkStore
from desktop_rag.privacy.permissions import private_folder

_ENDING = ".lance"


class LanceTables:
    """A `ports.IndexTables` in one folder. LanceDB is imported when a table is first opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        return sorted(path.name.removesuffix(_ENDING) for path in self._folder.glob(f"*{_ENDING}"))

    def open(
        self, name: str, dimension: Callable[[], int], *, is_suspect: bool = False
    ) -> ChunkStore:
        from desktop_rag.adapters.lancedb_store import LanceChunkStore

        private_folder(self._folder)
        return LanceChunkStore(self._folder, dimension, table=name, is_suspect=is_suspect)

    def drop(self, name: str) -> None:
        folder = self._folder / f"{name}{_ENDING}"
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise LibraryError(
                f"An old part of the index, {folder}, cannot be deleted: {error.strerror}.",
                "Close other programs that use the library, and try again.",
            ) from error
