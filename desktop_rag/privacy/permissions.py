"""Files that only their owner may read."""

import sys
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """Make `folder` and its missing parents, readable by the owner alone (0700), and return it."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def too_open(folder: Path) -> list[Path]:
    """Files and folders at and under `folder` that others may reach. Empty on Windows."""
    if sys.platform == "win32" or not folder.exists():
        return []
    return [path for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]
