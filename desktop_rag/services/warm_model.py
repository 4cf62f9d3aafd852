"""The language model between questions: loaded when first needed, kept warm, let go in time."""

from collections.abc import Callable
from contextlib import suppress

from desktop_rag.errors import ModelError
from desktop_rag.ports import LanguageModel
from desktop_rag.services.budget import RESERVE_BYTES


class WarmModel:
    """At most one model is loaded. `free_memory` tells how many bytes are free; None: unknown."""

    def __init__(
        self, load: Callable[[], LanguageModel], free_memory: Callable[[], int | None]
    ) -> None:
        self._load = load
        self._free_memory = free_memory
        self._model: LanguageModel | None = None

    def get(self) -> LanguageModel:
        """The model, loaded now if it is not. Raises ModelError."""
        if self._model is None:
            self._model = self._load()
        return self._model

    def drop(self) -> None:
        """Let the model go, whatever state it is in; the next `get` loads it anew."""
        model, self._model = self._model, None
        if model is not None:
            with suppress(ModelError, MemoryError):  # a broken one may not even close
                model.close()

    def rest(self) -> None:
        """Nobody needs the model now: let it go if memory is short; other programs come first."""
        free = self._free_memory() if self._model is not None else None
        if free is not None and free < RESERVE_BYTES:
            self.drop()
