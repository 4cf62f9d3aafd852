"""Whether the library and the settings can be kept where they belong."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

from desktop_rag.needs.lack import Lack, Need, size_words
from desktop_rag.privacy.permissions import private_folder

# A library that is empty takes 0.3 MB; what is written beside it while it is open must fit too.
_PROBE_BYTES = 2_000_000
_FREE_BYTES = 200_000_000  # that it needs to be started again after the disk was full
_GOOD_BYTES = 500_000_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def lacks_of_folders(data_folder: Path, library_folder: Path) -> list[Lack]:
    """What keeps the library from being written, or what may; it is tried out.

    Both folders are made if they are not there. Nothing else is left behind.
    """
    failure = _why_not_written(library_folder)
    if failure is not None:
        return [_stopping(failure, data_folder, library_folder)]
    lacks = _little_room(library_folder)
    failure = _why_not_written(data_folder)
    if failure is not None and failure.errno not in _FULL:
        lacks.append(Lack(Need.SETTINGS_FOLDER, str(data_folder), _reason(failure)))
    return lacks


def free_room(folder: Path) -> int | None:
    """Bytes that are free for this user on the disk where the folder is, or will be made."""
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    try:
        return None if there is None else shutil.disk_usage(there).free
    except OSError:
        return None


def _stopping(failure: OSError, data_folder: Path, library_folder: Path) -> Lack:
    if failure.errno in _FULL:
        return Lack(Need.DISK, str(library_folder), size_words(_FREE_BYTES))
    if library_folder.is_relative_to(data_folder) and not _home_is_there():
        return Lack(Need.DATA_FOLDER, os.path.expanduser("~"), _reason(failure))  # noqa: PTH111
    return Lack(Need.LIBRARY_FOLDER, str(library_folder), _reason(failure))


def _little_room(folder: Path) -> list[Lack]:
    free = free_room(folder)
    if free is None or free >= _GOOD_BYTES:
        return []
    return [Lack(Need.LITTLE_DISK, str(folder), size_words(_GOOD_BYTES))]


def _why_not_written(folder: Path) -> OSError | None:
    """Only writing tells: rights, read-only drives, quotas and full disks look alike before."""
    try:
        private_folder(folder)
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            left = bytes(_PROBE_BYTES)
            while left:
                left = left[probe.write(left) :]
    except OSError as error:
        return error
    return None


def _home_is_there() -> bool:
    return Path(os.path.expanduser("~")).is_dir()  # noqa: PTH111 - Path.home() may raise


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
