"""Models tried out on this computer: whether they fit, how fast they were, what is kept of it."""

import json
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

from desktop_rag.domain import MemoryFit, Model, ModelRole, ModelTrial, TrialProgress
from desktop_rag.errors import ModelError, ModelTooLarge
from desktop_rag.ports import TrialRunner
from desktop_rag.privacy.permissions import private_folder, write_private
from desktop_rag.services.model_shelf import ModelShelf

_FILE = "trials.json"
_MOST_BYTES = 1 << 20
_GIGABYTE = 1_000_000_000


class ModelTrials:
    """The last trial of each model is kept in the folder of the user's models, with its hash."""

    def __init__(
        self,
        shelf: ModelShelf,
        runner: TrialRunner,
        models_folder: Path,
        free_memory: Callable[[], int | None],
    ) -> None:
        self._shelf = shelf
        self._runner = runner
        self._folder = models_folder
        self._free_memory = free_memory

    def fit(self, model: Model) -> MemoryFit | None:
        """What a language model needs of the memory that is free now; its files must be whole.

        None for an encoder, and where nobody knows. Only the header is read.
        """
        free = self._free_memory()
        if model.role is not ModelRole.LANGUAGE_MODEL or free is None:
            return None
        try:
            needed = self._runner.needed_memory(self._shelf.main_file(model.name, model.role))
        except ModelError:
            return None  # loading it will say why
        return None if needed is None else MemoryFit(needed, free)

    def run(self, name: str) -> Generator[TrialProgress, None, ModelTrial]:
        """Try a model out, for some ten seconds, and keep what was found.

        Raises ModelMissing, ModelAltered; ModelTooLarge before it is loaded; ModelError.
        """
        model = self._shelf.model(name)
        folder = self._shelf.folder(name, model.role)
        fit = self.fit(model)
        if fit is not None and not fit.fits:
            raise ModelTooLarge(
                f"The model {name} needs about {fit.needed_bytes / _GIGABYTE:.1f} GB of memory, "
                f"{fit.free_bytes / _GIGABYTE:.1f} GB are free: it does not fit.",
                "Close other programs, or choose a smaller model.",
            )
        trial = yield from self._runner.run(model, folder)
        self._keep(name, trial)
        return trial

    def kept(self, model: Model) -> ModelTrial | None:
        """The last trial of the model as it is now; None if there was none."""
        trial = self._read().get(model.name)
        return trial if trial is not None and trial.sha256 == model.main_file.sha256 else None

    def _keep(self, name: str, trial: ModelTrial) -> None:
        kept = {**self._read(), name: trial}
        text = json.dumps({key: asdict(value) for key, value in kept.items()}, indent=1)
        with suppress(OSError):  # a full disk takes nothing away from what was found
            write_private(private_folder(self._folder) / _FILE, text)

    def _read(self) -> dict[str, ModelTrial]:
        """All that is kept; what cannot be read is as if it were not there."""
        file = self._folder / _FILE
        try:
            if file.stat().st_size > _MOST_BYTES:
                return {}
            said = json.loads(file.read_text(encoding="utf-8"))
            found = {str(name): _trial(values) for name, values in said.items()}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}
        return {name: trial for name, trial in found.items() if trial is not None}


def _trial(values: object) -> ModelTrial | None:
    """The trial that these values are of, if each is of its kind and none is below zero."""
    kinds = {field.name: field.type for field in fields(ModelTrial)}
    if not isinstance(values, dict) or set(values) != set(kinds):
        return None
    for name, kind in kinds.items():
        value = values[name]
        if type(value) is not kind or (kind is not str and not 0 <= value < float("inf")):
            return None
    trial = ModelTrial(**values)
    return trial if trial.passages_per_s or (trial.read_per_s and trial.written_per_s) else None
