"""Vectors that are made batch after batch, by whoever waits for them."""

import time
from collections.abc import Sequence

import numpy as np

from desktop_rag.ports import Embedder, Vectors

_AT_ONCE = 256  # texts that are embedded between two looks at the clock


class StepwiseEmbedding:
    """A `ports.Embedding` that goes on, batch after batch, while it is waited for."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
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
