"""Both encoders on the CPU: int8 graphs through ONNX Runtime, texts through `tokenizers`.

Padding is the main waste, so texts are sorted by length and run in small batches.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers
from numpy.typing import NDArray

from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import ModelError, ModelMissing
from desktop_rag.ports import Vectors

_BATCH = 8
_RERANKER_TOKENS = 512
_DEFAULT_EMBEDDER_TOKENS = 256


def find_graph(folder: Path) -> Path | None:
    """The quantised graph of a sentence-transformers folder, else the plain one, else None."""
    graphs = [*sorted(folder.glob("onnx/model_qint8*.onnx")), folder / "onnx" / "model.onnx"]
    return next((graph for graph in graphs if graph.is_file()), None)


class OnnxEmbedder:
    """A `ports.Embedder`: mean pooling over the attention mask, then unit length."""

    def __init__(self, folder: Path, identity: ModelIdentity, threads: int) -> None:
        self._identity = identity
        self._max_tokens = _max_sequence_length(folder)
        with _load_errors(identity.name):
            self._session = _session(folder, threads)
            self._tokenizer = _tokenizer(folder, self._max_tokens)
            self._counter = _tokenizer(folder, None)
        self._dimension = int(self._session.get_outputs()[0].shape[-1])

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        encodings = self._counter.encode_batch(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        for indexes, inputs in _batches(encodings):
            hidden = _run(self._session, inputs)
            mask = inputs["attention_mask"][:, :, None].astype(np.float32)
            pooled = (hidden * mask).sum(axis=1) / mask.sum(axis=1)
            norms = np.linalg.norm(pooled, axis=1, keepdims=True)
            vectors[indexes] = pooled / np.maximum(norms, 1e-12)
        return vectors


class OnnxReranker:
    """A `ports.Reranker` for cross-encoders with one output."""

    def __init__(self, folder: Path, identity: ModelIdentity, threads: int) -> None:
        self._identity = identity
        with _load_errors(identity.name):
            self._session = _session(folder, threads)
            self._tokenizer = _tokenizer(folder, _RERANKER_TOKENS)

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        scores = np.zeros(len(passages), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([(question, passage) for passage in passages])
        for indexes, inputs in _batches(encodings):
            scores[indexes] = _run(self._session, inputs)[:, 0]
        return scores


def _session(folder: Path, threads: int) -> onnxruntime.InferenceSession:
    graph = find_graph(folder)
    if graph is None:
        raise ModelMissing(f"{folder.name} holds no ONNX graph.", "Fetch or import it again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _tokenizer(folder: Path, max_tokens: int | None) -> tokenizers.Tokenizer:
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if max_tokens:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _max_sequence_length(folder: Path) -> int:
    try:
        settings = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        return int(settings["max_seq_length"])
    except (OSError, ValueError, KeyError):
        return _DEFAULT_EMBEDDER_TOKENS


def _batches(encodings: Sequence[Any]) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
    """Places in the input and padded model inputs, longest texts first."""
    order = sorted(range(len(encodings)), key=lambda index: -len(encodings[index].ids))
    for start in range(0, len(order), _BATCH):
        indexes = order[start : start + _BATCH]
        width = len(encodings[indexes[0]].ids)
        inputs = {
            name: np.zeros((len(indexes), width), dtype=np.int64)
            for name in ("input_ids", "attention_mask", "token_type_ids")
        }
        for row, index in enumerate(indexes):
            encoding = encodings[index]
            length = len(encoding.ids)
            inputs["input_ids"][row, :length] = encoding.ids
            inputs["attention_mask"][row, :length] = 1
            inputs["token_type_ids"][row, :length] = encoding.type_ids
        yield indexes, inputs


def _run(session: onnxruntime.InferenceSession, inputs: dict[str, NDArray[np.int64]]) -> Any:
    wanted = {node.name for node in session.get_inputs()}
    return session.run(None, {name: inputs[name] for name in inputs if name in wanted})[0]


@contextmanager
def _load_errors(name: str) -> Iterator[None]:
    """ONNX Runtime and tokenizers raise bare Exceptions of many kinds when a file is damaged."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(
            f"The model {name} does not load: {str(error).splitlines()[0]}.",
            "Run “desktop-rag models verify”, then fetch or import it again.",
        ) from error
