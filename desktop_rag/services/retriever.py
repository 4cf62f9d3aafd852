"""The two-stage search: first stages over the whole scope, a cross-encoder over the best 50."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop_rag.domain import (
    FoundBy,
    Hit,
    LibraryEntry,
    PageRange,
    Passage,
    Ranks,
    Retrieval,
    RetrievalTimes,
    Scope,
    SearchMode,
)
from desktop_rag.errors import EmbedderMismatch, LibraryError
from desktop_rag.pipeline.alike import distinct_first
from desktop_rag.pipeline.evidence import best_evidence, sentence_texts
from desktop_rag.pipeline.fusion import (
    FusionWeights,
    fuse_scores,
    reciprocal_rank_fusion,
    sigmoid,
    with_neighbours,
)
from desktop_rag.pipeline.hiding import with_marks
from desktop_rag.pipeline.identifiers import identifiers, shares_found
from desktop_rag.pipeline.keywords import is_question, keyword_query
from desktop_rag.ports import ChunkStore, Embedder, Ledger, Reranker, Vectors
from desktop_rag.services.index import Serving
from desktop_rag.services.placing import Placing
from desktop_rag.services.recent import RecentSearches
from desktop_rag.services.scoping import coverage_of, entries_in, languages_in

CANDIDATES = 50
_KEYWORD_DEPTH = 100  # so that more of what the dense stage found has its own BM25 score
_EVIDENCE_PASSAGES = 5
_EVIDENCE_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    ranks: Ranks
    keyword_score: float
    score: float = 0.0
    logit: float = 0.0
    relevance: float | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question, its vector, and the languages of the documents that it is asked of."""

    question: str
    vector: Vectors | None
    languages: tuple[str, ...]


class Retriever:
    """Finds passages. Reads a committed version of the library and waits for no writer."""

    def __init__(
        self,
        ledger: Ledger,
        serving: Callable[[], Serving],
        load_reranker: Callable[[], Reranker],
        weights: FusionWeights = FusionWeights(),  # noqa: B008 - frozen
    ) -> None:
        self._ledger = ledger
        self._serving = serving
        self._load_reranker = load_reranker
        self._weights = weights
        self._recent = RecentSearches()

    def retrieve(
        self,
        question: str,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        *,
        top: int = CANDIDATES,
        mode: SearchMode = SearchMode.HYBRID,
        rerank: bool = True,
        evidence: bool = True,
    ) -> Retrieval:
        """The best `top` passages (50 at most). Raises UnknownDocument, UnknownCollection.

        The same search in an unchanged library is not made again: its times are those of looking.
        """
        started = time.perf_counter()
        version = self._ledger.version()
        search = (question, scope, top, mode, rerank, evidence)
        known = self._recent.get(version, search)
        if known is not None:
            taken = 1000 * (time.perf_counter() - started)
            return replace(known, milliseconds=RetrievalTimes(0.0, taken, 0.0, taken))
        while True:
            serving = self._serving()
            try:
                found = self._search(serving, *search)
            except LibraryError:
                if self._serving() is serving:
                    raise
                continue  # its table was dropped meanwhile: another serves
            if self._serving() is serving:
                self._recent.put(version, search, found)
                return found

    def entries_in(self, scope: Scope) -> list[LibraryEntry]:
        """The documents that a search looks into. Raises as `retrieve`."""
        return entries_in(self._ledger, scope)

    def _search(
        self,
        serving: Serving,
        question: str,
        scope: Scope,
        top: int,
        mode: SearchMode,
        rerank: bool,
        evidence: bool,
    ) -> Retrieval:
        started = time.perf_counter()
        entries = entries_in(self._ledger, scope)
        embedder = embedder_if_here(serving, mode)
        vector = None if embedder is None else embedder.embed_question(question)
        mode = SearchMode.KEYWORD if vector is None else mode
        embedded = time.perf_counter()
        within = None if scope.is_everywhere else [entry.document.id for entry in entries]
        asked = _Asked(question, vector, languages_in(entries))
        candidates = self._first_stage(serving.store, asked, mode, within, scope.pages)
        searched = time.perf_counter()
        ordered = self._ordered(question, candidates, mode, rerank)
        passages = distinct_first(self._passages(ordered, entries))[:top]
        if evidence:
            passages = self._with_evidence(question, vector, passages, None if rerank else embedder)
        ended = time.perf_counter()
        times = RetrievalTimes(
            embed=1000 * (embedded - started),
            search=1000 * (searched - embedded),
            rerank=1000 * (ended - searched),
            total=1000 * (ended - started),
        )
        coverage = replace(coverage_of(entries), by_words_only=embedder is None)
        found_by = FoundBy(
            None if embedder is None else embedder.identity,
            self._load_reranker().identity if rerank and candidates else None,
        )
        return Retrieval(question, tuple(passages), coverage, times, len(candidates), found_by)

    def _first_stage(
        self,
        store: ChunkStore,
        asked: _Asked,
        mode: SearchMode,
        document_ids: Sequence[str] | None,
        pages: PageRange | None,
    ) -> list[_Candidate]:
        dense: list[Hit] = []
        keyword: list[Hit] = []
        vector = asked.vector
        if vector is not None and mode is not SearchMode.KEYWORD:
            dense = store.dense(vector, CANDIDATES, document_ids, pages)
        if mode is not SearchMode.DENSE:
            query = keyword_query(asked.question, asked.languages)
            keyword = store.keyword(query, vector, _KEYWORD_DEPTH, document_ids, pages)
        least = 0.0 if len(keyword) < _KEYWORD_DEPTH else keyword[-1].score  # where BM25 has none
        hits = {hit.chunk.id: hit for hit in (*keyword, *dense)}
        dense_ranks = {hit.chunk.id: rank for rank, hit in enumerate(dense, start=1)}
        keyword_ranks = {hit.chunk.id: rank for rank, hit in enumerate(keyword, start=1)}
        keyword_scores = {hit.chunk.id: hit.score for hit in keyword}
        best = [list(dense_ranks), list(keyword_ranks)[:CANDIDATES]]
        fused = reciprocal_rank_fusion(best)[:CANDIDATES]
        return [
            _Candidate(
                hit=hits[key],
                ranks=Ranks(dense_ranks.get(key), keyword_ranks.get(key), rank),
                keyword_score=keyword_scores.get(key, least),
            )
            for rank, key in enumerate(fused, start=1)
        ]

    def _ordered(
        self, question: str, candidates: Sequence[_Candidate], mode: SearchMode, rerank: bool
    ) -> list[_Candidate]:
        """Final order: the stages' scores fused, so that a strong first stage is never lost."""
        if not candidates:
            return []
        stages: list[tuple[float, Sequence[float]]] = []
        if mode is not SearchMode.KEYWORD:
            stages.append((self._weights.dense, [c.hit.cosine for c in candidates]))
        if mode is not SearchMode.DENSE:
            stages.append((self._weights.keyword, [c.keyword_score for c in candidates]))
        scored = list(candidates)
        if rerank:
            scored = self._reranked(question, candidates)
            asked = is_question(question)
            weight = self._weights.rerank if asked else self._weights.rerank_statement
            stages.append((weight, [c.logit for c in scored]))
        totals = fuse_scores(stages)
        if rerank:  # the first stages alone gain nothing by it
            places = [(c.hit.chunk.document_id, c.hit.chunk.ordinal) for c in candidates]
            totals = with_neighbours(totals, places, self._weights.neighbour)
        if mode is not SearchMode.DENSE:
            texts = [candidate.hit.chunk.searchable for candidate in candidates]
            shares = shares_found(identifiers(question), texts)
            totals = totals + fuse_scores([(self._weights.exact, shares)])
        order = sorted(range(len(scored)), key=lambda index: -totals[index])
        return [replace(scored[index], score=float(totals[index])) for index in order]

    def _reranked(self, question: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """The candidates, in their order, with what the cross-encoder says of each."""
        texts = [candidate.hit.chunk.titled_text for candidate in candidates]
        logits = self._load_reranker().score(question, texts)
        places = {int(i): rank for rank, i in enumerate(np.argsort(-logits), start=1)}
        return [
            replace(
                candidate,
                ranks=replace(candidate.ranks, rerank=places[index]),
                logit=float(logits[index]),
                relevance=sigmoid(float(logits[index])),
            )
            for index, candidate in enumerate(candidates)
        ]

    def _passages(
        self, ordered: Sequence[_Candidate], entries: Sequence[LibraryEntry]
    ) -> list[Passage]:
        placing = Placing(self._ledger, entries)
        passages: list[Passage] = []
        for candidate in ordered:
            chunk = candidate.hit.chunk
            if not placing.knows(chunk.document_id):
                continue  # removed since the index was read
            placed = placing.passage(chunk, len(passages) + 1, candidate.relevance)
            passages.append(replace(placed, score=candidate.score, ranks=candidate.ranks))
        return passages

    def _with_evidence(
        self,
        question: str,
        vector: Vectors | None,
        passages: list[Passage],
        embedder: Embedder | None,
    ) -> list[Passage]:
        """The best passages with their best sentences, all scored at once.

        The bi-encoder scores them (cosine), or the cross-encoder if there is none.
        """
        best, rest = passages[:_EVIDENCE_PASSAGES], passages[_EVIDENCE_PASSAGES:]
        groups = [sentence_texts(passage.chunk) for passage in best]
        texts = [text for group in groups for text in group]
        if embedder is None or vector is None:
            logits = self._load_reranker().score(question, texts)
            scores = iter([sigmoid(float(logit)) for logit in logits])
        else:
            scores = iter([float(score) for score in embedder.embed(texts) @ vector])
        filled = [
            with_marks(
                replace(
                    passage,
                    evidence=best_evidence(
                        passage.chunk, [next(scores) for _ in group], _EVIDENCE_SENTENCES
                    ),
                )
            )
            for passage, group in zip(best, groups, strict=True)
        ]
        return [*filled, *rest]


def embedder_if_here(serving: Serving, mode: SearchMode) -> Embedder | None:
    """None if the library's model is gone. Raises EmbedderMismatch if `mode` needs it."""
    try:
        return serving.embedder()
    except EmbedderMismatch:
        if mode is SearchMode.DENSE:
            raise
        return None
