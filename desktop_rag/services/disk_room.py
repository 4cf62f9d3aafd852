"""Whether the disk has room for what is to be written."""

import shutil
from pathlib import Path

from desktop_rag.errors import ModelError

_KEPT_BYTES = 200_000_000  # left free for everything else
_GIGABYTE = 1_000_000_000


def require_room(folder: Path, wanted_bytes: int) -> None:
    """Raises ModelError unless the disk of `folder` holds so much more, and something is left."""
    free = shutil.disk_usage(folder).free
    if wanted_bytes + _KEPT_BYTES > free:
        raise ModelError(
            f"The model needs {wanted_bytes / _GIGABYTE:.1f} GB, and {free / _GIGABYTE:.1f} GB of "
            "the disk are free.",
            "Make room on the disk that holds your data, and try again.",
        )
