"""The table that serves, and beside it the one in the making, which must not keep what it loses."""

from collections.abc import Callable, Sequence

from desktop_rag.domain import Chunk, Hit, IndexQuality, PageRange
from desktop_rag.errors import LibraryError
from desktop_rag.ports import ChunkStore, Vectors


class Mirroring:
    """A `ports.ChunkStore`: the one that serves. What is taken out of it leaves the other too.

    `beside` gives the other, if there is one, and `give_up` drops it: if something cannot be taken
    out of it, it is made anew. It comes first each time, so that a crash in between leaves what
    the next start finds in the one that serves.
    """

    def __init__(
        self,
        serving: ChunkStore,
        beside: Callable[[], ChunkStore | None],
        give_up: Callable[[], None],
    ) -> None:
        self._serving = serving
        self._beside = beside
        self._give_up = give_up

    @property
    def was_mended(self) -> bool:
        return self._serving.was_mended

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        self._serving.add(chunks, vectors)

    def replace(self, document_id: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        self._there(lambda other: other.delete([document_id]))
        self._serving.replace(document_id, chunks, vectors)

    def delete(self, document_ids: Sequence[str]) -> None:
        self._there(lambda other: other.delete(document_ids))
        self._serving.delete(document_ids)

    def settle(self) -> None:
        self._serving.settle()

    def compact(self, *, purge: bool) -> None:
        if purge:
            self._there(lambda other: other.compact(purge=True))
        self._serving.compact(purge=purge)

    def vector_index_is_due(self) -> bool:
        return self._serving.vector_index_is_due()

    def build_vector_index(self) -> None:
        self._serving.build_vector_index()

    def vector_index_quality(self) -> IndexQuality | None:
        return self._serving.vector_index_quality()

    def dense(
        self,
        vector: Vectors,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        return self._serving.dense(vector, top, document_ids, pages)

    def keyword(
        self,
        question: str,
        vector: Vectors | None,
        top: int,
        document_ids: Sequence[str] | None,
        pages: PageRange | None = None,
    ) -> list[Hit]:
        return self._serving.keyword(question, vector, top, document_ids, pages)

    def chunk_counts(self) -> dict[str, int]:
        return self._serving.chunk_counts()

    def chunk_ids(self) -> list[str]:
        return self._serving.chunk_ids()

    def chunks(self, ids: Sequence[str]) -> list[Chunk]:
        return self._serving.chunks(ids)

    def _there(self, act: Callable[[ChunkStore], None]) -> None:
        try:
            other = self._beside()
            if other is not None:
                act(other)
        except LibraryError:
            self._give_up()
