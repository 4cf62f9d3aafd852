"""The reader's own quality check on rated answers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.adapters.sqlite_history import SqliteHistory
from desktop_rag.adapters.sqlite_ledger import SqliteLedger
from desktop_rag.domain import (
    AskedQuestion,
    Citation,
    OwnCheck,
    PageProgress,
    Rating,
    Scope,
    Span,
)
from desktop_rag.errors import WrongUsage
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.own_check import OwnQuestions
from desktop_rag.services.quality_check import QualityCheck, read_questions
from tests.answers import make_answer
from tests.support import finish

NOTICE = "How much notice must the tenant give to end the lease?"


@pytest.fixture
def store(tmp_path: Path) -> SqliteHistory:
    return SqliteHistory(tmp_path / "history.sqlite3")


@pytest.fixture
def own(sample_assistant: Assistant, store: SqliteHistory) -> OwnQuestions:
    ledger = SqliteLedger(sample_assistant.library_folder / "ledger.sqlite3")
    return OwnQuestions(store, ledger, lambda: sample_assistant.retriever)


def lease(assistant: Assistant) -> str:
    entries = assistant.library.documents()
    return next(e.document.id for e in entries if e.path.name == "Lease 2021.pdf")


def keep(
    store: SqliteHistory,
    rating: Rating,
    *cited: tuple[str, int],
    question: str = NOTICE,
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> None:
    citations = tuple(
        Citation(1, key, Path("/before/Lease 2021.pdf"), (page,), ("2",), "q", (Span(page, 0, 1),))
        for key, page in cited
    )
    answer = replace(make_answer(question, text="x"), citations=citations)
    turn = store.begin("t", AskedQuestion("typed", question, scope, answer, "2024"))
    store.rate(turn.id, rating)


def test_rated_answers_tell_how_often_the_right_page_comes_first(
    own: OwnQuestions, store: SqliteHistory, sample_assistant: Assistant
) -> None:
    document = lease(sample_assistant)
    keep(store, Rating.RIGHT, (document, 4))
    keep(store, Rating.RIGHT, (document, 9999))
    keep(store, Rating.RIGHT)  # rated right, and nothing was to be found
    keep(store, Rating.WRONG, (document, 4))
    keep(store, Rating.NONE, (document, 4))
    steps = own.check()
    seen = []
    try:
        while True:
            seen.append(next(steps))
    except StopIteration as end:
        report = end.value
    assert seen == [PageProgress(0, 2), PageProgress(1, 2), PageProgress(2, 2)]
    assert report == OwnCheck(2, wrong=1, hit_at_1=0.5, hit_at_5=0.5, missed=report.missed)
    assert len(report.missed) == 1


def test_a_page_further_down_counts_among_five_only(
    own: OwnQuestions, store: SqliteHistory, sample_assistant: Assistant
) -> None:
    found = sample_assistant.retriever.retrieve(NOTICE, top=5, evidence=False).passages
    first = {(found[0].chunk.document_id, page) for page in found[0].chunk.pages}
    later = next(
        (passage.chunk.document_id, page)
        for passage in found[1:]
        for page in passage.chunk.pages
        if (passage.chunk.document_id, page) not in first
    )
    keep(store, Rating.RIGHT, later)
    report = finish(own.check())
    assert (report.hit_at_1, report.hit_at_5) == (0.0, 1.0)


def test_without_a_rating_there_is_nothing_to_check(own: OwnQuestions) -> None:
    assert finish(own.check()) == OwnCheck(0, 0, 0.0, 0.0)


def test_a_question_whose_collection_is_gone_does_not_count(
    own: OwnQuestions, store: SqliteHistory
) -> None:
    keep(store, Rating.RIGHT, ("aa", 1), scope=Scope("Gone"))
    keep(store, Rating.RIGHT, ("aa", 1), scope=Scope(document_ids=("feedfeedfeedfeed",)))
    assert finish(own.check()).questions == 0


def test_the_questions_are_exported_as_evaluate_reads_them(
    own: OwnQuestions, store: SqliteHistory, sample_assistant: Assistant, tmp_path: Path
) -> None:
    document = lease(sample_assistant)
    keep(store, Rating.RIGHT, (document, 4), (document, 3))
    keep(store, Rating.RIGHT, (document, 4), scope=Scope("Samples", (document,)))
    keep(store, Rating.WRONG, (document, 1))
    target = tmp_path / "mine.jsonl"
    target.write_text("old")
    assert own.export(target) == 2
    everywhere, within = read_questions(target)
    assert everywhere.grades == {("Lease 2021.pdf", 3): 1, ("Lease 2021.pdf", 4): 1}
    assert (everywhere.text, everywhere.within) == (NOTICE, ())
    assert within.within == ("Lease 2021.pdf",)
    assert [path.name for path in tmp_path.glob("*.jsonl*")] == ["mine.jsonl"]
    check = QualityCheck(sample_assistant.library, sample_assistant.retriever)
    assert finish(check.evaluate([everywhere, within])).hit_at_5 == 1.0
    assert json.loads(target.read_text().splitlines()[0])["id"] == "own-1"


def test_a_place_that_cannot_be_written_is_refused_in_words(
    own: OwnQuestions, tmp_path: Path
) -> None:
    with pytest.raises(WrongUsage, match=r"mine\.jsonl cannot be written"):
        own.export(tmp_path / "nowhere" / "mine.jsonl")
