"""Both encoders through sentence-transformers: for GPUs, and for folders without an ONNX graph.

Importing torch takes seconds and 400 MB; nothing does so before one of these is built.
"""

import copy
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer

from desktop_rag.adapters.windows import MAX_PAIR_TOKENS, best_of, in_windows
from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import ModelError
from desktop_rag.ports import Vectors

_CPU_BATCH, _GPU_BATCH = 8, 64
_AT_ONCE = 256  # texts that are embedded between two looks at the clock


def best_device() -> str:
    """“cuda”, “mps” or “cpu”: the fastest that torch can use here."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


class TorchEmbedding:
    """A `ports.Embedding` that goes on, batch after batch, while it is waited for."""

    def __init__(self, embedder: "TorchEmbedder", texts: Sequence[str]) -> None:
        self._embedder = embedder
        self._texts = texts
        self._done: list[Vectors] = []
        self._count = 0

    def wait(self, seconds: float) -> float:
        end = time.monotonic() + seconds
        while self._count < len(self._texts):
            batch = self._texts[self._count : self._count + _AT_ONCE]
            self._done.append(self._embedder.embed(batch))
            self._count += len(batch)
            if time.monotonic() > end:
                break
        return self._count / len(self._texts) if self._texts else 1.0

    def vectors(self) -> Vectors:
        while self.wait(1.0) < 1.0:
            pass
        return np.concatenate([self._embedder.embed([]), *self._done])

    def cancel(self) -> None:
        """Nothing runs unless it is waited for."""


class TorchEmbedder:
    """A `ports.Embedder` around `SentenceTransformer`."""

    def __init__(self, folder: Path, identity: ModelIdentity, device: str) -> None:
        self._identity = identity
        self._batch = _CPU_BATCH if device == "cpu" else _GPU_BATCH
        with _load_errors(identity.name):
            self._model = SentenceTransformer(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": _dtype(device)},
            )

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        return int(self._model.max_seq_length or 256)

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
        vectors = self._model.encode(
            list(texts),
            batch_size=self._batch,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def begin(self, texts: Sequence[str]) -> TorchEmbedding:
        return TorchEmbedding(self, texts)


class TorchReranker:
    """A `ports.Reranker` around `CrossEncoder`, whose activation is left out: logits come back."""

    def __init__(self, folder: Path, identity: ModelIdentity, device: str) -> None:
        self._identity = identity
        self._batch = _CPU_BATCH if device == "cpu" else _GPU_BATCH
        with _load_errors(identity.name):
            self._model = CrossEncoder(
                str(folder),
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": _dtype(device)},
                max_length=MAX_PAIR_TOKENS,
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
        windows = in_windows(question, passages, self._tokenizer, MAX_PAIR_TOKENS)
        scores = self._model.predict(
            [(window.question, window.text) for window in windows],
            batch_size=self._batch,
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
        )
        return best_of(windows, [float(score) for score in np.ravel(scores)])


def _dtype(device: str) -> torch.dtype:
    """What the device is fast in: weights stored as fp16 crawl on a CPU if they are not widened."""
    return torch.float32 if device == "cpu" else torch.float16


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
