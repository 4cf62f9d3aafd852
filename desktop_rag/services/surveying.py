"""Questions about whole documents: everything in scope is looked through, and rows are quoted."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from desktop_rag.domain import (
    Answer,
    AnswerTimes,
    LibraryEntry,
    Scope,
    SearchMode,
    SurveyProgress,
    WholeKind,
)
from desktop_rag.pipeline.sought import has_words, sought_by
from desktop_rag.pipeline.whole_questions import WholeQuestion
from desktop_rag.ports import Ledger, Reranker
from desktop_rag.services.ground import Finding, Ground
from desktop_rag.services.index import Serving
from desktop_rag.services.placing import Placing
from desktop_rag.services.retriever import embedder_if_here
from desktop_rag.services.scoping import coverage_of, entries_in
from desktop_rag.services.summarising import summaries
from desktop_rag.services.survey_documents import documents_holding
from desktop_rag.services.survey_places import places_holding
from desktop_rag.services.tabulating import tabulated


class Surveying:
    """Looks through documents without a language model; all that it answers is quoted."""

    def __init__(
        self,
        ledger: Ledger,
        serving: Callable[[], Serving],
        load_reranker: Callable[[], Reranker],
    ) -> None:
        self._ledger = ledger
        self._serving = serving
        self._load_reranker = load_reranker

    def look_through(
        self, question: str, asked: WholeQuestion, scope: Scope
    ) -> Generator[SurveyProgress, None, Answer]:
        """Yield progress; return a table as an answer.

        Closing it stops it between two steps, each a fraction of a second. Raises UnknownDocument
        and UnknownCollection as `Retriever.retrieve`, and WrongUsage for a summary of too many
        documents.
        """
        started = time.perf_counter()
        entries = _named(entries_in(self._ledger, scope), asked.within)
        ground = self._ground(entries, scope)
        finding = yield from _finding(asked, ground)
        coverage = replace(coverage_of(entries), by_words_only=ground.embedder is None)
        taken = 1000 * (time.perf_counter() - started)
        times = AnswerTimes(retrieve=taken, first_token=None, total=taken)
        return tabulated(question, asked, ground, finding, coverage, times)

    def _ground(self, entries: Sequence[LibraryEntry], scope: Scope) -> Ground:
        serving = self._serving()
        readable = tuple(
            entry for entry in entries if entry.document.searchable and entry.document.chunk_count
        )
        return Ground(
            entries=readable,
            pages=scope.pages,
            store=serving.store,
            embedder=embedder_if_here(serving, SearchMode.HYBRID),
            reranker=self._load_reranker(),
            placing=Placing(self._ledger, readable),
        )


def _finding(asked: WholeQuestion, ground: Ground) -> Generator[SurveyProgress, None, Finding]:
    if asked.kind is WholeKind.SUMMARY:
        return (yield from summaries(ground))
    sought = sought_by(asked)
    if asked.of_documents:
        return (yield from documents_holding(sought, ground))
    return (yield from places_holding(sought, ground))


def _named(entries: list[LibraryEntry], within: str) -> list[LibraryEntry]:
    """Those whose file bears the name that the question gives (“the lease”); all if none does."""
    named = [entry for entry in entries if any(has_words(within, f.path.stem) for f in entry.files)]
    return named or entries
