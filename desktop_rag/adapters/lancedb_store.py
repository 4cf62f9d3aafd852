"""The chunks in LanceDB: vectors, spans and the keyword index."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
from lancedb.index import FTS
from lancedb.query import MatchQuery

from desktop_rag.adapters import lancedb_recovery
from desktop_rag.adapters.lancedb_rows import (
    CHUNK_COLUMNS,
    chunk_of,
    condition_of,
    condition_of_ids,
    rows_of,
    schema_of,
    where,
)
from desktop_rag.adapters.lancedb_vector_index import EXACT_UP_TO, VectorIndex
from desktop_rag.domain import Chunk, Hit, IndexQuality, PageRange
from desktop_rag.errors import LibraryError
from desktop_rag.ports import Vectors

_KEPT_FOR_READERS = timedelta(minutes=10)
_NEVER = timedelta(days=36_500)
_MANY_FRAGMENTS = 16  # each commit adds one; so many small files make searching slower
_MOST_ROUNDS = 5
# Every word counts: “not” and “without” change a clause, codes and section numbers are words too.
_KEYWORD_INDEX = FTS(base_tokenizer="simple", stem=True, remove_stop_words=False)


class LanceChunkStore:
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
        self._folder = folder
        self._name = table
        self._table_folder = table_folder = folder / f"{table}.lance"
        self._synced: set[Path] = set()
        self._was_mended = False
        with _store_errors(folder):
            # Each query looks for commits of other programs: the terminal beside the window.
            database = lancedb.connect(folder, read_consistency_interval=timedelta(0))
            try:
                self._table = database.open_table(table)
                if is_suspect:
                    lancedb_recovery.check(table_folder, self._table)
            except Exception:  # torn files raise many kinds
                self._was_mended = table_folder.exists()
                self._table = lancedb_recovery.open_whole(
                    table_folder, lambda: database.open_table(table)
                )
            if self._table is None:
                self._table = self._created(database, dimension())
        self._vector_index = VectorIndex(self._table, exact_up_to)

    @property
    def was_mended(self) -> bool:
        return self._was_mended

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        if not chunks:
            return
        with _store_errors(self._folder):
            self._table.add(rows_of(chunks, vectors, self._table.schema))
            self._sync()

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        condition = condition_of([document_id])
        with _store_errors(self._folder):
            merge = self._table.merge_insert("id").when_matched_update_all()
            merge = merge.when_not_matched_insert_all().when_not_matched_by_source_delete(condition)
            merge.execute(rows_of(chunks, vectors, self._table.schema))
            self._sync()

    def delete(self, document_ids: Sequence[str]) -> None:
        if not document_ids:
            return
        condition = condition_of(document_ids)
        with _store_errors(self._folder):
            self._table.delete(condition)
            self._sync()

    def settle(self) -> None:
        with _store_errors(self._folder):
            many = self._table.stats()["fragment_stats"]["num_fragments"] >= _MANY_FRAGMENTS
        if many:
            self.compact(purge=False)

    def compact(self, *, purge: bool) -> None:
        with _store_errors(self._folder), warnings.catch_warnings():
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

    def vector_index_is_due(self) -> bool:
        with _store_errors(self._folder):
            return self._vector_index.is_due()

    def build_vector_index(self) -> None:
        with _store_errors(self._folder):
            self._vector_index.build()
            self._sync()

    def vector_index_quality(self) -> IndexQuality | None:
        with _store_errors(self._folder):
            return self._vector_index.quality()

    def _merge(self) -> None:
        """Merge small files and index parts until nothing is left to do; delete none."""
        with self._vector_index.taking_in():
            for _ in range(_MOST_ROUNDS):
                before = self._table.version
                self._table.optimize(cleanup_older_than=_NEVER)
                if self._table.version == before:
                    return

    def _holds_deleted_rows(self) -> bool:
        return any((self._table_folder / "_deletions").glob("*"))

    def _rewrite(self) -> None:
        """Write every row anew, and both indexes.

        LanceDB alone leaves deleted rows where they are while they are few in their file, and
        what the indexes hold of them.
        """
        self._table.update(values_sql={"ordinal": "ordinal"})
        self._table.create_index("searchable", config=_KEYWORD_INDEX, replace=True)
        self._vector_index.renew()

    def dense(
        self,
        vector: Vectors,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        def query() -> Any:
            return self._vector_index.nearest(vector).select([*CHUNK_COLUMNS, "_distance"])

        rows = self._read(query, top, where(document_ids, pages))
        return [Hit(chunk_of(row), 1.0 - row["_distance"], 1.0 - row["_distance"]) for row in rows]

    def keyword(
        self,
        question: str,
        vector: Vectors | None,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        if not any(character.isalnum() for character in question):
            return []

        def query() -> Any:
            return self._table.search(MatchQuery(question, "searchable"), query_type="fts")

        rows = self._read(query, top, where(document_ids, pages))
        cosines = [0.0 if vector is None else float(np.dot(vector, row["vector"])) for row in rows]
        return [
            Hit(chunk_of(row), row["_score"], cosine)
            for row, cosine in zip(rows, cosines, strict=True)
        ]

    def _read(self, query: Callable[[], Any], top: int, condition: str) -> list[dict[str, Any]]:
        """Rows of a query, asked once more if a purge took its version away meanwhile."""

        def rows() -> list[dict[str, Any]]:
            scoped = query()
            if condition:
                scoped = scoped.where(condition, prefilter=True)
            found: list[dict[str, Any]] = scoped.limit(top).to_list()
            return found

        with _store_errors(self._folder):
            try:
                return rows()
            except (RuntimeError, OSError):
                self._table.checkout_latest()
                return rows()

    def chunk_counts(self) -> dict[str, int]:
        with _store_errors(self._folder):
            ids = self._table.search().select(["document_id"]).limit(None).to_arrow()
        counted = ids["document_id"].value_counts().to_pylist()
        return {pair["values"]: pair["counts"] for pair in counted}

    def chunk_ids(self) -> list[str]:
        with _store_errors(self._folder):
            ids = self._table.search().select(["id"]).limit(None).to_arrow()
        found: list[str] = ids["id"].to_pylist()
        return found

    def chunks(self, ids: Sequence[str]) -> list[Chunk]:
        def query() -> Any:
            return self._table.search().select([*CHUNK_COLUMNS])

        rows = self._read(query, len(ids), condition_of_ids(ids)) if ids else []
        return [chunk_of(row) for row in rows]

    def _created(self, database: Any, dimension: int) -> Any:
        """A new table, or the one that another program has made in the meantime."""
        table = database.create_table(self._name, schema=schema_of(dimension), exist_ok=True)
        if not table.list_indices():
            table.create_index("searchable", config=_KEYWORD_INDEX)
        self._sync()
        return table

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


@contextmanager
def _store_errors(folder: Path) -> Iterator[None]:
    """LanceDB raises RuntimeError, ValueError and OSError for all that can go wrong with files."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        full = "No space left" in str(error) or getattr(error, "errno", None) == 28
        hint = (
            "Free some space on the disk and try again."
            if full
            else "Run “desktop-rag verify”; if it persists, restore the folder from a backup."
        )
        summary = "the disk is full" if full else str(error).splitlines()[0][:200]
        raise LibraryError(f"The index in {folder} failed: {summary}.", hint) from error
