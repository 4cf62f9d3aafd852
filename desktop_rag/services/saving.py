"""A file written where the reader wants it: whole, or not at all."""

import errno
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from desktop_rag.errors import NotSaved

_FULL = (errno.ENOSPC, errno.EDQUOT)


def refuse_own_file(target: Path, own: Sequence[Path]) -> None:
    """Raise NotSaved if `target` is one of these files, under whatever name."""
    for path in own:
        if target.resolve() == path.resolve() or _are_same(target, path):
            raise NotSaved(
                f"{target.name} is the document itself; it is never changed.",
                "Choose another name or another folder.",
            )


def save_copy(content: bytes, target: Path, *, like: Path) -> Path:
    """As `save_new`, but others may read it if they may read `like`."""
    return _saved(content, target, like)


def save_new(content: bytes, target: Path) -> Path:
    """Write `content` to `target`, for its owner alone, and return it.

    A file that is there is replaced in one step once all is on the disk. Raises NotSaved.
    """
    return _saved(content, target, None)


def _saved(content: bytes, target: Path, like: Path | None) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if like is not None:
                with suppress(OSError):  # a drive without permissions, or a document just moved
                    temporary.chmod(like.stat().st_mode & 0o666 | 0o600)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _not_saved(target, error) from error
    return target


def _not_saved(target: Path, error: OSError) -> NotSaved:
    if error.errno in _FULL:
        return NotSaved(
            f"{target.name} was not saved: the disk is full.",
            "Free some space on the disk, or save to another one.",
        )
    return NotSaved(
        f"{target.name} was not saved in {target.parent}: {error.strerror}.",
        "Choose a folder that you may write to; if the file is open elsewhere, close it.",
    )


def _are_same(target: Path, path: Path) -> bool:
    try:
        return target.samefile(path)
    except OSError:  # one of them is not there
        return False
