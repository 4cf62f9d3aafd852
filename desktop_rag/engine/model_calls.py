"""The calls of the window about models."""

from collections.abc import Generator, Mapping
from pathlib import Path

from desktop_rag.domain import (
    CheckedModel,
    ImportedModel,
    ImportProgress,
    InstalledModel,
    ModelRole,
    ModelTrouble,
)
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.model_check import check_models, model_troubles


class ModelCalls:
    """The part of the engine that lists, checks and imports models."""

    _assistant: Assistant

    def models(self) -> tuple[InstalledModel, ...]:
        """Every model that is known, those of the program first; no file of them is read."""
        used = self._assistant.models_in_use
        return tuple(
            InstalledModel(
                state.model, state.installed, used.get(state.model.role) == state.model.name
            )
            for state in self._assistant.shelf.states()
        )

    def check_models(self) -> Generator[CheckedModel, None, int]:
        """As `model_check.check_models`."""
        return check_models(self._assistant.shelf)

    def model_troubles(self) -> tuple[ModelTrouble, ...]:
        """As `model_check.model_troubles`."""
        return tuple(model_troubles(self._assistant))

    def devices(self) -> Mapping[ModelRole, str]:
        """As `Assistant.devices`."""
        return dict(self._assistant.devices())

    def import_model(self, path: Path) -> Generator[ImportProgress, None, ImportedModel]:
        """As `ModelShelf.import_from`."""
        return self._assistant.shelf.import_from(path)
