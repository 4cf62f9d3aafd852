import math
from pathlib import Path

import pytest

from desktop_rag.errors import WrongUsage
from desktop_rag.services.quality_check import metrics, read_questions


def test_a_perfect_ranking_scores_one() -> None:
    grades = {("a.pdf", 1): 2, ("a.pdf", 2): 1}
    ndcg, recall, mrr, precision, hit = metrics([("a.pdf", 1), ("a.pdf", 2)], grades)
    assert (ndcg, recall, mrr, precision, hit) == (1.0, 1.0, 1.0, 0.4, 1.0)


def test_gains_grow_with_the_grade() -> None:
    grades = {("a.pdf", 1): 2, ("a.pdf", 2): 1}
    ndcg = metrics([("a.pdf", 2), ("a.pdf", 1)], grades)[0]
    assert ndcg == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))


def test_a_page_beyond_the_tenth_place_counts_for_recall_alone() -> None:
    ranked = [("b.pdf", n) for n in range(1, 15)] + [("a.pdf", 1)]
    assert metrics(ranked, {("a.pdf", 1): 1}) == (0.0, 1.0, 0.0, 0.0, 0.0)


def test_a_damaged_question_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "1", "question": "Why?", "relevant": []}\n{"id": 2}\n')
    with pytest.raises(WrongUsage, match="line 2"):
        read_questions(file)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "1", "question": null}',
        '{"id": "1", "question": "Why?", "answerable": "false"}',
        '{"id": "1", "question": "Why?", "relevant": [{"path": "a", "page": Infinity}]}',
        '{"id": "1", "question": "Why?", "relevant": [{"path": "a", "page": 1, "grade": 5000}]}',
        '{"id": "1", "question": "Why?", "relevant": [{"path": "a", "page": 1, "grade": -1}]}',
        '{"id": "1", "question": "\\ud800"}',
        '{"id": "1", "question": "a"}\n{"id": "1", "question": "b"}',
        "[" * 100_000,
    ],
)
def test_odd_questions_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "q.jsonl").write_text(line)
    with pytest.raises(WrongUsage):
        read_questions(tmp_path / "q.jsonl")


def test_a_byte_order_mark_and_odd_line_separators_are_read(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('\ufeff{"id": "1", "question": "one\u2028line"}\r\n')
    assert [question.text for question in read_questions(tmp_path / "q.jsonl")] == ["one\u2028line"]
