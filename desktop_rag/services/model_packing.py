"""Writes a model into a pack that `models import` takes on another machine.

The same model gives the same bytes: names, order, times and modes are fixed, and nothing is
deflated, because another version of zlib would give others.
"""

import hashlib
import os
import stat
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import Model, ModelFile, PackProgress, PackStep
from desktop_rag.errors import ModelError, WrongUsage
from desktop_rag.privacy.permissions import force_folder
from desktop_rag.services.disk_room import require_room
from desktop_rag.services.manifest import manifest_text
from desktop_rag.services.model_pack import MANIFEST

_BLOCK = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows
_MODE = stat.S_IFREG | 0o644
_HEADERS = 65_536  # bytes for the lists in the pack, and more


def pack_model(model: Model, folder: Path, target: Path) -> Generator[PackProgress, None, Path]:
    """Write the files of the model that are in `folder` to `target`, and read them back.

    The files were checked before. The pack stands under another name until it is whole; closing
    leaves nothing. Raises WrongUsage if something is there already, ModelError.
    """
    target = target.absolute()
    if target.exists():
        raise WrongUsage(f"There is a file {target} already.", "Give another name with “--to”.")
    model = replace(model, files=tuple(_present(model, folder)))
    arriving = target.with_name(f".{target.name}.arriving")
    with _errors(target):
        require_room(target.parent, model.bytes + _HEADERS)
        try:
            yield from _write(model, folder, arriving)
            yield from _read_back(model, arriving)
            arriving.rename(target)
            force_folder(target.parent)
        finally:
            arriving.unlink(missing_ok=True)
    return target


def _present(model: Model, folder: Path) -> Iterator[ModelFile]:
    """The files of the model; those that only a GPU needs may not be here."""
    return (file for file in model.files if not file.optional or (folder / file.path).is_file())


def _write(model: Model, folder: Path, arriving: Path) -> Generator[PackProgress, None, None]:
    done = 0
    with arriving.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_member(MANIFEST), manifest_text(model))
            for file in model.files:
                member = _member(file.path)
                member.file_size = file.bytes  # it tells whether 64 bits are needed
                with (
                    (folder / file.path).open("rb") as source,
                    archive.open(member, "w") as copy,
                ):
                    while block := source.read(_BLOCK):
                        copy.write(block)
                        done += len(block)
                        yield PackProgress(PackStep.WRITING, done, model.bytes)
        stream.flush()
        os.fsync(stream.fileno())


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIRST_DAY)
    member.create_system = 3  # Unix, wherever it is made
    member.external_attr = _MODE << 16
    return member


def _read_back(model: Model, arriving: Path) -> Generator[PackProgress, None, None]:
    """Raises ModelError unless every file in the pack has the hash of its manifest."""
    done = 0
    with zipfile.ZipFile(arriving) as archive:
        for file in model.files:
            digest = hashlib.sha256()
            with archive.open(file.path) as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    done += len(block)
                    yield PackProgress(PackStep.CHECKING, done, model.bytes)
            if digest.hexdigest() != file.sha256:
                raise ModelError(
                    f"The pack was not kept: {file.path} in it is not what was to be packed.",
                    "Run “desktop-rag models verify”, and try again, on another disk if need be.",
                )


@contextmanager
def _errors(target: Path) -> Iterator[None]:
    """Raise ModelError for what a disk, or the reading of what was written, ends in."""
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"The pack {target} was not written: {error.strerror or error}.",
            "See to the rights of its folder and to the room on the disk.",
        ) from error
    except zipfile.BadZipFile as error:
        raise ModelError(
            f"The pack was not kept: it cannot be read back ({error}).", "Try another disk."
        ) from error
