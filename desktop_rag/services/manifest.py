"""The list of models: `resources/models.toml`, and `manifest.toml` beside an imported model."""

import hashlib
import json
import re
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from desktop_rag.domain import Model, ModelFile, ModelRole, ModelSource, Prefixes, ScoreScale
from desktop_rag.errors import ModelAltered

_HEX = frozenset("0123456789abcdef")
_LANGUAGE = re.compile(r"[a-z]{2,3}|\*")  # the star: many
_MOST_BYTES = 1 << 20
_MOST_WORDS = 200  # characters of a title or a licence


def read_manifest(file: Path) -> list[Model]:
    """The models that a manifest lists. Raises ModelAltered if it is damaged."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ValueError("it is too long")
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(str(file), error) from error
    return parse_manifest(text, str(file))


def parse_manifest(text: str, name: str) -> list[Model]:
    """The models that this text lists; `name` is its file's. Raises ModelAltered."""
    try:
        return [_model(table) for table in tomllib.loads(text)["model"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> ModelAltered:
    reason = "".join(filter(str.isprintable, str(error)))[:200]
    return ModelAltered(
        f"The list of models {name} cannot be read: {reason}.",
        "Install the program anew, or import the model again.",
    )


def write_manifest(file: Path, model: Model) -> None:
    """Write a manifest of one model that `read_manifest` reads back as it is."""
    file.write_text(manifest_text(model), encoding="utf-8")


def manifest_text(model: Model) -> str:
    """The manifest of one model, the same for the same model."""
    lines = [
        "[[model]]",
        f'name = "{model.name}"',
        f'role = "{model.role.value}"',
        f'licence = "{_plain(model.licence)}"',
        f'title = "{_plain(model.title)}"',
    ]
    if model.scale is not ScoreScale.LOGIT:
        lines.append(f'scale = "{model.scale.value}"')
    if model.languages:
        lines.append(f"languages = {json.dumps(model.languages)}")
    if model.prefixes is not None:
        lines.append(f'question_prefix = "{_plain(model.prefixes.question)}"')
        lines.append(f'passage_prefix = "{_plain(model.prefixes.passage)}"')
    for part in model.files:
        lines += ["[[model.files]]", f'path = "{part.path}"', f'sha256 = "{part.sha256}"']
        lines.append(f"bytes = {part.bytes}")
        if part.optional:
            lines.append("optional = true")
    return "\n".join(lines) + "\n"


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _model(table: dict[str, Any]) -> Model:
    return Model(
        name=_safe_path(table["name"]),
        role=ModelRole(table["role"]),
        licence=_words(table["licence"]),
        title=_words(table["title"]),
        files=tuple(_file(part) for part in table["files"]),
        sources=tuple(ModelSource(**source) for source in table.get("sources", ())),
        scale=ScoreScale(table.get("scale", ScoreScale.LOGIT)),
        languages=tuple(map(_language, table.get("languages", ()))),
        prefixes=_prefixes(table),
    )


def _language(untrusted_code: object) -> str:
    if not isinstance(untrusted_code, str) or not _LANGUAGE.fullmatch(untrusted_code):
        raise ValueError(f"{untrusted_code!r:.80} is no code of a language")
    return untrusted_code


def _prefixes(table: dict[str, Any]) -> Prefixes | None:
    """Both or neither: one alone would be a slip that nobody sees in the figures."""
    if "question_prefix" not in table and "passage_prefix" not in table:
        return None
    return Prefixes(_words(table["question_prefix"]), _words(table["passage_prefix"]))


def _file(table: dict[str, Any]) -> ModelFile:
    if len(table["sha256"]) != 64 or not set(table["sha256"]) <= _HEX:
        raise ValueError(f"{table['path']} has no SHA-256")
    optional = bool(table.get("optional", False))
    return ModelFile(_safe_path(table["path"]), table["sha256"], int(table["bytes"]), optional)


def _words(untrusted_text: object) -> str:
    if not isinstance(untrusted_text, str):
        raise ValueError(f"{untrusted_text!r:.80} is no text")
    return _plain(untrusted_text)[:_MOST_WORDS]


def _safe_path(path: str) -> str:
    """The path, if it stays inside the folder that it is joined to."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or "\\" in path or ":" in path or ".." in parts:
        raise ValueError(f"{path!r} is no path inside a model's folder")
    return path


def _plain(text: str) -> str:
    return "".join(
        character for character in text if character.isprintable() and character not in '"\\'
    )
