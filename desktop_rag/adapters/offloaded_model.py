"""A language model with layers on a GPU, and what takes over when the GPU fails in between."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager

from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.domain import GivenPrompt, ModelIdentity, ModelSettings, Prompt, PromptRead
from desktop_rag.domain import TokensRead as Read
from desktop_rag.errors import ModelFailed, ModelTooLarge

_FAILURES = (ModelFailed, ModelTooLarge)


class OffloadedModel:
    """A `ports.LanguageModel`. When it fails while it writes, it is loaded once with fewer layers.

    `load` opens it with so many layers on the GPU, or as many fewer as the GPU takes. `working`
    is entered while the GPU computes; `note` hears how many layers it has now, and why.
    """

    def __init__(
        self,
        load: Callable[[int], LlamaCppModel],
        layers: int,
        working: Callable[[], AbstractContextManager[None]],
        note: Callable[[int, str], None],
    ) -> None:
        self._load = load
        self._working = working
        self._note = note
        self._may_step_down = True
        with working():
            self._model = load(layers)
        if self.settings.gpu_layers < layers:
            note(self.settings.gpu_layers, "with more it failed while it was loaded")

    @property
    def identity(self) -> ModelIdentity:
        return self._model.identity

    @property
    def settings(self) -> ModelSettings:
        return self._model.settings

    @property
    def is_small(self) -> bool:
        return self._model.is_small

    def lay_out(self, prompt: Prompt) -> GivenPrompt:
        return self._model.lay_out(prompt)

    def count_tokens(self, prompt: Prompt) -> int:
        return self._model.count_tokens(prompt)

    def write(
        self, given: GivenPrompt, *, max_tokens: int
    ) -> Generator[PromptRead | str, None, Read]:
        """As the port's. A `PromptRead` after words means that it begins anew: they are void."""
        try:
            return (yield from self._write(given, max_tokens))
        except _FAILURES as error:
            if not self._is_to_step_down(given):
                raise
            self._step_down(str(error))
        yield PromptRead(0, self._model.count_given(given))
        return (yield from self._write(given, max_tokens))

    def close(self) -> None:
        self._model.close()

    def _write(
        self, given: GivenPrompt, max_tokens: int
    ) -> Generator[PromptRead | str, None, Read]:
        if self.settings.gpu_layers == 0:
            return (yield from self._model.write(given, max_tokens=max_tokens))
        with self._working():
            return (yield from self._model.write(given, max_tokens=max_tokens))

    def _is_to_step_down(self, given: GivenPrompt) -> bool:
        """Whether the GPU may be to blame: not for a prompt that is too long."""
        return (
            self._may_step_down
            and self.settings.gpu_layers > 0
            and self._model.count_given(given) < self.settings.context_tokens
        )

    def _step_down(self, why: str) -> None:
        """Half as many layers. Raises ModelError if it does not load so either."""
        self._may_step_down = False
        fewer = self.settings.gpu_layers // 2
        self._model.close()
        with self._working():
            self._model = self._load(fewer)
        self._note(self.settings.gpu_layers, f"with more it failed while it wrote ({why})")
