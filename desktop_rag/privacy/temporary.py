"""A folder for the temporary files of this process, within the library; others' are never in it.

Whoever holds one keeps it locked. One that nobody holds was left by a process that died, and is
deleted by the next that starts.
"""

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from desktop_rag.privacy.permissions import private_folder

FOLDER = "temporary"
_VARIABLES = ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR")
_HELD = "held"  # the file that stays open, on Windows
_TRIES = 20


def use(library_folder: Path, data_folder: Path) -> Path | None:
    """Make a folder in the library and let all temporary files go there.

    It is in the data folder while there is no library yet. What dead processes left in either is
    deleted. If neither can be written, temporary files have no place at all, and whatever needs
    one fails. The folder is deleted when the process ends.
    """
    folder: Path | None = None
    for place in (library_folder, data_folder):
        clear(place)
    for place in (library_folder, data_folder):
        if folder is None and (place.is_dir() or place is data_folder):
            with suppress(OSError):
                folder = _taken(place / FOLDER)
    named = str(folder) if folder else os.devnull + "/none"
    os.environ.update(dict.fromkeys(_VARIABLES, named))
    tempfile.tempdir = named
    if folder is not None:
        atexit.register(_leave, folder, os.getpid())
    return folder


def clear(place: Path) -> None:
    """Delete the temporary folders in `place` that nobody holds."""
    for folder in sorted((place / FOLDER).glob("*")):
        with suppress(OSError):  # held, or another start deletes it
            if not folder.is_symlink():
                _delete(folder)
    with suppress(OSError):  # some are left, or there is none
        (place / FOLDER).rmdir()


def _taken(parent: Path) -> Path:
    """A new folder that this process holds. Raises OSError."""
    for _ in range(_TRIES):
        private_folder(parent)
        folder = parent / f"{os.getpid()}-{secrets.token_hex(4)}"
        with suppress(FileNotFoundError, BlockingIOError):  # another start was quicker
            folder.mkdir(mode=0o700)
            _hold(folder)
            return folder
    raise OSError(f"No temporary folder could be made in {parent}.")


def _hold(folder: Path) -> None:
    """Lock the folder until this process ends. Raises FileNotFoundError if it is gone again."""
    if sys.platform == "win32":  # untested: a file that is open cannot be deleted there
        os.open(folder / _HELD, os.O_CREAT | os.O_RDWR, 0o600)
        return
    handle = _locked(folder)
    if folder.stat().st_ino != os.fstat(handle).st_ino:
        os.close(handle)
        raise FileNotFoundError(folder)


def _delete(folder: Path) -> None:
    """Delete a folder with all in it. Raises BlockingIOError or PermissionError if it is held."""
    if sys.platform == "win32":
        (folder / _HELD).unlink(missing_ok=True)
        shutil.rmtree(folder)
        return
    handle = _locked(folder)
    try:
        shutil.rmtree(folder)
    finally:
        os.close(handle)


def _locked(folder: Path) -> int:
    """The folder, opened and locked. Raises BlockingIOError if another process holds it."""
    if sys.platform == "win32":
        raise OSError("Folders are not locked there.")
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _leave(folder: Path, process_id: int) -> None:
    """Delete the own folder at the end, and the one around it if it is empty."""
    if os.getpid() != process_id:  # a copy of the process that held it
        return
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
