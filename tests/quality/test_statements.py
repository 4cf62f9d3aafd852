"""Floors under the check of an answer's sentences; `benchmarks/statements.py` prints the tables."""

import json
from pathlib import Path

import pytest

from desktop_rag.domain import Chunk, Passage, Ranks, Span, Support
from desktop_rag.pipeline.citing import check_answer

FOLDER = Path(__file__).parent
FIRST, SECOND, THIRD = "statements.jsonl", "statements_second.jsonl", "statements_third.jsonl"


def is_verified(statement: str, text: str) -> bool:
    chunk = Chunk("d", 0, text, text, "", (Span(1, 0, len(text)),))
    passage = Passage(1, chunk, Path("a.pdf"), ("1",), 1.0, 0.9, Ranks())
    return all(one.support is Support.VERIFIED for one in check_answer(statement, [passage], 1))


@pytest.mark.parametrize(
    ("file", "part", "least_caught", "least_kept"),
    [
        (FIRST, "dev", 0.95, 0.85),
        (FIRST, "held", 0.95, 0.85),
        (SECOND, "dev", 0.95, 0.75),
        (SECOND, "held", 0.85, 0.62),  # what is reached, not what is asked (decision 015)
        (THIRD, "judged", 0.95, 0.55),
    ],
)
def test_contradictions_are_caught_and_paraphrases_kept(
    file: str, part: str, least_caught: float, least_kept: float
) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    lines = [line for line in map(json.loads, text.splitlines()) if line["id"].startswith(part)]
    assert len(lines) >= 100
    caught = sum(not is_verified(line["contradiction"], line["passage"]) for line in lines)
    kept = sum(is_verified(line["faithful"], line["passage"]) for line in lines)
    assert caught >= least_caught * len(lines)
    assert kept >= least_kept * len(lines)
