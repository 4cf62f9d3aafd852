"""The index over the vectors of a large table: the nearest rows without comparing every vector.

IVF_RQ: vectors lie in groups around centres, of each vector there is one bit a number; a search
looks into some groups, and compares the best rows anew by their whole vectors. How many groups and
rows is measured when the index is made, and noted in the table (docs/decisions/011).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from lancedb.index import IvfRq
from numpy.typing import NDArray

from desktop_rag.domain import IndexQuality
from desktop_rag.ports import Vectors

EXACT_UP_TO = 200_000  # rows; comparing so many takes a quarter of a second
LEAST_RECALL = 0.98
_AIM = 0.99  # so much is tried for: fifty questions measure it to half a hundredth
_NAME = "vector_groups"
_NOTE = "search"
_ROWS_A_GROUP = 1_000
_TOP = 50
_QUESTIONS = 50
_UNLIKE = 0.5  # length of what is added to a stored vector to make a question of it
_GROWN = 2.0  # so many times the rows it was made of, it is made anew
_SEED = 20261124

RowIds = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Effort:
    """Groups that a search looks into, and rows, in multiples of those wanted, compared anew."""

    groups: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Note:
    """What the table notes of its index.

    Attributes:
        made_of: rows when it was made; 0 if it never was.
        held: rows that it has taken in. If it serves another number, it holds removed ones.
    """

    effort: _Effort
    made_of: int = 0
    held: int = 0


_EFFORTS = (_Effort(40, 10), _Effort(80, 20), _Effort(200, 40))


class VectorIndex:
    """The index of one open table, if it has so many rows that it needs one."""

    def __init__(self, table: Any, exact_up_to: int) -> None:
        self._table = table
        self._exact_up_to = exact_up_to

    def nearest(self, vector: Vectors) -> Any:
        """A query for the rows nearest by cosine; exact if there is no index."""
        effort = self._note().effort
        search = self._table.search(vector, vector_column_name="vector").distance_type("cosine")
        return search.nprobes(effort.groups).refine_factor(effort.rows)

    def exists(self) -> bool:
        """Whether searches use it."""
        return any(index.name == _NAME for index in self._table.list_indices())

    def is_due(self) -> bool:
        """Whether there are too many rows for none, or for the one that was made of fewer."""
        rows = self._table.count_rows()
        return bool(rows > self._exact_up_to and rows >= _GROWN * self._note().made_of)

    def build(self) -> None:
        """Make it anew of all rows, and find out how hard a search must try.

        Meanwhile searches go on with what there was. If even the hardest search finds too little,
        there will be none, and searches are exact until the table has doubled.
        """
        rows = self._table.count_rows()
        groups = max(2, rows // _ROWS_A_GROUP)
        config = IvfRq(distance_type="cosine", num_partitions=groups)
        self._table.create_index("vector", config=config, replace=True, name=_NAME)
        questions, exact = self._asked()
        for effort in _EFFORTS:
            self._write_note(_Note(effort, rows, rows))
            recall = self._recall(questions, exact)
            if recall >= _AIM:
                return
        if recall < LEAST_RECALL:
            self._table.drop_index(_NAME)

    def renew(self) -> None:
        """Make it of the rows that are left, so that it knows nothing of those that went."""
        if not self.exists():
            return
        if self._table.count_rows() > self._exact_up_to:
            self.build()
        else:
            self._table.drop_index(_NAME)
            self._write_note(_Note(_EFFORTS[0]))

    def holds_removed_rows(self) -> bool:
        """Whether it has taken in rows that are no longer there."""
        return self.exists() and self._served() != self._note().held

    @contextmanager
    def taking_in(self) -> Iterator[None]:
        """Around whatever brings it up to date."""
        if not self.exists():
            yield
            return
        served = self._served()
        yield
        taken = self._served() - served
        if taken:
            note = self._note()
            self._write_note(replace(note, held=note.held + taken))

    def quality(self) -> IndexQuality | None:
        """What it finds of that which the exact search finds; None if searches are exact."""
        if not self.exists():
            return None
        questions, exact = self._asked()
        rows = self._table.count_rows()
        unindexed = self._table.index_stats(_NAME).num_unindexed_rows
        return IndexQuality(rows, unindexed, len(questions), self._recall(questions, exact))

    def _served(self) -> int:
        """Rows that are there and that it knows."""
        return int(self._table.index_stats(_NAME).num_indexed_rows)

    def _note(self) -> _Note:
        metadata = self._table.schema.field("vector").metadata or {}
        text = metadata.get(_NOTE.encode())
        if text is None:
            return _Note(_EFFORTS[0])
        groups, rows, made_of, held = map(int, text.split())
        return _Note(_Effort(groups, rows), made_of, held)

    def _write_note(self, note: _Note) -> None:
        text = f"{note.effort.groups} {note.effort.rows} {note.made_of} {note.held}"
        self._table.update_field_metadata({"path": "vector", "metadata": {_NOTE: text}})

    def _asked(self) -> tuple[Vectors, list[RowIds]]:
        """Stored vectors made a little unlike, and the rows that are nearest to each."""
        dice = np.random.default_rng(_SEED)
        count = self._table.count_rows()
        places = np.sort(dice.choice(count, min(_QUESTIONS, count), replace=False))
        drawn = self._table.take_offsets([int(place) for place in places]).select(["vector"])
        questions = _matrix(drawn.to_arrow()["vector"])
        added = dice.standard_normal(questions.shape, dtype=np.float32)
        questions = _unit(questions + _UNLIKE * _unit(added))
        return questions, self._exact(questions)

    def _exact(self, questions: Vectors) -> list[RowIds]:
        """The nearest rows of each question: all vectors are read once."""
        ids = np.zeros((len(questions), 0), dtype=np.uint64)
        likeness = np.zeros((len(questions), 0), dtype=np.float32)
        batches = self._table.search().with_row_id(True).select(["vector"]).limit(None).to_batches()
        for batch in batches:
            here = np.asarray(batch.column("_rowid").to_numpy(), dtype=np.uint64)
            likeness = np.hstack([likeness, questions @ _unit(_matrix(batch.column("vector"))).T])
            ids = np.hstack([ids, np.tile(here, (len(questions), 1))])
            best = np.argsort(-likeness, axis=1)[:, :_TOP]
            likeness = np.take_along_axis(likeness, best, axis=1)
            ids = np.take_along_axis(ids, best, axis=1)
        return list(ids)

    def _recall(self, questions: Vectors, exact: list[RowIds]) -> float:
        shares: list[float] = []
        for question, nearest in zip(questions, exact, strict=True):
            query = self.nearest(question).with_row_id(True).select(["_distance"]).limit(_TOP)
            found = query.to_arrow()["_rowid"].to_numpy()
            shares.append(len(np.intersect1d(found, nearest)) / len(nearest))
        return float(np.mean(shares))


def _matrix(column: Any) -> Vectors:
    """A column of vectors, (rows, width), without a copy if it is in one piece."""
    pieces = column.chunks if hasattr(column, "chunks") else [column]
    width = column.type.list_size
    return np.concatenate([piece.flatten().to_numpy().reshape(-1, width) for piece in pieces])


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, 1e-12)
    return unit
