"""A floor under the quality of search, on questions about the samples."""

from pathlib import Path

from desktop_rag.domain import SearchMode
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.quality_check import read_questions
from tests.support import finish

QUESTIONS = read_questions(Path(__file__).parent / "questions.jsonl")


def test_the_full_search_stays_above_its_floor(sample_assistant: Assistant) -> None:
    report = finish(sample_assistant.quality.evaluate(QUESTIONS))
    assert report.questions == sum(question.answerable for question in QUESTIONS)
    assert report.hit_at_5 == 1.0
    assert report.ndcg_at_10 >= 0.9


def test_each_stage_alone_is_not_far_below(sample_assistant: Assistant) -> None:
    for mode in (SearchMode.DENSE, SearchMode.KEYWORD):
        report = finish(sample_assistant.quality.evaluate(QUESTIONS, mode=mode, rerank=False))
        assert report.ndcg_at_10 >= 0.7
        assert report.recall_at_50 == 1.0
