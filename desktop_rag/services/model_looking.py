"""Whether something that was dropped is a model: told by what lies in it, not yet believed."""

from itertools import islice
from pathlib import Path

from desktop_rag.domain import FoundModel, ModelRole
from desktop_rag.errors import ModelError
from desktop_rag.services.model_import import WEIGHTS, role_of_config
from desktop_rag.services.model_pack import contents, is_pack

_MOST_FILES = 5000  # of a folder; a model's has a few dozen
_MOST_CONFIG = 1 << 20  # bytes
_MAGIC = b"GGUF"
_DOCUMENTS = frozenset({".pdf", ".eml", ".msg"})  # thousands may be dropped: they are not opened


def model_at(path: Path) -> FoundModel | None:
    """The model that `path` seems to be; None for documents and for what cannot be looked at.

    A folder, or a zip, that holds a PDF is none, whatever else is in it.
    """
    if path.suffix.lower() in _DOCUMENTS:
        return None
    try:
        if path.is_dir():
            return _in_folder(path)
        if path.is_file():
            return _in_pack(path) if is_pack(path) else _in_file(path)
    except (OSError, ModelError):
        pass
    return None


def _in_file(path: Path) -> FoundModel | None:
    """A language model; a file that has only its ending is one too: the import says what is wrong.

    The beginning is read of files without an ending alone.
    """
    is_named = path.suffix.lower() == ".gguf"
    if not is_named and (path.suffix or not _begins_as_one(path)):
        return None
    return FoundModel(path, ModelRole.LANGUAGE_MODEL, path.stem, path.stat().st_size)


def _begins_as_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _in_folder(folder: Path) -> FoundModel | None:
    """A model's folder has a config.json, and weights beside it or below."""
    if not (folder / "config.json").is_file():
        return None
    files = list(islice(folder.rglob("*"), _MOST_FILES))
    suffixes = {file.suffix.lower() for file in files}
    if ".pdf" in suffixes or not suffixes & {*WEIGHTS}:
        return None
    with (folder / "config.json").open("rb") as file:
        role = role_of_config(file.read(_MOST_CONFIG), (folder / "modules.json").is_file())
    size = sum(file.stat().st_size for file in files if file.is_file())
    return FoundModel(folder, role, folder.name, size)


def _in_pack(pack: Path) -> FoundModel | None:
    """What its list of contents tells; the manifest, if there is one, knows title and role."""
    found = contents(pack)
    suffixes = {Path(name).suffix.lower() for name in found.names}
    names = {Path(name).name for name in found.names}
    if ".pdf" in suffixes or not suffixes & {*WEIGHTS}:
        return None
    if found.manifest is not None:
        return FoundModel(pack, found.manifest.role, found.manifest.title, found.unfolded_bytes)
    if ".gguf" in suffixes:
        return FoundModel(pack, ModelRole.LANGUAGE_MODEL, pack.stem, found.unfolded_bytes)
    if "config.json" not in names:
        return None
    role = role_of_config(found.config, "modules.json" in names)
    return FoundModel(pack, role, pack.stem, found.unfolded_bytes)
