"""The index of a vault: LanceDB in memory, and its rows sealed, some segments for each document."""

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import lancedb
import pyarrow as pa

from desktop_rag.adapters.lancedb_chunks import KEYWORD_INDEX, LanceChunks, created, store_errors
from desktop_rag.adapters.lancedb_rows import rows_of
from desktop_rag.adapters.lancedb_vector_index import VectorIndex
from desktop_rag.adapters.sealed_files import Draft, SealedFiles, Segment
from desktop_rag.domain import Chunk
from desktop_rag.errors import VaultDamaged
from desktop_rag.ports import ChunkStore, Vectors

_KIND = "chunks"
_NO_INDEX = 10**12  # rows: an index over the vectors would be made in files


class SealedTables:
    """A `ports.IndexTables` in a vault."""

    def __init__(self, files: SealedFiles) -> None:
        self._files = files
        self._database = lancedb.connect("memory://")
        self._stores: dict[str, SealedChunkStore] = {}

    def names(self) -> list[str]:
        return sorted({*self._stores, *(one.table for one in self._files.segments(_KIND))})

    def open(
        self, name: str, dimension: Callable[[], int], *, is_suspect: bool = False
    ) -> ChunkStore:
        """As in the port. Nothing is ever suspect: each segment is checked when it is opened."""
        if name not in self._stores:
            rows = sealed_rows(self._files, name)
            with store_errors(self._files.folder):
                if rows is None:
                    table = created(self._database, name, dimension())
                else:
                    table = self._database.create_table(name, rows)
                    table.create_index("searchable", config=KEYWORD_INDEX)
            self._stores[name] = SealedChunkStore(self._files, name, table)
        return self._stores[name]

    def drop(self, name: str) -> None:
        dropped = [one for one in self._files.segments(_KIND) if one.table == name]
        if dropped:
            self._files.change([], dropped)
        with store_errors(self._files.folder):
            self._database.drop_table(name, ignore_missing=True)
        self._stores.pop(name, None)


class SealedChunkStore(LanceChunks):
    """A `ports.ChunkStore` in memory, whose rows are sealed before they are there."""

    def __init__(self, files: SealedFiles, name: str, table: Any) -> None:
        super().__init__(files.folder, table, VectorIndex(table, _NO_INDEX))
        self._files = files
        self._name = name

    @property
    def was_mended(self) -> bool:
        return False

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        if chunks:
            self._files.change(self._drafts(chunks, vectors))
            with self._in_memory():
                super().add(chunks, vectors)

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """As in the port; in memory in two steps, because one would need temporary files."""
        self._files.change(self._drafts(chunks, vectors), self._of([document_id]))
        with self._in_memory():
            super().delete([document_id])
            super().add(chunks, vectors)

    def delete(self, document_ids: Sequence[str]) -> None:
        dropped = self._of(document_ids)
        if dropped:
            self._files.change([], dropped)
        with self._in_memory():
            super().delete(document_ids)

    @contextmanager
    def _in_memory(self) -> Iterator[None]:
        """After a change was sealed: if memory does not follow, nothing more is changed."""
        try:
            yield
        except BaseException:
            self._files.give_up("The index in memory did not follow a change of the vault.")
            raise

    def compact(self, *, purge: bool) -> None:
        """Nothing lies on the disk that was deleted; memory is tidied up in either case."""
        with store_errors(self._folder), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # on readers in other programs
            self._merge()
            self._table.optimize(cleanup_older_than=timedelta(0), delete_unverified=True)

    def _sync(self) -> None:
        """Nothing to do: what is sealed is on the disk before it is in memory."""

    def _of(self, document_ids: Sequence[str]) -> list[Segment]:
        wanted = frozenset(document_ids)
        return [
            one
            for one in self._files.segments(_KIND)
            if one.table == self._name and one.document_id in wanted
        ]

    def _drafts(self, chunks: Sequence[Chunk], vectors: Vectors) -> list[Draft]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, chunk in enumerate(chunks):
            places[chunk.document_id].append(place)
        return [
            self._draft(document_id, [chunks[place] for place in own], vectors[own])
            for document_id, own in places.items()
        ]

    def _draft(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> Draft:
        rows = rows_of(chunks, vectors, self._table.schema)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        content = sink.getvalue().to_pybytes()
        return Draft(_KIND, content, self._name, document_id, len(chunks))


def sealed_rows(files: SealedFiles, name: str) -> Any | None:
    """All rows of a table as Arrow has them; None if it has none. Raises VaultDamaged."""
    segments = [one for one in files.segments(_KIND) if one.table == name]
    tables = [_rows(files, segment) for segment in segments]
    return pa.concat_tables(tables) if tables else None


def damaged_segments(files: SealedFiles) -> list[Segment]:
    """Those that are not what the manifest says; all of them are read."""
    return [segment for segment in files.segments(_KIND) if _is_damaged(files, segment)]


def check_rows(files: SealedFiles) -> None:
    """Read every segment once. Raises VaultDamaged at the first that is not what it must be."""
    for segment in files.segments(_KIND):
        _rows(files, segment)


def _is_damaged(files: SealedFiles, segment: Segment) -> bool:
    try:
        _rows(files, segment)
    except VaultDamaged:
        return True
    return False


def _rows(files: SealedFiles, segment: Segment) -> Any:
    table = pa.ipc.open_stream(files.content(segment)).read_all()
    ids = table.column("document_id").unique().to_pylist()
    if table.num_rows != segment.rows or ids != [segment.document_id]:
        raise VaultDamaged(
            f"The vault in {files.folder} is damaged: a document has other rows than it must.",
            "Restore the whole folder from a backup.",
        )
    return table
