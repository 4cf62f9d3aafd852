"""Encoders like XLM-RoBERTa with a unigram vocabulary: tiny ones of random weights."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
)

from desktop_rag.adapters.encoder_import import EncoderImport, read_samples, spearman
from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker
from desktop_rag.adapters.torch_encoders import TorchEmbedder, TorchReranker
from desktop_rag.domain import (
    EncoderGraph,
    ImportedModel,
    ModelIdentity,
    ModelRole,
    Prefixes,
    ScoreScale,
)
from desktop_rag.services.manifest import read_manifest
from desktop_rag.services.model_import import import_model
from tests.conftest import ROOT
from tests.support import finish

IDENTITY = ModelIdentity("m", "0" * 64)
SAMPLES = read_samples(ROOT / "resources" / "agreement.toml")
QUESTION, TEXTS = SAMPLES.questions[0], list(SAMPLES.passages)
GERMAN = "Der Mieter kann das Mietverhältnis mit einer Frist von drei Monaten kündigen."
JAPANESE = "賃借人は三か月前に書面で通知しなければならない。"
BUNDLED = ROOT / "resources" / "models" / "all-MiniLM-L6-v2"
CARD = """---
language:
- multilingual
- de
- fr
- ja
license: mit
---
Each input text should start with "query: " or "passage: ", even for non-English texts.
"""


def unigram(folder: Path) -> int:
    """Write a tokenizer as XLM-RoBERTa's; returns how many pieces it knows."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.UnigramTrainer(
        vocab_size=600, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator([*TEXTS, *SAMPLES.questions, GERMAN, JAPANESE], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "XLMRobertaTokenizerFast",
        "model_max_length": 512,
        **{f"{name}_token": f"<{name}>" for name in ("pad", "unk", "mask")},
        **{"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"},
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return int(tokenizer.get_vocab_size())


def encoder(folder: Path, kind: Any, card: str = CARD) -> Path:
    folder.mkdir()
    config = XLMRobertaConfig(
        vocab_size=unigram(folder),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=514,
        type_vocab_size=1,
        num_labels=1,
    )
    torch.manual_seed(5)
    model = kind(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "LayerNorm" not in name:
                weight.mul_(4)
    model.save_pretrained(folder)
    (folder / "README.md").write_text(card)
    return folder


def bi_encoder(folder: Path, card: str = CARD) -> Path:
    encoder(folder, XLMRobertaModel, card)
    shutil.copy(BUNDLED / "modules.json", folder)
    shutil.copytree(BUNDLED / "1_Pooling", folder / "1_Pooling")
    return folder


def imported(folder: Path, own: Path) -> ImportedModel:
    own.mkdir()
    preparer = EncoderImport(lambda: SAMPLES, threads=2)
    return finish(import_model(folder, own, None, frozenset(), preparer, lambda: None))


def test_a_bi_encoder_comes_in_with_what_its_card_says(tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "tiny-e5")
    model = imported(folder, tmp_path / "own").model
    assert model.languages == ("de", "fr", "ja")
    assert (model.licence, model.prefixes) == ("mit", Prefixes("query: ", "passage: "))
    assert model.main_file.path == "onnx/model_qint8.onnx"
    place = tmp_path / "own" / "tiny-e5"
    assert read_manifest(place / "manifest.toml") == [model]
    assert not (place / "README.md").exists()


def test_the_prefixes_of_the_manifest_stand_before_every_text(tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "tiny-e5")
    place = tmp_path / "own" / "tiny-e5"
    prefixes = imported(folder, tmp_path / "own").model.prefixes
    for plain, prefixed in (
        (OnnxEmbedder(place, IDENTITY, 2), OnnxEmbedder(place, IDENTITY, 2, prefixes=prefixes)),
        (TorchEmbedder(place, IDENTITY, "cpu"), TorchEmbedder(place, IDENTITY, "cpu", prefixes)),
    ):
        for text in (GERMAN, JAPANESE):
            asked = prefixed.embed_question(text)
            assert np.allclose(asked, plain.embed_question(f"query: {text}"), atol=1e-4)
            assert not np.allclose(asked, plain.embed_question(text), atol=1e-3)
            told = plain.embed([f"passage: {text}"])
            assert np.allclose(prefixed.embed([text]), told, atol=1e-4)
    graph, weights = OnnxEmbedder(place, IDENTITY, 2), TorchEmbedder(place, IDENTITY, "cpu")
    assert (graph.embed(TEXTS) * weights.embed(TEXTS)).sum(axis=1).min() > 0.9


def test_prefixes_that_the_folder_names_itself_stand(tmp_path: Path) -> None:
    folder = bi_encoder(tmp_path / "tiny-e5")
    prompts = {"prompts": {"query": "q: ", "document": "d: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    assert imported(folder, tmp_path / "own").model.prefixes is None


def test_a_cross_encoder_takes_no_prefixes_and_orders_as_its_weights(tmp_path: Path) -> None:
    folder = encoder(tmp_path / "tiny-mmarco", XLMRobertaForSequenceClassification)
    found = imported(folder, tmp_path / "own")
    assert (found.model.role, found.model.prefixes) == (ModelRole.RERANKER, None)
    assert found.model.languages == ("de", "fr", "ja")
    assert found.encoder is not None
    assert found.encoder.graph in (EncoderGraph.INT8, EncoderGraph.NONE)
    place = tmp_path / "own" / "tiny-mmarco"
    weights = TorchReranker(place, IDENTITY, "cpu").score(GERMAN, [*TEXTS, JAPANESE])
    assert np.isfinite(weights).all()
    if found.encoder.graph is EncoderGraph.INT8:
        ours = OnnxReranker(place, IDENTITY, 2, ScoreScale.LOGIT).score(GERMAN, [*TEXTS, JAPANESE])
        assert spearman(ours, weights) > 0.8


@pytest.mark.parametrize("card", ["", "---\nlanguage: [\n", "\0" * 100])
def test_without_a_card_that_can_be_read_nothing_is_known(card: str, tmp_path: Path) -> None:
    model = imported(bi_encoder(tmp_path / "tiny", card), tmp_path / "own").model
    assert (model.languages, model.licence, model.prefixes) == ((), "as its maker says", None)
