"""Files that only their owner may read."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """Make `folder` and its missing parents, readable by the owner alone (0700), and return it.

    A folder that is there already is closed to others, if it is ours.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)
    return folder


def too_open(folder: Path) -> list[Path]:
    """Files and folders at and under `folder` that others may reach. Empty on Windows."""
    if sys.platform == "win32" or not folder.exists():
        return []
    inside = (path for path in folder.rglob("*") if not path.is_symlink())
    return [path for path in (folder, *inside) if path.stat().st_mode & 0o077]


def write_private(file: Path, text: str) -> None:
    """As `write_private_bytes`, for text in UTF-8."""
    write_private_bytes(file, text.encode())


def write_private_bytes(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read (0600), whole or not at all. Raises OSError.

    It is written beside its place, forced to the disk, and only then put there.
    """
    handle, arriving = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(arriving).replace(file)
    except BaseException:
        Path(arriving).unlink(missing_ok=True)
        raise
