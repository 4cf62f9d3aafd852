"""An encoder on a GPU, and the one on the CPU that takes over for good when the GPU fails.

A driver, a full memory, an operation that MPS does not know: torch raises a RuntimeError or one
of its kinds for each. The question that met it is answered all the same, only later. What would
end the process was met before, in a process apart.
"""

from collections.abc import Callable, Sequence
from threading import RLock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop_rag.adapters.encoder_gpu import EncoderFinding
from desktop_rag.adapters.stepwise_embedding import StepwiseEmbedding
from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import ModelError
from desktop_rag.ports import Embedder, Embedding, Reranker, Vectors

_FAILURES = (RuntimeError, ModelError)
Encoder = TypeVar("Encoder")
Result = TypeVar("Result")


class Devices(Generic[Encoder]):
    """Two encoders of one model, each made when it is first needed. Any thread may use it.

    `finding` tells the device; None while the GPU is still being tried: the CPU serves meanwhile.
    """

    def __init__(
        self,
        finding: Callable[[], EncoderFinding | None],
        on_gpu: Callable[[], Encoder],
        on_cpu: Callable[[], Encoder],
    ) -> None:
        self._finding = finding
        self._makers = {"gpu": on_gpu, "cpu": on_cpu}
        self._lock = RLock()
        self._made: dict[str, Encoder] = {}
        self._failure = ""

    @property
    def words(self) -> str:
        """The device that is in use, and why it is not the GPU."""
        found = self._finding()
        with self._lock:
            if self._failure:
                return f"cpu: the GPU failed: {self._failure}"
        return "cpu: until the GPU has been tried" if found is None else found.words

    @property
    def is_on_cpu_for_good(self) -> bool:
        """Whether no GPU will take over from here."""
        found = self._finding()
        with self._lock:
            return bool(self._failure) or (found is not None and found.device == "cpu")

    def run(self, call: Callable[[Encoder], Result]) -> Result:
        """`call` with the encoder on the GPU, or if that fails, now or before, on the CPU.

        A failure on the CPU is raised as it is.
        """
        if self._finding() is not None and not self.is_on_cpu_for_good:
            try:
                return call(self._encoder("gpu"))
            except _FAILURES as error:
                self._give_up(error)
        return call(self._encoder("cpu"))

    def _encoder(self, place: str) -> Encoder:
        """The encoder there, made now if it is not; the other is let go."""
        with self._lock:
            if place not in self._made:
                self._made = {place: self._makers[place]()}
            return self._made[place]

    def _give_up(self, error: Exception) -> None:
        """Let the GPU's encoder go, once: another thread may have met the failure before."""
        with self._lock:
            if not self._failure:
                self._failure = str(error).partition("\n")[0][:200] or type(error).__name__
                self._made = {}


class FallbackEmbedder:
    """A `ports.Embedder` on whichever device works. What is begun may change device midway."""

    def __init__(self, identity: ModelIdentity, devices: "Devices[Embedder]") -> None:
        self._identity = identity
        self._devices = devices

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return self._devices.run(lambda one: one.dimension)

    @property
    def max_tokens(self) -> int:
        return self._devices.run(lambda one: one.max_tokens)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._devices.run(lambda one: one.count_tokens(texts))

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._devices.run(lambda one: _finite(one.embed(texts)))

    def embed_question(self, question: str) -> Vectors:
        return self._devices.run(lambda one: _finite(one.embed_question(question)))

    def begin(self, texts: Sequence[str]) -> Embedding:
        if self._devices.is_on_cpu_for_good:
            return self._devices.run(lambda one: one.begin(texts))
        return StepwiseEmbedding(self, texts)


class FallbackReranker:
    """A `ports.Reranker` on whichever device works."""

    def __init__(self, identity: ModelIdentity, devices: "Devices[Reranker]") -> None:
        self._identity = identity
        self._devices = devices

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return self._devices.run(lambda one: _finite(one.score(question, passages)))


def _finite(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Half precision can overflow; what is no number must not order anything."""
    if not np.isfinite(values).all():
        raise RuntimeError("what it computed are no numbers")
    return values
