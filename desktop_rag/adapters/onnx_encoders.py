"""Both encoders on the CPU: int8 graphs through ONNX Runtime, texts through `tokenizers`.

Padding and waiting for each other are the main wastes, so each text runs alone on one thread, and
as many at once as there are threads, of which each waits for a core (`cores.Cores`).
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tokenizers
from numpy.typing import NDArray

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_settings import (
    MAX_PASSAGE_TOKENS,
    embedder_settings,
    pair_tokens,
)
from desktop_rag.adapters.windows import best_of, in_windows
from desktop_rag.domain import ModelIdentity, Prefixes, ScoreScale
from desktop_rag.errors import ModelError, ModelMissing
from desktop_rag.ports import Vectors
from desktop_rag.privacy.processes import name_thread

_NEAREST_PROBABILITY = 1e-6  # to 0 and to 1 that is told apart from them: logits of ±13.8

Output = NDArray[np.float32]


def find_graph(folder: Path) -> Path | None:
    """The quantised graph of a sentence-transformers folder, else the plain one, else None."""
    graphs = [*sorted(folder.glob("onnx/model_qint8*.onnx")), folder / "onnx" / "model.onnx"]
    return next((graph for graph in graphs if graph.is_file()), None)


class _Graph:
    """A graph and the threads that run it. Any thread may use it.

    `urgent`: what the threads compute goes before what is patient.
    """

    def __init__(
        self, folder: Path, graph: Path | None, threads: int, cores: Cores, *, urgent: bool
    ) -> None:
        self.session = _session(folder, graph)
        self._cores = cores
        self._urgent = urgent
        self._inputs = {node.name for node in self.session.get_inputs()}
        self._workers = ThreadPoolExecutor(
            threads, "encoder", initializer=name_thread, initargs=("encoder",)
        )

    def run(self, encoding: Any) -> Output:
        """The first output for one text, in this thread, before all that is patient."""
        with self._cores.one(urgent=True):
            return self._output(encoding)

    def _run_in_turn(self, encoding: Any, finish: Callable[[Output], Output]) -> Output:
        with self._cores.one(urgent=self._urgent):
            return finish(self._output(encoding))

    def _output(self, encoding: Any) -> Output:
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
            place: self._workers.submit(self._run_in_turn, encodings[place], finish)
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
    """A `ports.Embedder`. One text alone, a question, goes before others that are in work.

    `graph` stands in for the one that `find_graph` would choose, `prefixes` for the folder's.
    `cores`: those that it shares with other models; by default it has its own.
    """

    def __init__(
        self,
        folder: Path,
        identity: ModelIdentity,
        threads: int,
        graph: Path | None = None,
        cores: Cores | None = None,
        prefixes: Prefixes | None = None,
    ) -> None:
        self._identity = identity
        self._cores = cores or Cores(threads)
        self._settings = embedder_settings(folder, prefixes)
        self._pool = _POOLINGS[self._settings.pooling]
        with _load_errors(identity.name):
            self._graph = _Graph(folder, graph, threads, self._cores, urgent=False)
            self._counter = _tokenizer(folder, None)
            before = [self._settings.question_prefix, self._settings.passage_prefix]
            longest_prefix = max(self.count_tokens(before))
            room = self._settings.max_tokens - longest_prefix
            self._max_tokens = min(MAX_PASSAGE_TOKENS, room)
            self._tokenizer = _tokenizer(folder, self._max_tokens + longest_prefix)
            self._dimension = len(self._vector(""))

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
            return self._vector(self._settings.passage_prefix + texts[0])[None, :]
        return self.begin(texts).vectors()

    def embed_question(self, question: str) -> Vectors:
        return self._vector(self._settings.question_prefix + question)

    def begin(self, texts: Sequence[str]) -> OnnxEmbedding:
        prefixed = [self._settings.passage_prefix + text for text in texts]
        with self._cores.one(urgent=False):
            encodings = self._tokenizer.encode_batch(prefixed)
        return OnnxEmbedding(self._graph.begin(encodings, self._pool), self._dimension)

    def _vector(self, text: str) -> Vectors:
        return self._pool(self._graph.run(self._tokenizer.encode(text)))


class OnnxReranker:
    """A `ports.Reranker` for cross-encoders with one output.

    `scale` is that of the graph's output; probabilities are turned back into logits. `graph`
    stands in for the one that `find_graph` would choose. `cores`: as for `OnnxEmbedder`.
    """

    def __init__(
        self,
        folder: Path,
        identity: ModelIdentity,
        threads: int,
        scale: ScoreScale = ScoreScale.LOGIT,
        graph: Path | None = None,
        cores: Cores | None = None,
    ) -> None:
        self._identity = identity
        self._scale = scale
        self._cores = cores or Cores(threads)
        self._pair_tokens = pair_tokens(folder)
        with _load_errors(identity.name):
            self._graph = _Graph(folder, graph, threads, self._cores, urgent=True)
            self._tokenizer = _tokenizer(folder, None)

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        with self._cores.under_way():
            with self._cores.one(urgent=True):
                windows = in_windows(question, passages, self._tokenizer, self._pair_tokens)
            begun = self._graph.begin([window.encoding for window in windows], np.ravel)
            scores = best_of(windows, [float(future.result()[0]) for future in begun])
        return logits_of(scores) if self._scale is ScoreScale.PROBABILITY else scores


def logits_of(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The inverse of the sigmoid; 0 and 1 become large, not infinite."""
    near = np.clip(probabilities.astype(np.float64), _NEAREST_PROBABILITY, 1 - _NEAREST_PROBABILITY)
    return np.log(near / (1 - near)).astype(np.float32)


def _unit(vector: Output) -> Vectors:
    unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit


# Each takes the states of one text without padding, (tokens, width), to a unit vector, (width,).
_POOLINGS: dict[str, Callable[[Output], Vectors]] = {
    "mean": lambda hidden: _unit(hidden.mean(axis=0)),
    "cls": lambda hidden: _unit(hidden[0]),
    "max": lambda hidden: _unit(hidden.max(axis=0)),
}


def _session(folder: Path, graph: Path | None) -> onnxruntime.InferenceSession:
    graph = graph or find_graph(folder)
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
