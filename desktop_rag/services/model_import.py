"""Take a model from a folder or a file of the user's: copied, hashed, never executed.

Only data formats are taken (safetensors, ONNX, GGUF, JSON, vocabularies); pickles and links are
left behind, because opening them could run code or read elsewhere.
"""

import json
import re
import shutil
from pathlib import Path

from desktop_rag.domain import Model, ModelFile, ModelRole
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.services.manifest import read_manifest, sha256_of, write_manifest

_TAKEN = (".safetensors", ".onnx", ".json", ".txt", ".model")
_WEIGHTS = (".onnx", ".safetensors", ".gguf")
_GGUF_MAGIC = b"GGUF"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def import_model(path: Path, own: Path, name: str | None, taken: frozenset[str]) -> Model:
    """Copy the model at `path` to `own/NAME` with a manifest; the name defaults to the file's.

    Raises ModelError for what is no model, WrongUsage for a name that is taken.
    """
    if not path.exists():
        raise ModelError(f"There is no file or folder {path}.", "Check the name.")
    name = name or _name_from(path)
    if not _NAME.fullmatch(name):
        raise WrongUsage(
            f"“{name}” cannot be the name of a model.", "Use letters, digits, “-”, “_” and “.”."
        )
    if name in taken:
        raise WrongUsage(f"There is a model “{name}” already.", "Rename the file or folder first.")
    role, files = _recognise(path, name)
    arriving = own / f".arriving-{name}"
    shutil.rmtree(arriving, ignore_errors=True)
    try:
        for relative, file in files:
            target = arriving / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target, follow_symlinks=False)
        parts = tuple(
            ModelFile(
                str(relative), sha256_of(arriving / relative), (arriving / relative).stat().st_size
            )
            for relative, _ in files
        )
        model = Model(name, role, "as its maker says", name, parts)
        write_manifest(arriving / "manifest.toml", model)
        read_manifest(arriving / "manifest.toml")
        arriving.rename(own / name)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return model


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
    weights = [pair for pair in files if pair[0].suffix in _WEIGHTS]
    if not weights or not (path / "config.json").is_file():
        raise ModelError(
            f"{path} is no model folder that can be used.",
            "It needs a config.json and weights as .safetensors or .onnx; pickles are refused.",
        )
    weights.sort(key=lambda pair: (pair[0].suffix != ".onnx", str(pair[0])))
    rest = [pair for pair in files if pair not in weights]
    return _role(path), [*weights, *rest]


def _role(folder: Path) -> ModelRole:
    if (folder / "modules.json").is_file():
        return ModelRole.EMBEDDER
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        architectures = " ".join(config.get("architectures") or [])
    except (ValueError, AttributeError, TypeError) as error:
        raise ModelError(
            f"{folder}/config.json cannot be read.", "Copy the folder again."
        ) from error
    if "ForSequenceClassification" in architectures:
        return ModelRole.RERANKER
    raise ModelError(
        f"{folder} is neither a sentence-transformers bi-encoder nor a cross-encoder.",
        "A bi-encoder has a modules.json; a cross-encoder is a …ForSequenceClassification.",
    )


def _name_from(path: Path) -> str:
    plain = re.sub(r"[^a-z0-9.]+", "-", path.stem.lower() if path.is_file() else path.name.lower())
    return plain.strip("-.") or "model"
