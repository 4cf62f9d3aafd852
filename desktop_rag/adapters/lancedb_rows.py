"""Chunks as rows of a LanceDB table, and conditions on them."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from desktop_rag.domain import Chunk, PageRange, Span
from desktop_rag.ports import Vectors

CHUNK_COLUMNS = ("document_id", "ordinal", "text", "searchable", "heading", "spans")


def schema_of(dimension: int) -> pa.Schema:
    """The columns of a table whose vectors have this width."""
    span = pa.struct([("page", pa.int32()), ("start", pa.int32()), ("length", pa.int32())])
    return pa.schema(
        [
            ("id", pa.string()),
            ("document_id", pa.string()),
            ("ordinal", pa.int32()),
            ("text", pa.string()),
            ("searchable", pa.string()),
            ("heading", pa.string()),
            ("spans", pa.list_(span)),
            ("vector", pa.list_(pa.float32(), dimension)),
        ]
    )


def rows_of(chunks: Sequence[Chunk], vectors: Vectors, schema: pa.Schema) -> pa.Table:
    """A row for each chunk with its vector."""
    rows = [
        {
            "id": chunk.id,
            "document_id": chunk.document_id,
            "ordinal": chunk.ordinal,
            "text": chunk.text,
            "searchable": chunk.searchable,
            "heading": chunk.heading,
            "spans": [
                {"page": span.page, "start": span.start, "length": span.length}
                for span in chunk.spans
            ],
            "vector": vector,
        }
        for chunk, vector in zip(chunks, vectors, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def chunk_of(row: dict[str, Any]) -> Chunk:
    """The chunk of a row."""
    return Chunk(
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        text=row["text"],
        searchable=row["searchable"],
        heading=row["heading"],
        spans=tuple(Span(**span) for span in row["spans"]),
    )


def where(document_ids: Sequence[str] | None, pages: PageRange | None) -> str:
    """SQL for the chunks of these documents that touch these pages; "" where all are meant."""
    conditions = [] if document_ids is None else [condition_of(document_ids)]
    if pages is not None:
        conditions.append(f"spans[1].page <= {pages.last:d} AND spans[-1].page >= {pages.first:d}")
    return " AND ".join(conditions)


def condition_of(document_ids: Sequence[str]) -> str:
    """SQL for “one of these documents”. Ids are checked: nothing else can enter the condition."""
    for document_id in document_ids:
        if not document_id.isalnum():
            raise ValueError(f"not a document id: {document_id!r}")
    listed = ", ".join(f"'{document_id}'" for document_id in document_ids)
    return f"document_id IN ({listed})" if listed else "false"


def condition_of_ids(ids: Sequence[str]) -> str:
    """SQL for “one of these chunks”. Ids are checked, as above."""
    for key in ids:
        document_id, _, ordinal = key.partition(":")
        if not (document_id.isalnum() and ordinal.isdecimal()):
            raise ValueError(f"not the id of a chunk: {key!r}")
    listed = ", ".join(f"'{key}'" for key in ids)
    return f"id IN ({listed})" if listed else "false"
