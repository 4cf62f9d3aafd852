"""llama.cpp on the bundled model."""

from pathlib import Path

import pytest

from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.domain import Example, ModelIdentity, Prompt
from desktop_rag.errors import ModelError
from tests.conftest import ROOT

FILE = ROOT / "resources/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
IDENTITY = ModelIdentity("smollm2", "0" * 64)
EXAMPLES = (
    Example(
        "The Hirer pays 300 euros within ten days of signing. It is returned after the hire ends.",
        "When must the sum be paid?",
        "The sum must be paid within ten days of signing.",
    ),
    Example(
        "Adults with mild symptoms should rest. A fever for three days needs a visit.",
        "What should adults with mild symptoms do?",
        "Adults with mild symptoms should rest.",
    ),
)
PROMPT = Prompt(
    instructions="Answer from the passage in one sentence.",
    examples=EXAMPLES,
    passages=("The deposit is 9,600 crowns and is paid before the keys are received.",),
    question="How much is the deposit?",
)


@pytest.fixture(scope="module")
def model() -> LlamaCppModel:
    return LlamaCppModel(FILE, IDENTITY, threads=2)


def test_it_answers_from_the_passage_and_the_same_each_time(model: LlamaCppModel) -> None:
    first = "".join(model.write(PROMPT, max_tokens=40))
    assert "9,600" in first
    assert "".join(model.write(PROMPT, max_tokens=40)) == first


def test_it_knows_its_size_and_counts_with_its_own_template(model: LlamaCppModel) -> None:
    assert model.is_small
    assert model.context_tokens == 4096
    longer = Prompt(PROMPT.instructions, PROMPT.examples, PROMPT.passages * 2, PROMPT.question)
    assert 0 < model.count_tokens(PROMPT) < model.count_tokens(longer)


def test_closing_the_stream_leaves_it_ready_for_the_next(model: LlamaCppModel) -> None:
    stream = model.write(PROMPT, max_tokens=40)
    next(iter(stream))
    stream.close()  # type: ignore[attr-defined]
    assert "9,600" in "".join(model.write(PROMPT, max_tokens=40))


@pytest.mark.parametrize("content", [b"", b"GGUF", b"GGUF" + b"\xff" * 400, b"MZ" * 100])
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.gguf").write_bytes(content)
    with pytest.raises(ModelError, match="does not load"):
        LlamaCppModel(tmp_path / "m.gguf", IDENTITY, threads=1)
