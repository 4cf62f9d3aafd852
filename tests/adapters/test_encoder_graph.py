"""The int8 graphs that the program writes, beside the same weights run by torch."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.numpy import load_file, save_file
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    ElectraConfig,
    ElectraForSequenceClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
)

from desktop_rag.adapters.encoder_graph import write_graph
from desktop_rag.errors import ModelError
from desktop_rag.services.manifest import sha256_of
from tests.conftest import ROOT

MODELS = ROOT / "resources" / "models"
SMALL = {
    "vocab_size": 200,
    "hidden_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "intermediate_size": 96,
    "max_position_embeddings": 64,
    "num_labels": 1,
}
CROSS_ENCODERS = {
    "bert": (BertForSequenceClassification, BertConfig, {}),
    "electra": (ElectraForSequenceClassification, ElectraConfig, {"embedding_size": 32}),
    "roberta": (RobertaForSequenceClassification, RobertaConfig, {"type_vocab_size": 1}),
    "xlm-roberta": (XLMRobertaForSequenceClassification, XLMRobertaConfig, {"type_vocab_size": 1}),
}


def small_model(family: str, folder: Path, **changes: object) -> torch.nn.Module:
    """A model of random weights that differ enough for its scores to differ."""
    kind, config, more = CROSS_ENCODERS[family]
    torch.manual_seed(3)
    model = kind(config(**{**SMALL, **more, **changes})).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "LayerNorm" not in name:
                weight.mul_(6)
    model.save_pretrained(folder)
    return model


def texts(count: int) -> list[torch.Tensor]:
    chance = np.random.default_rng(1)
    lengths = chance.integers(5, 40, count)
    return [torch.tensor(chance.integers(5, 200, (1, length))) for length in lengths]


def run(graph: Path, ids: torch.Tensor) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    given = {"input_ids": ids.numpy(), "token_type_ids": np.zeros_like(ids.numpy())}
    names = {node.name for node in session.get_inputs()}
    return session.run(None, {name: given[name] for name in names})[0]


@pytest.mark.parametrize("family", CROSS_ENCODERS)
def test_a_cross_encoder_scores_as_torch_does(family: str, tmp_path: Path) -> None:
    model = small_model(family, tmp_path)
    write_graph(tmp_path, tmp_path / "onnx" / "model_qint8.onnx")
    ours, theirs = [], []
    for ids in texts(60):
        with torch.no_grad():
            theirs.append(float(model(ids).logits[0, 0]))
        ours.append(run(tmp_path / "onnx" / "model_qint8.onnx", ids).item())
    assert np.std(theirs) > 0.01
    assert np.corrcoef(ours, theirs)[0, 1] > 0.97


def test_a_bi_encoder_gives_the_state_of_every_token(tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = BertModel(BertConfig(**SMALL)).eval()
    model.save_pretrained(tmp_path)
    write_graph(tmp_path, tmp_path / "graph.onnx")
    ids = texts(1)[0]
    with torch.no_grad():
        theirs = model(ids).last_hidden_state.numpy()
    ours = run(tmp_path / "graph.onnx", ids)
    assert ours.shape == theirs.shape
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.99


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "minilm-l6-reranker"])
def test_the_bundled_graphs_are_those_that_are_written(name: str, tmp_path: Path) -> None:
    write_graph(MODELS / name, tmp_path / "graph.onnx")
    assert sha256_of(tmp_path / "graph.onnx") == sha256_of(MODELS / name / "onnx/model_qint8.onnx")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("model_type", "mpnet"), ("hidden_act", "silu"), ("position_embedding_type", "relative_key")],
)
def test_what_cannot_be_written_is_said(setting: str, value: str, tmp_path: Path) -> None:
    small_model("bert", tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, setting: value}))
    with pytest.raises(ModelError, match="No int8 graph can be written"):
        write_graph(tmp_path, tmp_path / "graph.onnx")
    assert not (tmp_path / "graph.onnx").exists()


def test_a_head_of_another_kind_is_refused(tmp_path: Path) -> None:
    small_model("bert", tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    headless = {name: value for name, value in weights.items() if ".pooler." not in name}
    save_file(headless, tmp_path / "model.safetensors")
    with pytest.raises(ModelError, match="head of this kind"):
        write_graph(tmp_path, tmp_path / "graph.onnx")


def test_several_scores_are_refused(tmp_path: Path) -> None:
    small_model("bert", tmp_path, num_labels=3)
    with pytest.raises(ModelError, match="several scores"):
        write_graph(tmp_path, tmp_path / "graph.onnx")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff" * 64, (10**15).to_bytes(8, "little") + b"{}", b"\x02" + b"\0" * 7 + b"{}"],
)
def test_damaged_weights_are_refused(content: bytes, tmp_path: Path) -> None:
    folder = shutil.copytree(
        MODELS / "minilm-l6-reranker", tmp_path / "m", ignore=shutil.ignore_patterns("onnx")
    )
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="weights"):
        write_graph(folder, tmp_path / "graph.onnx")
    assert not (tmp_path / "graph.onnx").exists()
