"""Fakes that make a failure happen; each is named after the way in which its engine fails."""

from collections.abc import Callable, Generator, Sequence
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from desktop_rag.adapters.stepwise_embedding import StepwiseEmbedding
from desktop_rag.domain import (
    GivenPrompt,
    ModelIdentity,
    ModelSettings,
    Prompt,
    PromptRead,
    TokensRead,
)
from desktop_rag.errors import SettingsError
from desktop_rag.ports import Embedding


def refuse_to_open() -> NoReturn:
    """Opens no services, whatever the settings are."""
    raise SettingsError("It refuses.", "It always does.")


class ScriptedModel:
    """A language model that says what it is told to, whatever it reads."""

    def __init__(self, text: str, *, is_small: bool = False) -> None:
        self._pieces = [f"{word} " for word in text.split()]
        self._is_small = is_small
        self.prompts: list[Prompt] = []
        self.stopped = False
        self.closed = False

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity("scripted", "0" * 64)

    @property
    def settings(self) -> ModelSettings:
        return ModelSettings(
            context_tokens=4096,
            step_tokens=32,
            threads=1,
            seed=0,
            repeat_penalty=1.0,
            runtime="scripted 1",
        )

    @property
    def is_small(self) -> bool:
        return self._is_small

    def lay_out(self, prompt: Prompt) -> GivenPrompt:
        self.prompts.append(prompt)
        return GivenPrompt("\n".join((*prompt.passages, prompt.question)))

    def count_tokens(self, prompt: Prompt) -> int:
        return len(" ".join((*prompt.passages, prompt.question)).split())

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, TokensRead]:
        count = len(given.text.split())
        try:
            yield PromptRead(count, count)
            yield from self._pieces
        finally:
            self.stopped = True
        return TokensRead(count, count)

    def close(self) -> None:
        self.closed = True


class ModelThatDies(ScriptedModel):
    """A language model that writes three words and ends."""

    def __init__(self, error: Exception) -> None:
        super().__init__("The fine is")
        self._error = error

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, TokensRead]:
        yield from super().write(given, max_tokens=max_tokens)
        raise self._error


class BrokenConnection:
    """A server whose connection breaks after each `piece` bytes; it serves ranges."""

    def __init__(self, content: bytes, piece: int) -> None:
        self._content = content
        self._piece = piece
        self.starts: list[int] = []

    def __call__(self, address: str, start: int) -> tuple["_CutStream", bool, int]:
        self.starts.append(start)
        rest = self._content[start:]
        return _CutStream(rest[: self._piece]), start > 0, len(rest)


class _CutStream:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int) -> bytes:
        block, self._content = self._content[:size], self._content[size:]
        return block

    def __enter__(self) -> "_CutStream":
        return self

    def __exit__(self, *_: object) -> None:
        return None


class ScriptedLink:
    """An engine as the window sees it that answers when the test says so, through `last`."""

    def __init__(self) -> None:
        self.methods: list[str] = []
        self.last: dict[str, Callable[..., object]] = {}
        self.has_given_up = False

    def request(self, method: str, *arguments: object, **handlers: Callable[..., object]) -> "_Job":
        self.methods.append(method)
        self.last = handlers
        return _Job(method, arguments)


class _Job:
    def __init__(self, method: str, arguments: tuple[object, ...]) -> None:
        self.method = method
        self.arguments = arguments

    def cancel(self) -> None:
        return None


class EncoderOutOfMemory:
    """A bi- and cross-encoder on a GPU that runs out of memory from its call number `fails_at` on.

    Until then every text has the same vector and every passage the same score.
    """

    dimension = 384
    max_tokens = 256

    def __init__(self, fails_at: int, error: Exception) -> None:
        self._fails_at = fails_at
        self._error = error
        self.calls = 0

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity("gpu", "0" * 64)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._count()
        return np.tile(np.eye(1, self.dimension, dtype=np.float32), (len(texts), 1))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self.embed([question])[0]

    def begin(self, texts: Sequence[str]) -> Embedding:
        return StepwiseEmbedding(self, texts)

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self._count()
        return np.full(len(passages), 7, np.float32)

    def _count(self) -> None:
        self.calls += 1
        if self.calls >= self._fails_at:
            raise self._error
