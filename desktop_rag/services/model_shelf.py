"""The models: which there are, where they lie, and whether they are what they claim to be."""

import os
from collections.abc import Collection, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_rag.domain import (
    DownloadProgress,
    ImportedModel,
    ImportProgress,
    Model,
    ModelFile,
    ModelIdentity,
    ModelRole,
    PackProgress,
)
from desktop_rag.errors import ModelAltered, ModelError, ModelMissing
from desktop_rag.ports import EncoderPreparer, ModelFetcher
from desktop_rag.privacy.administration import weakness_below
from desktop_rag.privacy.permissions import private_folder, readable_by_all
from desktop_rag.services.manifest import read_manifest, sha256_of
from desktop_rag.services.model_fetching import fetch_files
from desktop_rag.services.model_files import CheckedFiles, check_no_others
from desktop_rag.services.model_import import import_model
from desktop_rag.services.model_packing import pack_model
from desktop_rag.services.model_signatures import ModelSignatures, Unchanged


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model of the manifest with what is on this machine of it."""

    model: Model
    folder: Path | None
    missing: tuple[str, ...]

    @property
    def installed(self) -> bool:
        return self.folder is not None and not self.missing


class ModelShelf:
    """Models that came with the program, and those of the user beside them.

    `bundled` holds `models.toml` and, under `models/`, one folder a model. It may be read-only.
    `own` holds one folder a model, each with its `manifest.toml` if it was imported. `shared` is
    the same for all users of the computer; what others than an administrator could change there
    is not used. `signatures`: what a model that is imported must bear; None: nothing.
    """

    def __init__(
        self,
        bundled: Path,
        own: Path,
        fetcher: ModelFetcher,
        encoders: EncoderPreparer,
        shared: Path | None = None,
        signatures: ModelSignatures | None = None,
    ) -> None:
        self._bundled = bundled
        self._own = own
        self._shared = shared
        self._fetcher = fetcher
        self._encoders = encoders
        self._signatures = signatures
        self._checked = CheckedFiles()

    def models(self) -> list[Model]:
        """All models that are known here, those of the program first."""
        models = read_manifest(self._bundled / "models.toml")
        for manifest in self._own_manifests():
            with suppress(ModelAltered):  # `verify` tells of it; the others stay usable
                models += read_manifest(manifest)
        return models

    def states(self) -> list[ModelState]:
        """Every model with its folder and the files that it lacks."""
        return [self._state(model) for model in self.models()]

    def model(self, name: str, role: ModelRole | None = None) -> Model:
        """The model of this name. Raises ModelMissing if there is none, or in another role."""
        known = [model for model in self.models() if role in (None, model.role)]
        for model in known:
            if model.name == name:
                return model
        names = ", ".join(model.name for model in known)
        raise ModelMissing(f"There is no model “{name}”.", f"Known are: {names}.")

    def is_own(self, name: str) -> bool:
        """Whether the model lies with the user's own; if it lies nowhere, it does not."""
        return any(
            state.folder is not None and state.folder.parent == self._own
            for state in self.states()
            if state.model.name == name
        )

    def identity(self, name: str) -> ModelIdentity:
        """Name and hash of the model, from its manifest."""
        model = self.model(name)
        return ModelIdentity(model.name, model.main_file.sha256)

    def folder(self, name: str, role: ModelRole) -> Path:
        """The model's folder, every file in it checked against the manifest.

        Raises ModelMissing or ModelAltered.
        """
        state = self._state(self.model(name, role))
        if state.folder is None or state.missing:
            missing = state.missing[0] if state.missing else "its folder"
            raise ModelMissing(
                f"The model {name} is not complete: {missing} is missing.",
                f"Run “desktop-rag models fetch {name}” on a connected machine, import it, or "
                "install the program anew."
                if state.model.sources
                else "It came with the program: install the program anew.",
            )
        self._check_shared(state.folder, name)
        check_no_others(state.folder, state.model)
        for file in state.model.files:
            if (state.folder / file.path).exists():
                self._checked.check(state.folder, file, name)
        return state.folder

    def main_file(self, name: str, role: ModelRole) -> Path:
        """The file that computes (a GGUF, a graph), checked as by `folder`."""
        return self.folder(name, role) / self.model(name, role).main_file.path

    def verify(self, needed: Collection[str] = ()) -> list[tuple[str, str]]:
        """(model, what is wrong) for each model, installed or `needed`, that is not in order."""
        problems: list[tuple[str, str]] = []
        for manifest in self._own_manifests():
            try:
                read_manifest(manifest)
            except ModelAltered as error:
                problems.append((manifest.parent.name, error.message))
        for state in self.states():
            if state.folder is None:
                if state.model.name in needed:
                    problems.append((state.model.name, "It is not here."))
                continue
            problems += [(state.model.name, text) for text in self._problems(state)]
        return problems

    def _problems(self, state: ModelState) -> Iterator[str]:
        """What is wrong with a model that has a folder, every file of it read anew."""
        folder = state.folder
        if folder is None:
            return
        try:
            self._check_shared(folder, state.model.name)
            check_no_others(folder, state.model)
        except ModelAltered as error:
            yield error.message
        for file in state.model.files:
            try:
                if (folder / file.path).exists():
                    self._checked.check(folder, file, state.model.name, anew=True)
                elif not file.optional:
                    yield f"{file.path} is missing."
            except ModelAltered as error:
                yield error.message

    def wanted(self, name: str, *, into: Path | None = None) -> list[ModelFile]:
        """The files of a model, optional ones included, that a fetch would bring."""
        folder = self._fetch_folder(name, into)
        return [
            file
            for file in self.model(name).files
            if not (folder / file.path).is_file() or sha256_of(folder / file.path) != file.sha256
        ]

    def fetch(
        self, name: str, *, into: Path | None = None
    ) -> Generator[DownloadProgress, None, Path]:
        """Bring the files of a model that are not here yet; each source is tried in turn.

        `into` is the folder of models to put it in, else the user's own. Files arrive beside
        their place, are hashed, and only then put in it. Raises DownloadFailed, ModelAltered.
        """
        model, folder = self.model(name), self._fetch_folder(name, into)
        wanted = self.wanted(name, into=into)
        yield from fetch_files(self._fetcher, model, wanted, folder)
        return folder

    def import_from(
        self,
        path: Path,
        name: str | None = None,
        *,
        for_all_users: bool = False,
        key: str = "",
    ) -> Generator[ImportProgress, None, ImportedModel]:
        """Copy a model folder, a GGUF file or a pack to the user's models. Raises ModelError.

        An encoder is prepared and compared with its own weights, which takes up to minutes.
        `for_all_users`: to the models of all users, which an administrator alone may do. `key`:
        of minisign; a signature by it is wanted beside the one that the settings want.
        """
        taken = frozenset(model.name for model in self.models())
        place = self._shared_place() if for_all_users else private_folder(self._own)
        try:
            comment, unchanged = yield from self._require_signature(path, key)
            imported = yield from import_model(path, place, name, taken, self._encoders, unchanged)
            imported = replace(imported, signed=comment)
            if for_all_users:
                readable_by_all(place / imported.model.name)
            return imported
        except OSError as error:
            raise ModelError(
                f"{path.name} was not taken: {error.strerror or error}.",
                "See to the rights of the file and to the room on the disk.",
            ) from error

    def _require_signature(
        self, path: Path, key: str
    ) -> Generator[ImportProgress, None, tuple[str, Unchanged]]:
        if self._signatures is None:
            if key:
                raise ModelError("Signatures cannot be checked here.", "Leave the key out.")
            return "", lambda: None
        return (yield from self._signatures.require(path, key))

    def pack(self, name: str, target: Path) -> Generator[PackProgress, None, Path]:
        """As `pack_model`, once its files were checked. Raises ModelMissing, ModelAltered."""
        model = self.model(name)
        return (yield from pack_model(model, self.folder(name, model.role), target))

    def _own_manifests(self) -> list[Path]:
        shared = self._shared.glob("*/manifest.toml") if self._shared else ()
        return [*sorted(self._own.glob("*/manifest.toml")), *sorted(shared)]

    def _shared_place(self) -> Path:
        """The folder for all users, made if it is not there. Raises ModelError."""
        try:
            if self._shared is None:
                raise PermissionError("there is none here")
            self._shared.mkdir(mode=0o755, parents=True, exist_ok=True)
            if not os.access(self._shared, os.W_OK):
                raise PermissionError(f"{self._shared} cannot be written")
        except OSError as error:
            raise ModelError(
                f"The model was not put there for all users: {error.strerror or error}.",
                "Run the command as the administrator of this computer.",
            ) from error
        return self._shared

    def _check_shared(self, folder: Path, name: str) -> None:
        """Raises ModelAltered if others than an administrator could change a model for all."""
        if self._shared is None or not folder.is_relative_to(self._shared):
            return
        try:
            weakness = weakness_below(folder)
        except OSError as error:
            weakness = f"{folder} cannot be looked through ({error.strerror})"
        if weakness:
            raise ModelAltered(
                f"The model {name}, which is there for all users, is not used: {weakness}.",
                "Ask the administrator of this computer to mend the rights.",
            )

    def _fetch_folder(self, name: str, into: Path | None) -> Path:
        if into is not None:
            return into / name
        folder = self._state(self.model(name)).folder
        is_own = folder and not (self._shared and folder.is_relative_to(self._shared))
        return folder if folder and is_own else self._own / name

    def _state(self, model: Model) -> ModelState:
        """The first complete folder: the user's own, all users', the bundled; else any there is."""
        shared = (self._shared / model.name,) if self._shared else ()
        places = (self._own / model.name, *shared, self._bundled / "models" / model.name)
        states = [
            ModelState(model, place, _missing(model, place)) for place in places if place.is_dir()
        ]
        complete = (state for state in states if state.installed)
        nowhere = ModelState(model, None, tuple(f.path for f in model.files if not f.optional))
        return next(complete, states[0] if states else nowhere)


def _missing(model: Model, folder: Path) -> tuple[str, ...]:
    return tuple(
        file.path
        for file in model.files
        if not file.optional and not (folder / file.path).is_file()
    )
