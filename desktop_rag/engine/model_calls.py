"""The calls of the window about models."""

from collections.abc import Generator, Mapping
from pathlib import Path

from desktop_rag.domain import (
    CheckedModel,
    ImportedModel,
    ImportProgress,
    InstalledModel,
    ModelRole,
    ModelTrial,
    ModelTrouble,
    TrialProgress,
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
                state.model,
                installed=state.installed,
                in_use=used.get(state.model.role) == state.model.name,
                trial=self._assistant.trials.kept(state.model),
            )
            for state in self._assistant.shelf.states()
        )

    def check_models(self) -> Generator[CheckedModel, None, int]:
        """As `model_check.check_models`."""
        return check_models(self._assistant.shelf, self._assistant.trials)

    def model_troubles(self) -> tuple[ModelTrouble, ...]:
        """As `model_check.model_troubles`."""
        return tuple(model_troubles(self._assistant))

    def try_model(self, name: str) -> Generator[TrialProgress, None, ModelTrial]:
        """As `ModelTrials.run`."""
        return self._assistant.trials.run(name)

    def devices(self) -> Mapping[ModelRole, str]:
        """As `Assistant.devices`."""
        return dict(self._assistant.devices())

    def import_model(self, path: Path) -> Generator[ImportProgress, None, ImportedModel]:
        """As `ModelShelf.import_from`."""
        return self._assistant.shelf.import_from(path)
