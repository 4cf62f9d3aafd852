"""Encoders of many kinds on their way in: tiny ones of random weights, and those of the program."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import helper
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    ElectraConfig,
    ElectraForSequenceClassification,
    MPNetConfig,
    MPNetForSequenceClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
)

from desktop_rag.adapters import encoder_graph, encoder_import
from desktop_rag.adapters.encoder_import import EncoderImport, read_samples
from desktop_rag.adapters.encoder_settings import embedder_settings
from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker, logits_of
from desktop_rag.adapters.rank_correlation import spearman
from desktop_rag.adapters.torch_encoders import TorchEmbedder, TorchReranker
from desktop_rag.domain import (
    EncoderGraph,
    ImportProgress,
    ModelIdentity,
    ModelRole,
    PreparedEncoder,
    ScoreScale,
)
from desktop_rag.errors import ModelError
from tests.conftest import ROOT
from tests.support import finish

MODELS = ROOT / "resources" / "models"
GRAPH = next((MODELS / "minilm-l6-reranker" / "onnx").iterdir()).name
IDENTITY = ModelIdentity("m", "0" * 64)
SAMPLES = read_samples(ROOT / "resources" / "agreement.toml")
QUESTION, TEXTS = SAMPLES.questions[0], list(SAMPLES.passages)
SMALL = {
    "vocab_size": 30522,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 514,
    "num_labels": 1,
    "pad_token_id": 0,
}
FAMILIES = {
    "bert": (BertForSequenceClassification, BertConfig),
    "electra": (ElectraForSequenceClassification, ElectraConfig),
    "roberta": (RobertaForSequenceClassification, RobertaConfig),
    "xlm-roberta": (XLMRobertaForSequenceClassification, XLMRobertaConfig),
    "mpnet": (MPNetForSequenceClassification, MPNetConfig),
}


def with_tokenizer(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(MODELS / "minilm-l6-reranker" / name, folder / name)


def spread(model: torch.nn.Module, factor: float = 4) -> None:
    """Random weights that differ enough for what comes out to differ."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "LayerNorm" not in name:
                weight.mul_(factor)


def cross_encoder(folder: Path, family: str = "bert", **changes: Any) -> Path:
    """A cross-encoder of two layers, 32 wide, with the bundled one's vocabulary."""
    kind, config = FAMILIES[family]
    more = {"embedding_size": 32} if family == "electra" else {}
    torch.manual_seed(5)
    model = kind(config(**{**SMALL, **more, **changes})).eval()
    spread(model, 12)
    with_tokenizer(folder)
    model.save_pretrained(folder)
    if model.config.num_labels == 1:
        centre(model, TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, TEXTS))
        model.save_pretrained(folder)
    return folder


def centre(model: Any, logits: np.ndarray) -> None:
    """Logits around 0 and 3 apart, as those of a model that was trained."""
    last = getattr(model.classifier, "out_proj", model.classifier)
    with torch.no_grad():
        last.weight.mul_(3 / float(logits.std()))
        last.bias.fill_(-3 * float(logits.mean() / logits.std()))


def bi_encoder(folder: Path, pooling: str, prompts: dict[str, str] | None = None) -> Path:
    """A bi-encoder of two layers, 32 wide, as sentence-transformers would have saved it."""
    torch.manual_seed(5)
    model = BertModel(BertConfig(**SMALL)).eval()
    spread(model)
    model.save_pretrained(folder)
    with_tokenizer(folder)
    (folder / "1_Pooling").mkdir()
    settings = {"word_embedding_dimension": 32, f"pooling_mode_{pooling}": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(settings))
    shutil.copy(MODELS / "all-MiniLM-L6-v2" / "modules.json", folder)
    shutil.copy(MODELS / "all-MiniLM-L6-v2" / "sentence_bert_config.json", folder)
    (folder / "config_sentence_transformers.json").write_text(
        json.dumps({"prompts": prompts or {}})
    )
    return folder


def prepared(folder: Path, role: ModelRole = ModelRole.RERANKER) -> PreparedEncoder:
    return finish(EncoderImport(lambda: SAMPLES, threads=2).prepare(folder, role))


def with_sigmoid(graph: Path) -> None:
    """As a graph that was exported with its activation: logits become probabilities."""
    model = onnx.load(graph)
    model.graph.node[-1].output[0] = "raw"
    model.graph.node.append(helper.make_node("Sigmoid", ["raw"], ["logits"]))
    onnx.save(model, graph)


@pytest.mark.parametrize("family", ["bert", "electra", "roberta", "xlm-roberta"])
def test_a_cross_encoder_of_the_family_gets_a_graph_that_orders_alike(
    family: str, tmp_path: Path
) -> None:
    folder = cross_encoder(tmp_path / "m", family)
    found = prepared(folder)
    assert (found.graph, found.file) == (EncoderGraph.INT8, "onnx/model_qint8.onnx")
    assert found.agreement is not None
    assert (found.agreement.measure, found.agreement.pairs) == ("spearman", 80)
    graph = OnnxReranker(folder, IDENTITY, 2).score(QUESTION, TEXTS)
    weights = TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, TEXTS)
    assert np.std(weights) > 0.01
    assert spearman(graph, weights) > 0.8


def test_another_architecture_comes_in_as_it_is_and_that_is_said(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "m", "mpnet")
    found = prepared(folder)
    assert (found.graph, found.file) == (EncoderGraph.NONE, "model.safetensors")
    assert found.agreement is None
    assert "type mpnet" in found.remarks[0]
    assert list(folder.rglob("*.onnx")) == []
    assert np.isfinite(TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, TEXTS)).all()


def test_a_graph_that_does_not_say_what_the_weights_say_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_rag.adapters.encoder_graph._LARGEST", 1)  # three values a weight
    found = prepared(cross_encoder(tmp_path / "m"))
    assert found.graph is EncoderGraph.NONE
    assert "does not say what the weights say" in " ".join(found.remarks)
    assert list((tmp_path / "m").rglob("*.onnx")) == []


@pytest.mark.parametrize("has_weights", [True, False])
def test_a_graph_with_the_sigmoid_in_it_gives_logits_all_the_same(
    has_weights: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cross_encoder(tmp_path / "m")
    prepared(folder)
    logits = OnnxReranker(folder, IDENTITY, 2).score(QUESTION, TEXTS)
    with_sigmoid(folder / "onnx" / "model_qint8.onnx")
    if has_weights:  # no graph can be written for it now
        config = json.loads((folder / "config.json").read_text())
        (folder / "config.json").write_text(json.dumps({**config, "hidden_act": "quick_gelu"}))
        monkeypatch.setattr(encoder_import, "LEAST_RANK_CORRELATION", 0.0)
    else:
        (folder / "model.safetensors").unlink()
    found = prepared(folder)
    assert (found.graph, found.scale) == (EncoderGraph.AS_GIVEN, ScoreScale.PROBABILITY)
    assert (found.agreement is not None) is has_weights
    back = OnnxReranker(folder, IDENTITY, 2, found.scale).score(QUESTION, TEXTS)
    assert np.allclose(back, logits, atol=1e-2)


def test_without_torch_the_plain_graph_of_the_folder_is_what_ours_is_compared_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cross_encoder(tmp_path / "m")
    monkeypatch.setattr(encoder_import, "torch_is_here", lambda: False)
    monkeypatch.delattr("desktop_rag.adapters.torch_encoders.TorchReranker")
    with pytest.raises(ModelError) as refused:
        prepared(folder)
    assert "onnx/model.onnx" in refused.value.hint
    (folder / "onnx").mkdir()
    shutil.copy(MODELS / "minilm-l6-reranker" / "onnx" / GRAPH, folder / "onnx" / "model.onnx")
    assert prepared(folder).graph is EncoderGraph.AS_GIVEN  # ours is of other weights
    encoder_graph.write_graph(folder, folder / "onnx" / "model.onnx")
    found = prepared(folder)
    assert (found.graph, found.file) == (EncoderGraph.INT8, "onnx/model_qint8.onnx")
    assert found.agreement is not None
    assert found.agreement.value > 0.99


def test_probabilities_at_the_ends_become_large_logits() -> None:
    assert np.allclose(logits_of(np.array([0, 0.5, 1], np.float32)), [-13.8, 0, 13.8], atol=0.1)


@pytest.mark.parametrize("activation", ["Sigmoid", "linear.Identity", None])
def test_whatever_the_activation_of_the_folder_a_logit_comes_out(
    activation: str | None, tmp_path: Path
) -> None:
    folder = cross_encoder(tmp_path / "m")
    plain = TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, TEXTS)
    config = json.loads((folder / "config.json").read_text())
    if activation:
        path = f"torch.nn.modules.{'activation.' if '.' not in activation else ''}{activation}"
        config["sentence_transformers"] = {"activation_fn": path}
    else:
        config["sbert_ce_default_activation_function"] = "torch.nn.modules.activation.Sigmoid"
    (folder / "config.json").write_text(json.dumps(config))
    assert np.allclose(TorchReranker(folder, IDENTITY, "cpu").score(QUESTION, TEXTS), plain)
    found = prepared(folder)
    assert found.scale is ScoreScale.LOGIT


@pytest.mark.parametrize("labels", [2, 3])
def test_several_scores_are_refused_before_anything_is_copied(labels: int, tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "m", num_labels=labels)
    with pytest.raises(ModelError, match=f"gives {labels} scores"):
        EncoderImport(lambda: SAMPLES, 2).check(folder, ModelRole.RERANKER)


@pytest.mark.parametrize("pooling", ["mean_tokens", "cls_token", "max_tokens"])
def test_a_bi_encoder_pools_as_its_folder_says(pooling: str, tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "m", pooling)
    theirs = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    exact = theirs.encode(TEXTS, normalize_embeddings=True)
    found = prepared(folder, ModelRole.EMBEDDER)
    assert found.graph is EncoderGraph.INT8
    assert found.agreement is not None
    assert found.agreement.measure == "cosine"
    assert found.agreement.pairs == 24
    ours = OnnxEmbedder(folder, IDENTITY, 2).embed(TEXTS)
    assert (ours * exact).sum(axis=1).min() > 0.95
    assert ours.shape == (20, 32)


@pytest.mark.parametrize("pooling", ["lasttoken", "weightedmean_tokens"])
def test_a_pooling_that_is_not_known_is_refused_in_words(pooling: str, tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "m", pooling)
    with pytest.raises(ModelError, match="pools its tokens by"):
        EncoderImport(lambda: SAMPLES, 2).check(folder, ModelRole.EMBEDDER)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("modules.json", "[1, 2]"),
        ("modules.json", '[{"path": ""}]'),
        ("modules.json", "{"),
        ("config_sentence_transformers.json", '{"prompts": 7}'),
        ("sentence_bert_config.json", '{"max_seq_length": "long"}'),
        ("1_Pooling/config.json", "[]"),
    ],
)
def test_settings_that_are_damaged_are_refused_in_words(
    name: str, content: str, tmp_path: Path
) -> None:
    folder = bi_encoder(tmp_path / "m", "mean_tokens")
    (folder / name).write_text(content)
    with pytest.raises(ModelError):
        embedder_settings(folder)


def test_questions_and_passages_have_their_prefixes(tmp_path: Path) -> None:
    plain = bi_encoder(tmp_path / "plain", "mean_tokens")
    folder = bi_encoder(tmp_path / "m", "mean_tokens", {"query": "query: ", "passage": "passage: "})
    prepared(plain, ModelRole.EMBEDDER)
    prepared(folder, ModelRole.EMBEDDER)
    without, with_them = OnnxEmbedder(plain, IDENTITY, 2), OnnxEmbedder(folder, IDENTITY, 2)
    for embedder, other in (
        (with_them, without),
        (TorchEmbedder(folder, IDENTITY, "cpu"), TorchEmbedder(plain, IDENTITY, "cpu")),
    ):
        question = embedder.embed_question(QUESTION)
        assert np.allclose(question, other.embed_question(f"query: {QUESTION}"), atol=1e-4)
        assert not np.allclose(question, other.embed_question(QUESTION), atol=1e-2)
        prefixed = other.embed([f"passage: {text}" for text in TEXTS])
        assert np.allclose(embedder.embed(TEXTS), prefixed, atol=1e-4)
        assert np.allclose(embedder.begin(TEXTS).vectors(), prefixed, atol=1e-4)
        assert np.allclose(embedder.embed(TEXTS[:1]), prefixed[:1], atol=1e-4)
        assert embedder.max_tokens == other.max_tokens - 2


def test_settings_of_both_forms_of_sentence_transformers_are_read(tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "old", "cls_token", {"query": "q: ", "document": "d: "})
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.save_pretrained(str(tmp_path / "new"))
    old, new = embedder_settings(folder), embedder_settings(tmp_path / "new")
    assert old == new
    assert (old.pooling, old.question_prefix, old.passage_prefix) == ("cls", "q: ", "d: ")


def test_a_vocabulary_of_an_older_form_becomes_a_tokenizer(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    left_out = shutil.ignore_patterns("onnx", "tokenizer.json")
    shutil.copytree(MODELS / "minilm-l6-reranker", folder, ignore=left_out)
    found = prepared(folder)
    assert found.graph is EncoderGraph.INT8
    ours = Tokenizer.from_file(str(folder / "tokenizer.json"))
    theirs = Tokenizer.from_file(str(MODELS / "minilm-l6-reranker" / "tokenizer.json"))
    for text in TEXTS:
        assert ours.encode(QUESTION, text).ids == theirs.encode(QUESTION, text).ids


def test_every_step_is_told(tmp_path: Path) -> None:
    steps: list[ImportProgress] = []
    preparing = EncoderImport(lambda: SAMPLES, 2).prepare(
        cross_encoder(tmp_path / "m"), ModelRole.RERANKER
    )
    steps.extend(preparing)
    assert [step.step.value for step in steps[:2]] == ["preparing", "comparing"]
    assert [step.done for step in steps[2:]] == [20, 40, 60, 80] * 2


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1),
        ([1, 2, 3], [3, 2, 1], -1),
        ([1, 2, 3, 4], [1, 2, 4, 3], 0.8),
        ([1, 1, 1], [1, 2, 3], 0),
        ([1, 1, 2], [1, 1, 2], 1),
    ],
)
def test_the_rank_correlation(one: list[float], other: list[float], expected: float) -> None:
    assert spearman(np.array(one), np.array(other)) == pytest.approx(expected)
