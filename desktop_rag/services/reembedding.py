"""The vectors of a library made anew by another bi-encoder, beside those that serve meanwhile.

The texts are taken from the table that serves; no document is opened. The new table serves once
the ledger says so, which it does last: whatever happens before leaves the old one as it is.
"""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress

import numpy as np

from desktop_rag.domain import ReembedProgress, ReembedReport
from desktop_rag.errors import DesktopRagError, LibraryError, ModelError
from desktop_rag.ports import ChunkStore, Embedder, Vectors
from desktop_rag.services.index import Index
from desktop_rag.services.upkeep import Upkeep

_BATCH = 512  # passages stored in one commit; what a kill costs
_WAIT_S = 0.2
_MOST_ROUNDS = 100  # each catches up with what came and went during the one before


class Reembedding:
    """Makes the table for the model of the settings, or goes on with it, and lets it serve."""

    def __init__(
        self, index: Index, upkeep: Upkeep, lock: Callable[[], AbstractContextManager[object]]
    ) -> None:
        self._index = index
        self._upkeep = upkeep
        self._lock = lock

    def run(self) -> Generator[ReembedProgress, None, ReembedReport]:
        """As `Library.reembed`."""
        began = time.perf_counter()
        with self._lock():
            self._index.drop_strays()
            change = self._index.change()
            if change is None:
                return ReembedReport(self._index.wanted().name, 0, 0.0, was_due=False)
            self._upkeep.clear_up()
            yield ReembedProgress(change.wanted, 0, 0)  # loading a model takes seconds
            store, embedder = self._index.unfinished()
            making = _Making(self._index.store, store, embedder)
            passages = yield from making.fill()
            self._index.switch()
            with suppress(LibraryError):  # the next who writes drops it
                self._index.drop_strays()
        return ReembedReport(change.wanted, passages, time.perf_counter() - began)


class _Making:
    """The new table, filled from the one that serves, which may lose documents between steps."""

    def __init__(
        self, open_serving: Callable[[], ChunkStore], new: ChunkStore, embedder: Embedder
    ) -> None:
        self._open_serving = open_serving
        self._new = new
        self._embedder = embedder
        self._model = embedder.identity.name

    def fill(self) -> Generator[ReembedProgress, None, int]:
        """Return the number of passages when the new table holds what the other does.

        Nothing comes in between that moment and whatever the caller does next. Raises LibraryError.
        """
        yield from self._drop_changed()
        for _ in range(_MOST_ROUNDS):
            if lacking := self._lacking():
                yield from self._embed_all(lacking)
                continue
            total = len(self._new.chunk_ids())
            yield ReembedProgress(self._model, total, total, indexing=True)
            self._new.compact(purge=True)
            if self._new.vector_index_is_due():
                self._new.build_vector_index()
            if self._is_whole():
                return len(self._new.chunk_ids())
        raise LibraryError(
            "The new index does not become what the old one is; the old one goes on serving.",
            "Run “desktop-rag verify”; if it persists, restore the library from a backup.",
        )

    def _drop_changed(self) -> Generator[ReembedProgress, None, None]:
        """Drop what an earlier run made of documents that were read anew since."""
        held = self._new.chunk_ids()
        for start in range(0, len(held), _BATCH):
            ids = held[start : start + _BATCH]
            now = {chunk.id: chunk for chunk in self._open_serving().chunks(ids)}
            changed = {c.document_id for c in self._new.chunks(ids) if now.get(c.id) != c}
            self._new.delete(sorted(changed))
            yield ReembedProgress(self._model, 0, len(held))

    def _lacking(self) -> list[str]:
        """Ids that the new table lacks, after what it holds too much was taken out."""
        wanted, held = self._open_serving().chunk_ids(), self._new.chunk_ids()
        known = set(wanted)
        odd = {_document_of(key) for key in held if key not in known} | _twice(held)
        self._new.delete(sorted(odd))
        there = {key for key in held if _document_of(key) not in odd}
        return [key for key in wanted if key not in there]

    def _embed_all(self, ids: Sequence[str]) -> Generator[ReembedProgress, None, None]:
        before = len(self._open_serving().chunk_ids()) - len(ids)
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            with closing(self._embed(batch)) as shares:
                for share in shares:
                    done = before + start + int(share * len(batch))
                    yield ReembedProgress(self._model, done, before + len(ids))

    def _embed(self, ids: Sequence[str]) -> Generator[float, None, None]:
        """Make and store the vectors of some passages; yields the share that is done.

        What was removed or read anew since it was taken from the serving table is left out: its
        text must not come back. Between that look and the commit there is no step.
        """
        chunks = self._open_serving().chunks(ids)
        with _model_errors(self._model):
            embedding = self._embedder.begin([chunk.plain_text for chunk in chunks])
        try:
            share = 0.0
            while share < 1.0:
                with _model_errors(self._model):
                    share = embedding.wait(_WAIT_S)
                yield share
            with _model_errors(self._model):
                vectors = _checked(embedding.vectors(), len(chunks))
        finally:
            embedding.cancel()
        now = {chunk.id: chunk for chunk in self._open_serving().chunks(ids)}
        kept = [row for row, chunk in enumerate(chunks) if now.get(chunk.id) == chunk]
        self._new.add([chunks[row] for row in kept], vectors[kept])

    def _is_whole(self) -> bool:
        return sorted(self._new.chunk_ids()) == sorted(self._open_serving().chunk_ids())


def _document_of(chunk_id: str) -> str:
    return chunk_id.rpartition(":")[0]


def _twice(ids: Sequence[str]) -> set[str]:
    """Documents of ids that come more than once."""
    return {_document_of(key) for key, count in Counter(ids).items() if count > 1}


def _checked(vectors: Vectors, count: int) -> Vectors:
    """The vectors. Raises ValueError if they are none."""
    if len(vectors) != count or not np.isfinite(vectors).all():
        raise ValueError("it computed no numbers")
    return vectors


@contextmanager
def _model_errors(name: str) -> Iterator[None]:
    """Engines raise what they like when a model that was loaded does not compute."""
    try:
        yield
    except DesktopRagError:
        raise
    except Exception as error:
        raise ModelError(
            f"The model {name} failed at your documents: {str(error)[:200] or repr(error)}.",
            "Choose another model in the settings; until then all goes on with the one before.",
        ) from error
