"""A table that a newer LanceDB wrote: it is not torn, and nothing of it is to be set aside."""

import re
from pathlib import Path

from desktop_rag.errors import LibraryError

# What Lance 13 (LanceDB 0.40) says of feature flags, and of versions of its files, that it does not
# know. A version that is no likely one is a torn file.
_UNKNOWN_FLAGS = re.compile(r"cannot be (?:read|written) by this version of Lance")
_UNKNOWN_VERSION = re.compile(r"Unknown Lance storage version: (\d{1,2})\.\d{1,2}\b")


def refuse_newer(folder: Path, error: Exception) -> None:
    """Raise LibraryError if `error` says that a newer LanceDB wrote the index in `folder`."""
    said = str(error)
    if _UNKNOWN_FLAGS.search(said) or _UNKNOWN_VERSION.search(said):
        raise LibraryError(
            f"The index in {folder} was written by a newer Desktop RAG.",
            "Install the newer version to open it; nothing was changed.",
        ) from error
