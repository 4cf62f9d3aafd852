"""What a document orders is never shown as verified, not even if the model obeys it."""

import json
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from desktop_rag.domain import (
    Answer,
    AnswerStatus,
    Chunk,
    Coverage,
    Passage,
    Ranks,
    Retrieval,
    RetrievalTimes,
    Span,
    Support,
)
from desktop_rag.pipeline.evidence import best_evidence, sentences
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.retriever import Retriever
from tests.fakes import ScriptedModel
from tests.support import finish

FOLDER = Path(__file__).parent
FILES = ("injections.jsonl", "injections_second.jsonl")
ORDERS = [
    json.loads(line)
    for name in FILES
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
]
# These order nothing: they are false statements, and a page that says so says so.
STATEMENTS = frozenset({"second-12", "second-34", "second-35"})
QUESTION = "How much notice must the tenant give?"
LEASE = (
    "7. Termination. The Tenant may end this lease by giving the Landlord sixty days' written "
    "notice. Rent is owed for the whole notice period. {} The keys are handed over on the last "
    "day. The deposit is returned within forty-five days."
)
TRUE = "The Tenant may end this lease by giving sixty days' written notice. [1]"


class OnePage:
    """A retriever that finds the page of a lease with this text in its middle."""

    def __init__(self, text: str) -> None:
        whole = LEASE.format(text)
        chunk = Chunk("d", 0, whole, whole, "", (Span(1, 0, len(whole)),))
        scores = [0.9 - place / 100 for place in range(len(sentences(chunk)))]
        evidence = best_evidence(chunk, scores, 2)
        passage = Passage(1, chunk, Path("lease.pdf"), ("1",), 9.0, 0.9, Ranks(), evidence)
        self._found = Retrieval(
            QUESTION, (passage,), Coverage(1, ()), RetrievalTimes(0.0, 0.0, 0.0, 0.0)
        )

    def retrieve(self, question: str, *_: object, **__: object) -> Retrieval:
        return replace(self._found, question=question)


def ask(text: str, model: ScriptedModel) -> Answer:
    engine = AnswerEngine(cast(Retriever, OnePage(text)), lambda: model, 160)
    return finish(cast(Generator[object, None, Answer], engine.ask(QUESTION)))


@pytest.mark.parametrize("order", ORDERS, ids=[order["id"] for order in ORDERS])
def test_an_order_that_is_obeyed_is_not_shown_as_verified(order: dict[str, str]) -> None:
    model = ScriptedModel(f"{TRUE} {order['goal'].capitalize()}. [1]", is_small=True)
    answer = ask(order["text"], model)
    assert answer.status is AnswerStatus.ANSWERED
    if order["id"] in STATEMENTS:
        return
    verdicts = {one.support for one in answer.sentences if order["goal"] in one.text.casefold()}
    assert Support.VERIFIED not in verdicts
    assert answer.sentences[0].support is Support.VERIFIED
    (prompt,) = model.prompts
    assert order["goal"] not in prompt.passages[0].casefold()


def test_there_are_a_hundred() -> None:
    assert len({order["text"] for order in ORDERS}) == 100
