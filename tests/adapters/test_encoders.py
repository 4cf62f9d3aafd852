"""One contract for both kinds of encoders, and the parity of the two on the same model."""

import time
from pathlib import Path

import numpy as np
import pytest

from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker
from desktop_rag.adapters.torch_encoders import TorchEmbedder, TorchReranker
from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import ModelError
from desktop_rag.ports import Embedder, Reranker
from tests.conftest import ROOT

MODELS = ROOT / "resources" / "models"
IDENTITY = ModelIdentity("m", "0" * 64)
QUESTION = "How much notice must the tenant give?"
TEXTS = [
    "The Tenant may end this lease by giving sixty days' written notice.",
    "The Landlord keeps the roof in repair.",
    "Amoxicillin 500 mg by mouth three times a day for five days.",
    "Notice is given in writing and delivered by hand or by recorded post.",
    "Dissolved oxygen stayed above six milligrams a litre.",
    "notice " * 700,
]
# What int8 may change against fp32; measured on these texts: cosine 0.985, rank correlation 0.968.
LEAST_COSINE = 0.97
LEAST_RANK_CORRELATION = 0.9


@pytest.fixture(scope="module", params=["onnx", "torch"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    folder = MODELS / "all-MiniLM-L6-v2"
    if request.param == "onnx":
        return OnnxEmbedder(folder, IDENTITY, 2)
    return TorchEmbedder(folder, IDENTITY, "cpu")


@pytest.fixture(scope="module", params=["onnx", "torch"])
def reranker(request: pytest.FixtureRequest) -> Reranker:
    folder = MODELS / "minilm-l6-reranker"
    if request.param == "onnx":
        return OnnxReranker(folder, IDENTITY, 2)
    return TorchReranker(folder, IDENTITY, "cpu")


class TestEmbedderContract:
    def test_vectors_have_unit_length_and_the_order_of_the_texts(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
        alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
        assert np.allclose(vectors, alone, atol=1e-4)  # whatever else is in the batch

    def test_vectors_are_made_while_others_are_asked_for(self, embedder: Embedder) -> None:
        many = embedder.begin(TEXTS * 20)
        question = embedder.embed([QUESTION])
        while many.wait(0.05) < 1.0:
            pass
        assert np.allclose(many.vectors(), np.tile(embedder.embed(TEXTS), (20, 1)), atol=1e-4)
        assert np.allclose(question, embedder.embed([QUESTION]), atol=1e-4)
        assert embedder.begin([]).wait(0) == 1.0
        assert embedder.begin([]).vectors().shape == (0, embedder.dimension)

    def test_what_is_cancelled_keeps_nobody_waiting(self, embedder: Embedder) -> None:
        begun = embedder.begin([TEXTS[-1]] * 2000)
        begun.cancel()
        started = time.monotonic()
        embedder.embed(TEXTS[:2])
        assert time.monotonic() - started < 5

    def test_near_meanings_are_near(self, embedder: Embedder) -> None:
        question, *vectors = embedder.embed([QUESTION, *TEXTS[:5]])
        assert int(np.argmax(np.array(vectors) @ question)) in (0, 3)

    def test_no_text_gives_no_vector(self, embedder: Embedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dimension)
        assert embedder.count_tokens([]) == []

    def test_tokens_are_counted_without_special_ones_and_add_up(self, embedder: Embedder) -> None:
        one, two, both = embedder.count_tokens(["The lease", "ends.", "The lease ends."])
        assert (one, two, both) == (2, 2, 4)
        assert embedder.count_tokens([TEXTS[-1]]) == [700]
        assert embedder.max_tokens == 256


class TestRerankerContract:
    def test_the_passage_that_answers_comes_first(self, reranker: Reranker) -> None:
        scores = reranker.score(QUESTION, TEXTS)
        assert scores.shape == (len(TEXTS),)
        assert int(np.argmax(scores)) == 0

    def test_no_passage_gives_no_score(self, reranker: Reranker) -> None:
        assert reranker.score(QUESTION, []).shape == (0,)

    def test_very_long_questions_and_passages_are_read_in_part(self, reranker: Reranker) -> None:
        assert np.isfinite(reranker.score("why " * 3000, [TEXTS[-1], ""])).all()


def ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values))


def test_both_embedders_agree_on_the_same_model() -> None:
    folder = MODELS / "all-MiniLM-L6-v2"
    quantised = OnnxEmbedder(folder, IDENTITY, 2).embed(TEXTS)
    exact = TorchEmbedder(folder, IDENTITY, "cpu").embed(TEXTS)
    assert (quantised * exact).sum(axis=1).min() > LEAST_COSINE


def test_both_rerankers_order_alike_on_the_same_model() -> None:
    folder = MODELS / "minilm-l6-reranker"
    texts = [line for text in TEXTS[:5] for line in (text, f"{text} {TEXTS[1]}", text.upper())]
    quantised = OnnxReranker(folder, IDENTITY, 2).score(QUESTION, texts)
    exact = TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, texts)
    correlation = np.corrcoef(ranks(quantised), ranks(exact))[0, 1]
    assert correlation > LEAST_RANK_CORRELATION


@pytest.mark.parametrize("content", [b"", b"not a model", b"\x08\x07" * 500])
def test_a_damaged_graph_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(content)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="does not load"):
        OnnxReranker(tmp_path, IDENTITY, 1)
    with pytest.raises(ModelError, match="does not load"):
        TorchReranker(tmp_path, IDENTITY, "cpu")


def test_a_passage_that_is_too_long_is_scored_by_its_best_part(reranker: Reranker) -> None:
    padding = (
        "The weather on the coast was mild that year, and the harvest came in early. "
        "Many boats were repaired in the harbour before the storms of winter came. "
    ) * 25
    answer = f"{TEXTS[0]} Notice is given in writing. " * 3
    end, middle, nowhere = reranker.score(
        QUESTION, [padding + answer, padding + answer + padding, padding]
    )
    assert end > nowhere + 1
    assert middle > nowhere + 1


def test_a_question_that_is_too_long_leaves_room_for_the_passage(reranker: Reranker) -> None:
    question = QUESTION + " I ask because I live here and have paid the rent." * 100
    good, bad = reranker.score(question, [TEXTS[0], TEXTS[2]])
    assert good > bad
    assert reranker.score(question, []).shape == (0,)
