"""The program's own folders, closed to other users of the computer at each start."""

from pathlib import Path

from desktop_rag.errors import LibraryError
from desktop_rag.privacy.permissions import Closing, close_to_others, is_foreign

_CLOSED = (
    "A file or folder of this program could be reached by other users of this computer; it is "
    "closed to them now.",
    "{count} files and folders of this program could be reached by other users of this computer; "
    "they are closed to them now.",
)
_LEFT_OPEN = (
    "A file or folder of this program can be reached by other users of this computer, and its "
    "drive does not let it be closed to them. “desktop-rag privacy-check” names it.",
    "{count} files and folders of this program can be reached by other users of this computer, and "
    "their drive does not let them be closed to them. “desktop-rag privacy-check” names them.",
)
_FOREIGN = (
    "A file or folder of this program belongs to another user of this computer; it was left as it "
    "is.",
    "{count} files and folders of this program belong to another user of this computer; they were "
    "left as they are.",
)


def close_folders(data_folder: Path, library_folder: Path) -> list[str]:
    """Close settings, logs, models and the library; return sentences on what was too open.

    Raises LibraryError for a library that belongs to another user. Of the library and the models
    the top is looked at, all below only if that was open: see `close_to_others`.
    """
    if is_foreign(library_folder):
        raise LibraryError(
            f"This library belongs to another user: {library_folder}.",
            "Choose a folder of your own with --library, or sign in as that user.",
        )
    places = (data_folder, data_folder / "logs", data_folder / "models", library_folder)
    return _sentences(sum((close_to_others(place) for place in places), Closing()))


def close_library(library_folder: Path) -> list[str]:
    """As `close_folders`, of everything in the library: seconds in a large one."""
    return _sentences(close_to_others(library_folder, all_below=True))


def _sentences(found: Closing) -> list[str]:
    counted = (
        (_CLOSED, found.closed),
        (_LEFT_OPEN, len(found.left_open)),
        (_FOREIGN, len(found.foreign)),
    )
    return [forms[0 if count == 1 else 1].format(count=count) for forms, count in counted if count]
