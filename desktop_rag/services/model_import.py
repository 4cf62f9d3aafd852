"""Take a model from a folder or a file of the user's: copied, hashed, never executed.

Only data formats are taken (safetensors, ONNX, GGUF, JSON, vocabularies); pickles and links are
left behind, because opening them could run code or read elsewhere.
"""

import json
import re
import shutil
from collections.abc import Generator, Sequence
from pathlib import Path

from desktop_rag.domain import (
    ImportedModel,
    ImportProgress,
    ImportStep,
    Model,
    ModelFile,
    ModelRole,
    PreparedEncoder,
    ScoreScale,
)
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.ports import EncoderPreparer
from desktop_rag.services.manifest import read_manifest, sha256_of, write_manifest

_TAKEN = (".safetensors", ".onnx", ".json", ".txt", ".model")
_WEIGHTS = (".onnx", ".safetensors", ".gguf")
_BLOCK = 1 << 24
_GGUF_MAGIC = b"GGUF"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def import_model(
    path: Path, own: Path, name: str | None, taken: frozenset[str], encoders: EncoderPreparer
) -> Generator[ImportProgress, None, ImportedModel]:
    """Copy the model at `path` to `own/NAME` with a manifest; the name defaults to the file's.

    An encoder is prepared for this machine first. Closing it leaves nothing behind. Raises
    ModelError for what is no model or cannot be used, WrongUsage for a name that is taken.
    """
    if not path.exists():
        raise ModelError(f"There is no file or folder {path}.", "Check the name.")
    name = _free_name(name or _name_from(path), taken)
    role, files = _recognise(path, name)
    is_encoder = role is not ModelRole.LANGUAGE_MODEL
    if is_encoder:
        encoders.check(path, role)
    arriving = own / f".arriving-{name}"
    shutil.rmtree(arriving, ignore_errors=True)
    try:
        yield from _copy(files, arriving)
        encoder = (yield from encoders.prepare(arriving, role)) if is_encoder else None
        model = _described(arriving, name, role, encoder)
        write_manifest(arriving / "manifest.toml", model)
        read_manifest(arriving / "manifest.toml")
        arriving.rename(own / name)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return ImportedModel(model, encoder)


def _free_name(name: str, taken: frozenset[str]) -> str:
    if not _NAME.fullmatch(name):
        raise WrongUsage(
            f"“{name}” cannot be the name of a model.", "Use letters, digits, “-”, “_” and “.”."
        )
    if name in taken:
        raise WrongUsage(f"There is a model “{name}” already.", "Rename the file or folder first.")
    return name


def _copy(
    files: Sequence[tuple[Path, Path]], arriving: Path
) -> Generator[ImportProgress, None, None]:
    """Copy each file to its place under `arriving`; a link that was put there since is refused."""
    done, total = 0, sum(file.stat().st_size for _, file in files)
    for relative, file in files:
        target = arriving / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink() and relative.suffix != ".gguf":
            raise ModelError(f"{file} has become a link.", "Copy the folder again.")
        with file.open("rb") as source, target.open("wb") as copy:
            while block := source.read(_BLOCK):
                copy.write(block)
                done += len(block)
                yield ImportProgress(ImportStep.COPYING, done, total)


def _described(folder: Path, name: str, role: ModelRole, encoder: PreparedEncoder | None) -> Model:
    """The model with every file that lies in `folder` now, the one that computes first."""
    first = encoder.file if encoder else f"{name}.gguf"
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    parts = tuple(
        ModelFile(path, sha256_of(folder / path), (folder / path).stat().st_size)
        for path in sorted(paths, key=lambda path: (path != first, path))
    )
    scale = encoder.scale if encoder else ScoreScale.LOGIT
    return Model(name, role, "as its maker says", name, parts, scale=scale)


def _recognise(path: Path, name: str) -> tuple[ModelRole, list[tuple[Path, Path]]]:
    """The role of what lies there, and its files as (path in the model's folder, file)."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(4) != _GGUF_MAGIC:
                raise ModelError(
                    f"{path.name} is not a GGUF file.", "Choose a .gguf file or a folder."
                )
        return ModelRole.LANGUAGE_MODEL, [(Path(f"{name}.gguf"), path)]
    files = [
        (file.relative_to(path), file)
        for file in sorted(path.rglob("*"))
        if file.is_file() and not file.is_symlink() and file.suffix in _TAKEN
    ]
    has_weights = any(relative.suffix in _WEIGHTS for relative, _ in files)
    if not has_weights or not (path / "config.json").is_file():
        raise ModelError(
            f"{path} is no model folder that can be used.",
            "It needs a config.json and weights as .safetensors or .onnx; pickles are refused.",
        )
    return _role(path), files


def _role(folder: Path) -> ModelRole:
    """Newer cross-encoders have a modules.json too: the architecture is asked first."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        architectures = " ".join(config.get("architectures") or [])
    except (ValueError, AttributeError, TypeError) as error:
        raise ModelError(
            f"{folder}/config.json cannot be read.", "Copy the folder again."
        ) from error
    if "ForSequenceClassification" in architectures:
        return ModelRole.RERANKER
    if (folder / "modules.json").is_file():
        return ModelRole.EMBEDDER
    raise ModelError(
        f"{folder} is neither a sentence-transformers bi-encoder nor a cross-encoder.",
        "A bi-encoder has a modules.json; a cross-encoder is a …ForSequenceClassification.",
    )


def _name_from(path: Path) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", path.stem.lower() if path.is_file() else path.name.lower())
    return plain.strip("-.") or "model"
