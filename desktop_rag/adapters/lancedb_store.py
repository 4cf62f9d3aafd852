"""The chunks in LanceDB: vectors, spans and the keyword index."""

import os
import warnings
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import lancedb

from desktop_rag.adapters import lancedb_recovery
from desktop_rag.adapters.lancedb_chunks import KEYWORD_INDEX, LanceChunks, created, store_errors
from desktop_rag.adapters.lancedb_newer import refuse_newer
from desktop_rag.adapters.lancedb_vector_index import EXACT_UP_TO, VectorIndex

_KEPT_FOR_READERS = timedelta(minutes=10)


class LanceChunkStore(LanceChunks):
    """A `ports.ChunkStore` in one folder. `dimension` gives the width of a new table's vectors.

    `table`: its name; there may be others in the folder.
    `is_suspect`: the last to write it did not come to its end, so that it is checked first.
    `exact_up_to`: with more rows than this, the nearest are found by an index over the vectors.
    """

    def __init__(
        self,
        folder: Path,
        dimension: Callable[[], int],
        *,
        table: str = "chunks",
        is_suspect: bool = False,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        self._table_folder = table_folder = folder / f"{table}.lance"
        self._synced: set[Path] = set()
        self._was_mended = False
        with store_errors(folder):
            # Each query looks for commits of other programs: the terminal beside the window.
            database = lancedb.connect(folder, read_consistency_interval=timedelta(0))
            try:
                opened = database.open_table(table)
                if is_suspect:
                    lancedb_recovery.check(table_folder, opened)
            except Exception as error:  # torn files raise many kinds
                refuse_newer(folder, error)
                self._was_mended = table_folder.exists()
                opened = lancedb_recovery.open_whole(
                    table_folder, lambda: database.open_table(table)
                )
            is_new = opened is None
            if is_new:
                opened = created(database, table, dimension())
        super().__init__(folder, opened, VectorIndex(opened, exact_up_to))
        if is_new:
            with store_errors(folder):
                self._sync()

    @property
    def was_mended(self) -> bool:
        return self._was_mended

    def compact(self, *, purge: bool) -> None:
        with store_errors(self._folder), warnings.catch_warnings():
            # It warns that a reader of an older version fails: `_read` then reads anew.
            warnings.simplefilter("ignore", UserWarning)
            if purge and self._holds_deleted_rows():
                self._rewrite()
            elif purge and self._vector_index.holds_removed_rows():
                self._vector_index.renew()
            self._merge()
            self._sync()  # before the files of older versions go
            age = timedelta(0) if purge else _KEPT_FOR_READERS
            self._table.optimize(cleanup_older_than=age, delete_unverified=purge)
            if purge:
                lancedb_recovery.discard_set_aside(self._folder)
            self._sync()

    def _holds_deleted_rows(self) -> bool:
        return any((self._table_folder / "_deletions").glob("*"))

    def _rewrite(self) -> None:
        """Write every row anew, and both indexes.

        LanceDB alone leaves deleted rows where they are while they are few in their file, and
        what the indexes hold of them.
        """
        self._table.update(values_sql={"ordinal": "ordinal"})
        self._table.create_index("searchable", config=KEYWORD_INDEX, replace=True)
        self._vector_index.renew()

    def _sync(self) -> None:
        """Force files written since the last call to the disk: a LanceDB commit does not."""
        present = {path for path in self._table_folder.rglob("*") if path.is_file()}
        new = present - self._synced
        for path in {*new, *(parent for file in new for parent in _folders(file, self._folder))}:
            _force_to_disk(path)
        self._synced = present


def _folders(file: Path, root: Path) -> Iterator[Path]:
    for parent in file.parents:
        yield parent
        if parent == root:
            return


def _force_to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows cannot sync a folder (untested there)
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
