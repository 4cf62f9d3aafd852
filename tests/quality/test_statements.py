"""Floors under the check of an answer's sentences; `benchmarks/statements.py` prints the tables."""

import json
from pathlib import Path

import pytest

from desktop_rag.domain import Chunk, Passage, Ranks, Span, Support
from desktop_rag.pipeline.citing import check_answer

FILE = Path(__file__).parent / "statements.jsonl"
LINES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def is_verified(statement: str, text: str) -> bool:
    chunk = Chunk("d", 0, text, text, "", (Span(1, 0, len(text)),))
    passage = Passage(1, chunk, Path("a.pdf"), ("1",), 1.0, 0.9, Ranks())
    return all(one.support is Support.VERIFIED for one in check_answer(statement, [passage], 1))


@pytest.mark.parametrize("part", ["dev", "held"])
def test_contradictions_are_caught_and_paraphrases_kept(part: str) -> None:
    lines = [line for line in LINES if line["id"].startswith(part)]
    assert len(lines) >= 100
    caught = sum(not is_verified(line["contradiction"], line["passage"]) for line in lines)
    kept = sum(is_verified(line["faithful"], line["passage"]) for line in lines)
    assert caught >= 0.95 * len(lines)
    assert kept >= 0.85 * len(lines)
