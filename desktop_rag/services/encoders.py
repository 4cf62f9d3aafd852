"""The bi-encoders: the one that the settings choose, and others that a library was made with."""

from collections.abc import Callable
from threading import Lock

from desktop_rag.domain import ModelIdentity
from desktop_rag.errors import EmbedderMismatch, ModelError, ModelMissing
from desktop_rag.ports import Embedder


class Encoders:
    """Loads each bi-encoder when it is first asked for, once, whichever thread asks.

    `identity` and `load` know models by name: which one lies there now, and ready for use.
    """

    def __init__(
        self,
        wanted: str,
        identity: Callable[[str], ModelIdentity],
        load: Callable[[str], Embedder],
    ) -> None:
        self._wanted = wanted
        self._identity = identity
        self._load = load
        self._loading = Lock()
        self._loaded: dict[ModelIdentity, Embedder] = {}

    def wanted(self) -> ModelIdentity:
        """The model that the settings choose. Raises ModelMissing if there is none of its name."""
        return self._identity(self._wanted)

    def is_here(self, model: ModelIdentity) -> bool:
        """Whether this very model is there, as far as the lists of models say."""
        try:
            return self._identity(model.name) == model
        except ModelMissing:
            return False

    def embedder(self, model: ModelIdentity) -> Embedder:
        """The model, loaded.

        Raises ModelError if it is the wanted one and does not load, EmbedderMismatch if it is
        another and is not there any more, or not as it was.
        """
        loaded = self._loaded.get(model)
        if loaded is not None:
            return loaded
        with self._loading:
            if model not in self._loaded:
                self._loaded = {**self._loaded, model: self._made(model)}
            return self._loaded[model]

    def keep_only(self, model: ModelIdentity) -> None:
        """Let all others go."""
        with self._loading:
            self._loaded = {key: one for key, one in self._loaded.items() if key == model}

    def _made(self, model: ModelIdentity) -> Embedder:
        if model == self.wanted():
            return self._load(model.name)
        if not self.is_here(model):
            raise gone(model)
        try:
            return self._load(model.name)
        except ModelError as error:
            raise gone(model) from error


def gone(model: ModelIdentity) -> EmbedderMismatch:
    """The error for a model that a library was made with and that is not there any more."""
    return EmbedderMismatch(
        f"The library was made with the model {model.name}, which is not here as it was.",
        "Run “desktop-rag reembed”, or open the window: the documents are prepared for the model "
        "of the settings, without being read again.",
    )
