"""Both encoders on the CPU: int8 graphs through ONNX Runtime, texts through `tokenizers`.

Padding and waiting for each other are the main wastes, so each text runs alone on one thread, and
as many at once as there are threads.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers
from numpy.typing import NDArray

from desktop_rag.adapters.windows import MAX_PAIR_TOKENS, best_of, in_windows
from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import ModelError, ModelMissing
from desktop_rag.ports import Vectors

_DEFAULT_EMBEDDER_TOKENS = 256

Output = NDArray[np.float32]


def find_graph(folder: Path) -> Path | None:
    """The quantised graph of a sentence-transformers folder, else the plain one, else None."""
    graphs = [*sorted(folder.glob("onnx/model_qint8*.onnx")), folder / "onnx" / "model.onnx"]
    return next((graph for graph in graphs if graph.is_file()), None)


class _Graph:
    """A graph and the threads that run it. Any thread may use it."""

    def __init__(self, folder: Path, threads: int) -> None:
        self.session = _session(folder)
        self._inputs = {node.name for node in self.session.get_inputs()}
        self._workers = ThreadPoolExecutor(threads, thread_name_prefix="encoder")

    def run(self, encoding: Any) -> Output:
        """The first output for one text, in this thread."""
        inputs = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        arrays = {
            name: np.array([values], dtype=np.int64)
            for name, values in inputs.items()
            if name in self._inputs
        }
        output: Output = self.session.run(None, arrays)[0][0]
        return output

    def begin(
        self, encodings: Sequence[Any], finish: Callable[[Output], Output]
    ) -> list[Future[Output]]:
        """`finish` of each text's output, in their order; the longest are begun first."""
        places = sorted(range(len(encodings)), key=lambda place: -len(encodings[place].ids))
        begun = {
            place: self._workers.submit(lambda text: finish(self.run(text)), encodings[place])
            for place in places
        }
        return [begun[place] for place in range(len(encodings))]


class OnnxEmbedding:
    """A `ports.Embedding` whose vectors are computed on other threads."""

    def __init__(self, vectors: Sequence[Future[Vectors]], dimension: int) -> None:
        self._vectors = vectors
        self._dimension = dimension

    def wait(self, seconds: float) -> float:
        if not self._vectors:
            return 1.0
        done, _ = wait(self._vectors, timeout=seconds)
        return len(done) / len(self._vectors)

    def vectors(self) -> Vectors:
        vectors = [future.result() for future in self._vectors]
        return np.stack(vectors) if vectors else np.zeros((0, self._dimension), dtype=np.float32)

    def cancel(self) -> None:
        for future in self._vectors:
            future.cancel()


class OnnxEmbedder:
    """A `ports.Embedder`. One text alone, a question, waits for no others that are in work."""

    def __init__(self, folder: Path, identity: ModelIdentity, threads: int) -> None:
        self._identity = identity
        self._max_tokens = _max_sequence_length(folder)
        with _load_errors(identity.name):
            self._graph = _Graph(folder, threads)
            self._tokenizer = _tokenizer(folder, self._max_tokens)
            self._counter = _tokenizer(folder, None)
        self._dimension = int(self._graph.session.get_outputs()[0].shape[-1])

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
        if len(texts) == 1:
            return _pooled(self._graph.run(self._tokenizer.encode(texts[0])))[None, :]
        return self.begin(texts).vectors()

    def begin(self, texts: Sequence[str]) -> OnnxEmbedding:
        encodings = self._tokenizer.encode_batch(list(texts))
        return OnnxEmbedding(self._graph.begin(encodings, _pooled), self._dimension)


class OnnxReranker:
    """A `ports.Reranker` for cross-encoders with one output."""

    def __init__(self, folder: Path, identity: ModelIdentity, threads: int) -> None:
        self._identity = identity
        with _load_errors(identity.name):
            self._graph = _Graph(folder, threads)
            self._tokenizer = _tokenizer(folder, None)

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        windows = in_windows(question, passages, self._tokenizer, MAX_PAIR_TOKENS)
        begun = self._graph.begin([window.encoding for window in windows], np.ravel)
        return best_of(windows, [float(future.result()[0]) for future in begun])


def _pooled(hidden: Output) -> Vectors:
    """The mean over the tokens, brought to unit length."""
    mean = hidden.mean(axis=0)
    vector: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return vector


def _session(folder: Path) -> onnxruntime.InferenceSession:
    graph = find_graph(folder)
    if graph is None:
        raise ModelMissing(f"{folder.name} holds no ONNX graph.", "Fetch or import it again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
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
