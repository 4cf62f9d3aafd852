"""Everything that the program keeps on the disk, deleted: nothing but what it made itself."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.errors import LibraryBusy, LibraryError
from desktop_rag.privacy import temporary

# A library's folder may be one in which a person keeps other things: those are never touched.
_IN_LIBRARY = ("ledger.sqlite3*", "index.lance", "attachments", "vaults", "damaged-index-*")
_IN_DATA = ("logs", "window.json", "window.arriving", "vaults-seen")


def refuse_others(library_folder: Path) -> None:
    """Raise LibraryBusy if another program has the library open: it would go on with it.

    The window counts as one with its engine.
    """
    ours = {str(os.getpid()), str(os.getppid())}
    temporary.clear(library_folder)  # what is still there afterwards is held by somebody
    held = (library_folder / temporary.FOLDER).glob("*")
    if any(folder.name.partition("-")[0] not in ours for folder in held):
        raise LibraryBusy(
            f"Another Desktop RAG has the library in {library_folder} open.",
            "Close its window, or wait until it is done, and try again.",
        )


def erase(library_folder: Path, data_folder: Path) -> None:
    """Delete library, history, vaults, logs and what the window remembers. Raises LibraryError.

    Models and settings stay, and so does all that the program did not make.
    """
    for path in _all_of_it(library_folder, data_folder):
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{path} cannot be deleted: {error.strerror}.",
                "Close other programs that use it, and try again.",
            ) from error


def files_left(library_folder: Path, data_folder: Path) -> Iterator[Path]:
    """Every file of the program's own, but models: those are what their manifest says."""
    known = (*_IN_LIBRARY, "write.lock", temporary.FOLDER)
    beside = ("settings.toml", "settings.damaged-*", "gpu.json", temporary.FOLDER, *_IN_DATA)
    for folder, patterns in ((library_folder, known), (data_folder, beside)):
        for path in (path for pattern in patterns for path in folder.glob(pattern)):
            inside = path.rglob("*") if path.is_dir() else iter((path,))
            yield from (file for file in inside if file.is_file() and not file.is_symlink())


def _all_of_it(library_folder: Path, data_folder: Path) -> Iterator[Path]:
    for folder, patterns in ((library_folder, _IN_LIBRARY), (data_folder, _IN_DATA)):
        for pattern in patterns:
            yield from sorted(folder.glob(pattern))
