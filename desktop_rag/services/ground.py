"""The documents that are looked through, with what reads them, and what was found there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain import Chunk, Hit, LibraryEntry, PageRange
from desktop_rag.pipeline.evidence import locate, sentence_texts, sentences
from desktop_rag.pipeline.fusion import reciprocal_rank_fusion, sigmoid
from desktop_rag.pipeline.keywords import keyword_query
from desktop_rag.pipeline.normalising import searchable
from desktop_rag.ports import ChunkStore, Embedder, Reranker, Vectors
from desktop_rag.services.placing import Placing
from desktop_rag.services.scoping import languages_in

_CHUNKS_AT_A_TIME = 500
_FEWEST_WORDS = 4  # "See above." names nothing


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that may stand in a table: `chunk.text[start:end]`. `score`: its relevance."""

    chunk: Chunk
    start: int
    end: int
    score: float
    reads: str = ""

    @property
    def text(self) -> str:
        """The sentence itself, in one line; `reads` has what leads it in, too."""
        return searchable(self.chunk.text[self.start : self.end])

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in its document."""
        return self.chunk.ordinal, self.start


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows in the order of documents and pages, and the nearest of those that are none.

    Attributes:
        passages: how many there are where it was looked.
        read: how many of them the cross-encoder read, or all if none needed it.
        left_out: rows beyond the most that a table holds.
        holding: ids of the documents in which something was found, also if it is left out.
    """

    rows: tuple[Row, ...]
    nearest: tuple[Row, ...] = ()
    passages: int = 0
    read: int = 0
    left_out: int = 0
    holding: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ground:
    """Documents with text, in the order of the library, and the encoders.

    `embedder` is None if the model of the library is gone: nothing is found by meaning then.
    """

    entries: tuple[LibraryEntry, ...]
    pages: PageRange | None
    store: ChunkStore
    embedder: Embedder | None
    reranker: Reranker
    placing: Placing
    _vectors: dict[str, Vectors] = field(default_factory=dict)

    def chunks(self, entry: LibraryEntry) -> Iterator[list[Chunk]]:
        """The chunks of a document in their order, some hundreds at a time."""
        key, count = entry.document.id, entry.document.chunk_count
        for start in range(0, count, _CHUNKS_AT_A_TIME):
            numbers = range(start, min(start + _CHUNKS_AT_A_TIME, count))
            found = self.store.chunks([f"{key}:{number}" for number in numbers])
            found.sort(key=lambda chunk: chunk.ordinal)
            yield [chunk for chunk in found if self._is_in_pages(chunk.pages)]

    def nearest(self, text: str, top: int, document_ids: Sequence[str]) -> list[Chunk]:
        """The `top` chunks that both first stages together find for `text`, best first."""
        vector = self._vector(text)
        hits: list[Hit] = []
        if vector is not None:
            hits = self.store.dense(vector, top, document_ids, self.pages)
        query = keyword_query(text, languages_in(self.entries))
        words = self.store.keyword(query, vector, top, document_ids, self.pages)
        chunks = {hit.chunk.id: hit.chunk for hit in [*words, *hits]}
        lists = [[hit.chunk.id for hit in hits], [hit.chunk.id for hit in words]]
        return [chunks[key] for key in reciprocal_rank_fusion(lists)[:top]]

    def logits(self, query: str, texts: Sequence[str]) -> list[float]:
        """What the cross-encoder says of each text."""
        return [float(logit) for logit in self.reranker.score(query, texts)] if texts else []

    def relevance(self, query: str, texts: Sequence[str]) -> list[float]:
        """The same, from 0 to 1."""
        return [sigmoid(logit) for logit in self.logits(query, texts)]

    def rows(self, chunk: Chunk) -> list[Row]:
        """The chunk's sentences of four words and more, not compared with anything yet."""
        both = zip(sentences(chunk), sentence_texts(chunk), strict=True)
        return [
            Row(chunk, start, end, 0.0, text)
            for (start, end), text in both
            if len(chunk.text[start:end].split()) >= _FEWEST_WORDS
            and self._is_in_pages([span.page for span, _ in locate(chunk, start, end)])
        ]

    def _vector(self, text: str) -> Vectors | None:
        if self.embedder is None:
            return None
        if text not in self._vectors:
            self._vectors[text] = self.embedder.embed_question(text)
        return self._vectors[text]

    def _is_in_pages(self, numbers: Sequence[int]) -> bool:
        if self.pages is None:
            return True
        return any(self.pages.first <= number <= self.pages.last for number in numbers)
