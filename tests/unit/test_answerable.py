from pathlib import Path

import pytest

from desktop_rag.domain import (
    Chunk,
    Coverage,
    Evidence,
    Passage,
    Ranks,
    Retrieval,
    RetrievalTimes,
    Span,
)
from desktop_rag.pipeline.answerable import answerability, bears_answer

TEXT = "The rent is 900 euros."


def found(
    relevance: float | None, evidence: float, *, score: float = 6.0, candidates: int = 50
) -> Retrieval:
    span = Span(1, 0, len(TEXT))
    passage = Passage(
        1,
        Chunk("d", 0, TEXT, TEXT, "", (span,)),
        Path("lease.pdf"),
        ("1",),
        score,
        relevance,
        Ranks(),
        (Evidence(span, TEXT, evidence),),
    )
    times = RetrievalTimes(0.0, 0.0, 0.0, 0.0)
    return Retrieval("How much is the rent?", (passage,), Coverage(1, ()), times, candidates)


def test_nothing_found_bears_no_answer() -> None:
    assert not bears_answer(Retrieval("Why?", (), Coverage(0, ()), RetrievalTimes(0, 0, 0, 0)))


def test_a_good_passage_bears_one_and_a_poor_one_does_not() -> None:
    assert bears_answer(found(0.9, 0.9))
    assert not bears_answer(found(0.001, 0.001))
    assert answerability(found(0.9, 0.9)) > answerability(found(0.3, 0.3))


def test_among_few_candidates_standing_out_does_not_count() -> None:
    few = [answerability(found(0.1, 0.1, score=score, candidates=9)) for score in (2.0, 20.0)]
    many = [answerability(found(0.1, 0.1, score=score)) for score in (2.0, 20.0)]
    assert few[0] == few[1]
    assert many[0] < many[1]


def test_among_few_candidates_less_is_asked() -> None:
    between = next(
        one
        for one in (found(place / 1000, place / 1000, candidates=9) for place in range(1, 500))
        if 0.4 <= answerability(one) < 0.5
    )
    assert bears_answer(between)


@pytest.mark.parametrize(("cosine", "is_one"), [(0.5, True), (0.05, False)])
def test_without_the_cross_encoder_the_cosine_decides(cosine: float, is_one: bool) -> None:
    assert bears_answer(found(None, cosine)) is is_one
