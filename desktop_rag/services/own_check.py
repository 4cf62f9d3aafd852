"""The reader's own quality check: answers rated right become questions with known pages."""

import json
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from desktop_rag.domain import LibraryEntry, OwnCheck, PageProgress, Passage, Rating, Scope, Turn
from desktop_rag.errors import UnknownCollection, UnknownDocument, WrongUsage
from desktop_rag.ports import ConversationStore, Ledger
from desktop_rag.privacy.permissions import write_private
from desktop_rag.services.retriever import Retriever

_DEPTH = 5
Page = tuple[str, int]


class OwnQuestions:
    """Asks the questions again whose answers the reader has found right.

    The pages that such an answer cites are those that a search for its question should find. An
    answer without a citation ("the documents do not say") names no page and is left out.
    """

    def __init__(
        self, store: ConversationStore, ledger: Ledger, open_retriever: Callable[[], Retriever]
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._open_retriever = open_retriever

    def check(self) -> Generator[PageProgress, None, OwnCheck]:
        """Search for each question (`done` of `total` are searched) and say how many pages hit.

        A question whose collection or documents are gone cannot be asked and does not count.
        """
        turns = self._right()
        ranks: list[int | None] = []
        missed: list[str] = []
        for number, turn in enumerate(turns, start=1):
            yield PageProgress(number - 1, len(turns))
            try:
                found = self._open_retriever().retrieve(
                    turn.searched, turn.scope, top=_DEPTH, evidence=False
                )
            except (UnknownCollection, UnknownDocument):
                continue
            rank = _rank(found.passages, _cited_pages(turn))
            ranks.append(rank)
            if rank is None:
                missed.append(turn.searched)
        yield PageProgress(len(turns), len(turns))
        return OwnCheck(
            questions=len(ranks),
            wrong=len(self._store.turns_rated(Rating.WRONG)),
            hit_at_1=sum(rank == 1 for rank in ranks) / len(ranks) if ranks else 0.0,
            hit_at_5=sum(rank is not None for rank in ranks) / len(ranks) if ranks else 0.0,
            missed=tuple(missed),
        )

    def export(self, target: Path) -> int:
        """Write the questions as `evaluate` reads them (JSON Lines); returns how many.

        Raises WrongUsage if the file cannot be written; an older one is then as it was.
        """
        entries = self._ledger.entries()
        turns = self._right()
        lines = [json.dumps(_question(turn, entries)) + "\n" for turn in turns]
        try:
            write_private(target, "".join(lines))
        except OSError as error:
            raise WrongUsage(
                f"{target.name} cannot be written there: {error.strerror}.",
                "Choose another place, or free some space on the disk.",
            ) from error
        return len(turns)

    def _right(self) -> list[Turn]:
        """Those that passages answer: a table of two hundred places tells nothing of a search."""
        return [
            turn
            for turn in self._store.turns_rated(Rating.RIGHT)
            if turn.answer.citations and turn.answer.survey is None
        ]


def _cited_pages(turn: Turn) -> set[Page]:
    return {
        (citation.document_id, page)
        for citation in turn.answer.citations
        for page in citation.pages
    }


def _rank(passages: Sequence[Passage], pages: set[Page]) -> int | None:
    """The place, from 1, of the first passage that stands on one of the pages."""
    for rank, passage in enumerate(passages, start=1):
        if any((passage.chunk.document_id, page) in pages for page in passage.chunk.pages):
            return rank
    return None


def _question(turn: Turn, entries: Sequence[LibraryEntry]) -> dict[str, object]:
    """The question as a line of `evaluate`, with documents by the file names they have now."""
    names = {entry.document.id: entry.path.name for entry in entries}
    names |= {
        citation.document_id: citation.path.name
        for citation in turn.answer.citations
        if citation.document_id not in names
    }
    return {
        "id": f"own-{turn.id}",
        "question": turn.searched,
        "within": _within(turn.scope, entries),
        "relevant": [
            {"path": names[document_id], "page": page, "grade": 1}
            for document_id, page in sorted(_cited_pages(turn))
        ],
        "answers": [],
        "answerable": True,
    }


def _within(scope: Scope, entries: Sequence[LibraryEntry]) -> list[str]:
    """File names of the documents in the scope; none, which means everywhere, for all of them."""
    if scope == Scope():
        return []
    return sorted(
        {
            file.path.name
            for entry in entries
            if not scope.document_ids or entry.document.id in scope.document_ids
            for file in entry.files
            if scope.collection in (None, file.collection)
        }
    )
