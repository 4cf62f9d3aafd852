"""Files that only their owner may read."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Closing:
    """What was done about files and folders that others could reach.

    Attributes:
        closed: how many were ours and are closed now.
        left_open: ours, but the drive does not let them be closed.
        foreign: another user's; they were left as they are.
    """

    closed: int = 0
    left_open: tuple[Path, ...] = ()
    foreign: tuple[Path, ...] = ()

    def __add__(self, other: "Closing") -> "Closing":
        return Closing(
            self.closed + other.closed,
            self.left_open + other.left_open,
            self.foreign + other.foreign,
        )


def private_folder(folder: Path) -> Path:
    """Make `folder` and its missing parents, readable by the owner alone (0700), and return it.

    A folder that is there already is closed to others, if it is ours.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)
    return folder


def readable_by_all(folder: Path) -> None:
    """Let everyone read a folder and what is in it, and its owner alone change it. No link."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def is_foreign(folder: Path) -> bool:
    """Whether the folder is there and belongs to another user. Never on Windows."""
    if sys.platform == "win32":
        return False
    try:
        return folder.stat().st_uid != os.geteuid()
    except OSError:
        return False


def close_to_others(folder: Path, *, all_below: bool = False) -> Closing:
    """Take all rights of others from what is ours: the folder and what lies directly in it.

    All below it too with `all_below`, and if the folder itself was open: while it is closed nobody
    else reaches what is below. A link is never followed, but for `folder` itself.
    """
    if sys.platform == "win32" or not folder.is_dir():
        return Closing()
    top = folder.resolve()
    was_open = bool(top.stat().st_mode & _OTHERS)
    found = Closing()
    for path, status in _at_and_in(top, all_below or was_open):
        found += _closed(path, status)
    return found


def _at_and_in(top: Path, all_below: bool) -> Iterator[tuple[Path, os.stat_result]]:
    """Folders before what is in them: they are closed first."""
    yield top, top.lstat()
    waiting = [top]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # the index is being written
                    yield Path(entry.path), entry.stat(follow_symlinks=False)
                if all_below and entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))


def _closed(path: Path, status: os.stat_result) -> Closing:
    if stat.S_ISLNK(status.st_mode):
        return Closing()
    if status.st_uid != os.geteuid():
        return Closing(foreign=(path,))
    if not status.st_mode & _OTHERS:
        return Closing()
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return Closing()
    except OSError:
        return Closing(left_open=(path,))
    try:
        os.fchmod(handle, stat.S_IMODE(status.st_mode) & ~_OTHERS)
        is_closed = not os.fstat(handle).st_mode & _OTHERS  # some drives only pretend
    except OSError:
        is_closed = False
    finally:
        os.close(handle)
    return Closing(closed=1) if is_closed else Closing(left_open=(path,))


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
        force_folder(file.parent)
    except BaseException:
        Path(arriving).unlink(missing_ok=True)
        raise


def force_folder(folder: Path) -> None:
    """Force the names in a folder to the disk. Raises OSError."""
    if os.name == "nt":  # Windows cannot sync a folder (untested there)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
