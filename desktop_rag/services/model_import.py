"""Take a model from a folder, a file or a pack of the user's: copied, hashed, never executed.

Only data formats are taken (safetensors, ONNX, GGUF, JSON, vocabularies); pickles and links are
left behind, because opening them could run code or read elsewhere.
"""

import json
import re
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_rag.domain import (
    ImportedModel,
    ImportProgress,
    ImportStep,
    Model,
    ModelFile,
    ModelRole,
    Prefixes,
    PreparedEncoder,
    ScoreScale,
)
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.ports import EncoderPreparer
from desktop_rag.services.disk_room import require_room
from desktop_rag.services.manifest import read_manifest, sha256_of, write_manifest
from desktop_rag.services.model_card import ModelCard, read_card
from desktop_rag.services.model_pack import MOST_MEMBERS, TAKEN, is_pack, unpack

_LEFT_BEHIND = frozenset(["adapter_config.json"])  # it names another model, anywhere on the disk
WEIGHTS = (".onnx", ".safetensors", ".gguf")
_BLOCK = 1 << 24
_GGUF_MAGIC = b"GGUF"
_UNKNOWN_LICENCE = "as its maker says"
_MOST_CONFIG = 1 << 20  # bytes; one that was cut is no JSON
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def import_model(
    path: Path,
    own: Path,
    name: str | None,
    taken: frozenset[str],
    encoders: EncoderPreparer,
    require_unchanged: Callable[[], None],
) -> Generator[ImportProgress, None, ImportedModel]:
    """Copy the model at `path` to `own/NAME` with a manifest; the name defaults to the file's.

    An encoder is prepared for this machine first. Closing it leaves nothing behind. Raises
    ModelError for what is no model or cannot be used, WrongUsage for a name that is taken, and
    what `require_unchanged` raises, which is called when a pack was read.
    """
    if not path.exists():
        raise ModelError(f"There is no file or folder {path}.", "Check the name.")
    name = _free_name(name or _name_from(path), taken)
    arriving, unfolded = own / f".arriving-{name}", own / f".unfolded-{name}"
    try:
        _remove(arriving, unfolded)
        source, promised = path, None
        if is_pack(path):
            source, promised = yield from unpack(path, unfolded)
        require_unchanged()
        with _named(path, unfolded):
            role, files = _recognise(source, name)
            encoders.check(source, role)
        card = read_card(source) if source.is_dir() else ModelCard()
        yield from _bring(files, arriving, is_ours=source is not path)
        encoder = yield from _prepared(arriving, name, role, encoders, promised)
        model = _described(_Told(name, role, promised, card), arriving, encoder)
        write_manifest(arriving / "manifest.toml", model)
        read_manifest(arriving / "manifest.toml")
        arriving.rename(own / name)
    finally:
        _remove(arriving, unfolded)
    return ImportedModel(model, encoder)


@contextmanager
def _named(path: Path, unfolded: Path) -> Iterator[None]:
    """What is wrong with something unfolded is said of the pack that it came in."""
    try:
        yield
    except ModelError as error:
        if not unfolded.exists():
            raise
        said = error.message.replace(str(unfolded), path.name)
        raise ModelError(f"The pack {path.name} was not taken: {said}", error.hint) from error


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(
    arriving: Path, name: str, role: ModelRole, encoders: EncoderPreparer, promised: Model | None
) -> Generator[ImportProgress, None, PreparedEncoder | None]:
    """An encoder made ready; None for a language model, which was opened once.

    A pack whose manifest names a graph as what computes brings it ready: none is written.
    """
    if role is ModelRole.LANGUAGE_MODEL:
        yield from encoders.try_out(arriving / f"{name}.gguf", name)
        return None
    ready = promised.main_file.path if promised and promised.role is role else ""
    return (yield from encoders.prepare(arriving, role, ready))


def _free_name(name: str, taken: frozenset[str]) -> str:
    if not _NAME.fullmatch(name):
        raise WrongUsage(
            f"“{name}” cannot be the name of a model.", "Use letters, digits, “-”, “_” and “.”."
        )
    if name in taken:
        raise WrongUsage(f"There is a model “{name}” already.", "Rename the file or folder first.")
    return name


def _bring(
    files: Sequence[tuple[Path, Path]], arriving: Path, *, is_ours: bool
) -> Generator[ImportProgress, None, None]:
    """Copy each file to its place under `arriving`, or move it if it `is_ours`.

    A link that was put there since is refused.
    """
    done, total = 0, sum(file.stat().st_size for _, file in files)
    require_room(arriving.parent, 0 if is_ours else total)
    for relative, file in files:
        target = arriving / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if is_ours:
            file.replace(target)
            continue
        if file.is_symlink() and relative.suffix != ".gguf":
            raise ModelError(f"{file} has become a link.", "Copy the folder again.")
        with file.open("rb") as source, target.open("wb") as copy:
            while block := source.read(_BLOCK):
                copy.write(block)
                done += len(block)
                yield ImportProgress(ImportStep.COPYING, done, total)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a model that arrives: by the manifest of its pack, by its card."""

    name: str
    role: ModelRole
    promised: Model | None
    card: ModelCard

    def prefixes(self, folder_names_them: bool) -> Prefixes | None:
        """Those of a bi-encoder: of its manifest, else of its card if its own files name none."""
        if self.role is not ModelRole.EMBEDDER:
            return None
        if self.promised is not None:
            return self.promised.prefixes
        return None if folder_names_them else self.card.prefixes


def _described(told: _Told, folder: Path, encoder: PreparedEncoder | None) -> Model:
    """The model with every file that lies in `folder` now, the one that computes first.

    Of what the manifest of a pack promised, only its words are kept: never where to fetch it.
    """
    first = encoder.file if encoder else f"{told.name}.gguf"
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    parts = tuple(
        ModelFile(path, sha256_of(folder / path), (folder / path).stat().st_size)
        for path in sorted(paths, key=lambda path: (path != first, path))
    )
    scale = encoder.scale if encoder else ScoreScale.LOGIT
    prefixes = told.prefixes(bool(encoder and encoder.names_prefixes))
    model = told.promised or Model(
        told.name,
        told.role,
        told.card.licence or _UNKNOWN_LICENCE,
        title=told.name,
        files=(),
        languages=told.card.languages,
    )
    return replace(
        model,
        name=told.name,
        role=told.role,
        files=parts,
        sources=(),
        scale=scale,
        prefixes=prefixes,
    )


def _recognise(path: Path, name: str) -> tuple[ModelRole, list[tuple[Path, Path]]]:
    """The role of what lies there, and its files as (path in the model's folder, file)."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(4) != _GGUF_MAGIC:
                raise ModelError(
                    f"{path.name} is not a GGUF file.", "Choose a .gguf file, a .zip or a folder."
                )
        return ModelRole.LANGUAGE_MODEL, [(Path(f"{name}.gguf"), path)]
    files = [(file.relative_to(path), file) for file in _files_to_take(path)]
    has_weights = any(relative.suffix in WEIGHTS for relative, _ in files)
    if not has_weights or not (path / "config.json").is_file():
        raise ModelError(
            f"{path} is no model folder that can be used.",
            "It needs a config.json and weights as .safetensors or .onnx; pickles are refused.",
        )
    return _role(path), files


def _files_to_take(folder: Path) -> list[Path]:
    """Data files that are no links, in their order. Raises ModelError if they are very many."""
    files = []
    for file in folder.rglob("*"):
        is_data = file.suffix in TAKEN and file.suffix != ".gguf" and file.name not in _LEFT_BEHIND
        if is_data and file.is_file() and not file.is_symlink():
            files.append(file)
        if len(files) > MOST_MEMBERS:
            raise ModelError(
                f"{folder} holds more than {MOST_MEMBERS} files: it is no folder of one model.",
                "Choose the folder that the model's config.json lies in.",
            )
    return sorted(files)


def role_of_config(config: bytes, has_modules: bool) -> ModelRole | None:
    """The role of an encoder by its config.json; None if that cannot be read or tells of none.

    Newer cross-encoders have a modules.json too: the architecture is asked first.
    """
    architectures = _architectures(config)
    if architectures is None:
        return None
    if "ForSequenceClassification" in architectures:
        return ModelRole.RERANKER
    return ModelRole.EMBEDDER if has_modules else None


def _architectures(config: bytes) -> str | None:
    """The architectures that a config.json names; None if it cannot be read."""
    try:
        return " ".join(json.loads(config).get("architectures") or [])
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None


def _role(folder: Path) -> ModelRole:
    with (folder / "config.json").open("rb") as file:
        config = file.read(_MOST_CONFIG)
    role = role_of_config(config, (folder / "modules.json").is_file())
    if role is not None:
        return role
    if _architectures(config) is None:
        raise ModelError(f"{folder}/config.json cannot be read.", "Copy the folder again.")
    raise ModelError(
        f"{folder} is neither a sentence-transformers bi-encoder nor a cross-encoder.",
        "A bi-encoder has a modules.json; a cross-encoder is a …ForSequenceClassification.",
    )


def _name_from(path: Path) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", path.stem.lower() if path.is_file() else path.name.lower())
    return plain.strip("-.") or "model"
