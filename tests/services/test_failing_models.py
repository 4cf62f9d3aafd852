"""Whatever becomes of the language model, the reader gets the evidence, and is told why."""

from collections.abc import Callable

import pytest

from desktop_rag.domain import Answer, AnswerNote, AnswerStatus, EvidenceFound, TextWritten
from desktop_rag.errors import ModelAltered, ModelError, ModelFailed, ModelMissing, ModelTooLarge
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.budget import RESERVE_BYTES
from tests.fakes import ModelThatDies, ScriptedModel
from tests.support import finish

NOTICE = "How much notice must the tenant give to end the lease?"
RIGHT = "The Tenant gives the Landlord sixty days' written notice."
FAILURES = [
    (ModelMissing("It is not complete.", "Fetch it."), AnswerNote.MODEL_MISSING),
    (ModelAltered("It is not what it should be.", "Import it."), AnswerNote.MODEL_UNUSABLE),
    (ModelError("It does not load.", "Verify it."), AnswerNote.MODEL_UNUSABLE),
    (ModelTooLarge("It needs more.", "Close programs."), AnswerNote.OUT_OF_MEMORY),
    (ModelFailed("It ended.", "Ask again."), AnswerNote.MODEL_FAILED),
    (MemoryError(), AnswerNote.OUT_OF_MEMORY),
]


def is_the_evidence(answer: Answer) -> bool:
    return (
        answer.status is AnswerStatus.EVIDENCE_ONLY
        and "sixty (60) days" in answer.text
        and answer.model is None
        and answer.writing is None
        and bool(answer.citations)
    )


@pytest.mark.parametrize(("error", "note"), FAILURES, ids=lambda one: type(one).__name__)
def test_a_model_that_dies_while_loading_leaves_the_evidence(
    sample_assistant: Assistant, error: Exception, note: AnswerNote
) -> None:
    def load() -> ScriptedModel:
        raise error

    steps = AnswerEngine(sample_assistant.retriever, load, 160).ask(NOTICE)
    assert isinstance(next(steps), EvidenceFound)
    answer = finish(steps)
    assert is_the_evidence(answer)
    assert answer.note is note
    assert str(error) in answer.detail


@pytest.mark.parametrize(("error", "note"), FAILURES, ids=lambda one: type(one).__name__)
def test_a_model_that_dies_after_three_words_leaves_the_evidence_and_is_loaded_anew(
    sample_assistant: Assistant, error: Exception, note: AnswerNote
) -> None:
    models = [ModelThatDies(error), ScriptedModel(RIGHT)]
    waiting = list(models)
    engine = AnswerEngine(sample_assistant.retriever, lambda: waiting.pop(0), 160)
    answer = finish(engine.ask(NOTICE))
    assert is_the_evidence(answer)
    assert answer.note is note
    assert models[0].closed
    second = finish(engine.ask(NOTICE))
    assert second.status is AnswerStatus.ANSWERED
    assert second.note is AnswerNote.NONE
    assert not models[1].closed


def test_quotes_alone_need_no_model(sample_assistant: Assistant) -> None:
    def load() -> ScriptedModel:
        raise AssertionError("no model is to be loaded")

    engine = AnswerEngine(sample_assistant.retriever, load, 160, quoted=True)
    answer = finish(engine.ask(NOTICE))
    assert is_the_evidence(answer)
    assert answer.note is AnswerNote.QUOTED


def free(*bytes_: int | None) -> Callable[[], int | None]:
    told = list(bytes_)
    return lambda: told.pop(0) if len(told) > 1 else told[0]


@pytest.mark.parametrize(
    ("bytes_", "loads"),
    [(RESERVE_BYTES - 1, 2), (RESERVE_BYTES, 1), (None, 1)],
    ids=["short", "enough", "unknown"],
)
def test_the_model_is_let_go_when_memory_is_short_and_loaded_for_the_next_question(
    sample_assistant: Assistant, bytes_: int | None, loads: int
) -> None:
    models: list[ScriptedModel] = []

    def load() -> ScriptedModel:
        models.append(ScriptedModel(RIGHT))
        return models[-1]

    engine = AnswerEngine(sample_assistant.retriever, load, 160, free_memory=free(bytes_))
    for _ in range(2):
        assert finish(engine.ask(NOTICE)).status is AnswerStatus.ANSWERED
    assert len(models) == loads
    assert models[0].closed is (loads == 2)


def test_an_idle_model_is_let_go_when_memory_becomes_short(sample_assistant: Assistant) -> None:
    model = ScriptedModel(RIGHT)
    memory = free(RESERVE_BYTES, RESERVE_BYTES - 1)
    engine = AnswerEngine(sample_assistant.retriever, lambda: model, 160, free_memory=memory)
    finish(engine.ask(NOTICE))
    assert not model.closed
    engine.rest()
    assert model.closed


def test_a_stopped_model_stays_warm(sample_assistant: Assistant) -> None:
    model = ScriptedModel(RIGHT)
    engine = AnswerEngine(sample_assistant.retriever, lambda: model, 160)
    steps = engine.ask(NOTICE)
    while not isinstance(next(steps), TextWritten):
        pass
    steps.close()
    assert model.stopped
    assert not model.closed
