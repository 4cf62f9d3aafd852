"""Where an administrator puts what holds for all users, and whether nobody else can write there.

No variable of the environment moves these places: a user could set it.
"""

import os
import stat
import sys
from pathlib import Path

_ROOT = 0
_OTHERS_WRITE = 0o022


def settings_file() -> Path:
    """The settings that hold for everyone on this computer; usually there is no such file."""
    if sys.platform == "win32":
        return _program_data() / "settings.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Desktop RAG/settings.toml")
    return Path("/etc/desktop-rag/settings.toml")


def models_folder() -> Path:
    """The models that are there for everyone on this computer."""
    if sys.platform == "win32":
        return _program_data() / "models"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Desktop RAG/models")
    return Path("/usr/share/desktop-rag/models")


def weakness(path: Path) -> str:
    """Who else could change what lies at `path`, in words; "" if only an administrator can.

    The file or folder itself, and every folder above it, must be root's and not be writable by
    others; a link is looked at where it points. On Windows it is not looked at: there the
    installer sees to the rights. Raises OSError.
    """
    if sys.platform == "win32":
        return ""
    real = path.resolve(strict=True)
    for place in (real, *real.parents):
        status = place.stat()
        if status.st_uid != _ROOT:
            return f"{place} belongs to another user than root"
        kept_apart = stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX
        if status.st_mode & _OTHERS_WRITE and not (kept_apart and place != real):
            return f"{place} can be written by others than root"
    return ""


def weakness_below(folder: Path) -> str:
    """As `weakness`, of a folder and of all that lies in it. Raises OSError."""
    found = weakness(folder)
    for path in sorted(folder.rglob("*")) if not found else ():
        found = found or weakness(path)
    return found


def _program_data() -> Path:
    return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Desktop RAG"
