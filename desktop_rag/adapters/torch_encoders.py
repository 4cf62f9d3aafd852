"""Both encoders through sentence-transformers: for GPUs, and for folders without an ONNX graph.

Importing torch takes seconds and 400 MB; nothing does so before one of these is built.
"""

import desktop_rag.adapters.native_threads  # noqa: F401 - before the library is loaded

# isort: split
import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers import AutoTokenizer

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_settings import (
    MAX_PASSAGE_TOKENS,
    embedder_settings,
    pair_tokens,
)
from desktop_rag.adapters.stepwise_embedding import StepwiseEmbedding
from desktop_rag.adapters.windows import best_of, in_windows
from desktop_rag.domain import ModelIdentity, Prefixes
from desktop_rag.errors import ModelError
from desktop_rag.ports import Vectors
from desktop_rag.privacy.processes import thread_named

_CPU_BATCH, _GPU_BATCH = 8, 64
_MOST_PAIRS = 128  # in one batch on a GPU: the 50 passages of a question and their parts


def best_device() -> str:
    """“cuda”, “mps” or “cpu”: the fastest that torch can use here."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


class TorchEmbedder:
    """A `ports.Embedder` around `SentenceTransformer`; `prefixes` stand in for the folder's.

    On a CPU it brings as many threads as there are cores, and takes all `cores` for each batch.
    """

    def __init__(
        self,
        folder: Path,
        identity: ModelIdentity,
        device: str,
        prefixes: Prefixes | None = None,
        cores: Cores | None = None,
    ) -> None:
        self._identity = identity
        self._cores = cores if device == "cpu" else None
        self._batch = _CPU_BATCH if device == "cpu" else _GPU_BATCH
        self._settings = embedder_settings(folder, prefixes)
        with _load_errors(identity.name):
            self._model = SentenceTransformer(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": _dtype(device)},
            )
            before = [self._settings.question_prefix, self._settings.passage_prefix]
            longest_prefix = max(self.count_tokens(before))
            room = self._settings.max_tokens - longest_prefix
            self._max_tokens = min(MAX_PASSAGE_TOKENS, room)
            self._model.max_seq_length = self._max_tokens + longest_prefix

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, padding=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        prefixed = [self._settings.passage_prefix + text for text in texts]
        with _holding(self._cores, urgent=False):
            return self._encoded(prefixed)

    def embed_question(self, question: str) -> Vectors:
        with _holding(self._cores, urgent=True):
            vector: Vectors = self._encoded([self._settings.question_prefix + question])[0]
        return vector

    def begin(self, texts: Sequence[str]) -> StepwiseEmbedding:
        return StepwiseEmbedding(self, texts)

    def _encoded(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts,
            prompt="",  # the prefix is there already
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


class TorchReranker:
    """A `ports.Reranker` around `CrossEncoder`, whose activation is left out: logits come back.

    `cores`: as for `TorchEmbedder`.
    """

    def __init__(
        self, folder: Path, identity: ModelIdentity, device: str, cores: Cores | None = None
    ) -> None:
        self._identity = identity
        self._cores = cores if device == "cpu" else None
        self._most_pairs = _CPU_BATCH if device == "cpu" else _MOST_PAIRS
        self._pair_tokens = pair_tokens(folder)
        with _load_errors(identity.name):
            self._model = CrossEncoder(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": _dtype(device)},
                max_length=self._pair_tokens,
            )
            self._tokenizer = copy.deepcopy(self._model.tokenizer.backend_tokenizer)
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        if not passages:
            return np.zeros(0, dtype=np.float32)
        windows = in_windows(question, passages, self._tokenizer, self._pair_tokens)
        with _holding(self._cores, urgent=True):
            scores = self._model.predict(
                [(window.question, window.text) for window in windows],
                batch_size=self._most_pairs,
                activation_fn=torch.nn.Identity(),
                show_progress_bar=False,
            )
        return best_of(windows, [float(score) for score in np.ravel(scores)])


@contextmanager
def _holding(cores: Cores | None, *, urgent: bool) -> Iterator[None]:
    if cores is None:
        yield
        return
    with cores.all(urgent=urgent), thread_named("encoder"):
        yield


def _dtype(device: str) -> torch.dtype:
    """What the device is fast in: weights stored as fp16 crawl on a CPU if they are not widened."""
    return torch.float32 if device == "cpu" else torch.float16


def write_tokenizer(folder: Path) -> None:
    """Write tokenizer.json beside a vocabulary of an older form. Raises ModelError."""
    with _load_errors(folder.name):
        tokenizer = AutoTokenizer.from_pretrained(
            str(folder), local_files_only=True, trust_remote_code=False
        )
        tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


@contextmanager
def _load_errors(name: str) -> Iterator[None]:
    """A damaged folder can raise almost anything: OSError, ValueError, SafetensorError."""
    try:
        yield
    except Exception as error:
        raise ModelError(
            f"The model {name} does not load: {str(error).splitlines()[0]}.",
            "Run “desktop-rag models verify”, then fetch or import it again.",
        ) from error
