"""What a table of chunks can do, wherever its rows lie."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from lancedb.index import FTS
from lancedb.query import MatchQuery

from desktop_rag.adapters.lancedb_newer import refuse_newer
from desktop_rag.adapters.lancedb_rows import (
    CHUNK_COLUMNS,
    chunk_of,
    condition_of,
    condition_of_ids,
    rows_of,
    schema_of,
    where,
)
from desktop_rag.adapters.lancedb_vector_index import VectorIndex
from desktop_rag.domain import Chunk, Hit, IndexQuality, PageRange
from desktop_rag.errors import LibraryError
from desktop_rag.ports import Vectors

# Every word counts: “not” and “without” change a clause, codes and section numbers are words too.
KEYWORD_INDEX = FTS(base_tokenizer="simple", stem=True, remove_stop_words=False)
_NEVER = timedelta(days=36_500)
_MOST_ROUNDS = 5
_MANY_FRAGMENTS = 16  # each commit adds one; so many small files make searching slower


class LanceChunks(ABC):
    """One open table: a `ports.ChunkStore` but for what depends on where its rows lie.

    `folder` is named in errors.
    """

    def __init__(self, folder: Path, table: Any, vector_index: VectorIndex) -> None:
        self._folder = folder
        self._table = table
        self._vector_index = vector_index

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        if not chunks:
            return
        with store_errors(self._folder):
            self._table.add(rows_of(chunks, vectors, self._table.schema))
            self._sync()

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        condition = condition_of([document_id])
        with store_errors(self._folder):
            merge = self._table.merge_insert("id").when_matched_update_all()
            merge = merge.when_not_matched_insert_all().when_not_matched_by_source_delete(condition)
            merge.execute(rows_of(chunks, vectors, self._table.schema))
            self._sync()

    def delete(self, document_ids: Sequence[str]) -> None:
        if not document_ids:
            return
        condition = condition_of(document_ids)
        with store_errors(self._folder):
            self._table.delete(condition)
            self._sync()

    def settle(self) -> None:
        with store_errors(self._folder):
            many = self._table.stats()["fragment_stats"]["num_fragments"] >= _MANY_FRAGMENTS
        if many:
            self.compact(purge=False)

    @abstractmethod
    def compact(self, *, purge: bool) -> None:
        """As in the port; how, depends on where the rows lie."""

    def vector_index_is_due(self) -> bool:
        with store_errors(self._folder):
            return self._vector_index.is_due()

    def build_vector_index(self) -> None:
        with store_errors(self._folder):
            self._vector_index.build()
            self._sync()

    def vector_index_quality(self) -> IndexQuality | None:
        with store_errors(self._folder):
            return self._vector_index.quality()

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

        with store_errors(self._folder):
            try:
                return rows()
            except (RuntimeError, OSError):
                self._table.checkout_latest()
                return rows()

    def chunk_counts(self) -> dict[str, int]:
        with store_errors(self._folder):
            ids = self._table.search().select(["document_id"]).limit(None).to_arrow()
        counted = ids["document_id"].value_counts().to_pylist()
        return {pair["values"]: pair["counts"] for pair in counted}

    def chunk_ids(self) -> list[str]:
        with store_errors(self._folder):
            ids = self._table.search().select(["id"]).limit(None).to_arrow()
        found: list[str] = ids["id"].to_pylist()
        return found

    def chunks(self, ids: Sequence[str]) -> list[Chunk]:
        def query() -> Any:
            return self._table.search().select([*CHUNK_COLUMNS])

        rows = self._read(query, len(ids), condition_of_ids(ids)) if ids else []
        return [chunk_of(row) for row in rows]

    def _merge(self) -> None:
        """Merge small files and index parts until nothing is left to do; delete none."""
        with self._vector_index.taking_in():
            for _ in range(_MOST_ROUNDS):
                before = self._table.version
                self._table.optimize(cleanup_older_than=_NEVER)
                if self._table.version == before:
                    return

    @abstractmethod
    def _sync(self) -> None:
        """Called after each commit, within `store_errors`."""


def created(database: Any, name: str, dimension: int) -> Any:
    """A new table, or the one that another program has made in the meantime."""
    table = database.create_table(name, schema=schema_of(dimension), exist_ok=True)
    if not table.list_indices():
        table.create_index("searchable", config=KEYWORD_INDEX)
    return table


@contextmanager
def store_errors(folder: Path) -> Iterator[None]:
    """LanceDB raises RuntimeError, ValueError and OSError for all that can go wrong with files."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        refuse_newer(folder, error)
        full = "No space left" in str(error) or getattr(error, "errno", None) == 28
        hint = (
            "Free some space on the disk and try again."
            if full
            else "Run “desktop-rag verify”; if it persists, restore the folder from a backup."
        )
        summary = "the disk is full" if full else str(error).splitlines()[0][:200]
        raise LibraryError(f"The index in {folder} failed: {summary}.", hint) from error
