"""Files that were moved or renamed: a document keeps its id, its collection and its answers."""

from pathlib import Path

from desktop_rag.domain import DocumentFile, FileState, LibraryEntry
from desktop_rag.services.presence import finished, look_for


def moved_from(entry: LibraryEntry, path: Path) -> DocumentFile | None:
    """The place that the document's file at `path` was moved from; None if it is one more copy.

    That is a known place from which it is gone, and not one on a drive that is not there.
    """
    if any(file.path == path for file in entry.files):
        return None
    return next((file for file in entry.files if _is_gone(file, path)), None)


def moved_message(place: DocumentFile) -> str:
    """What is said of a file that was moved."""
    return f"It was moved here from {place.path}."


def _is_gone(file: DocumentFile, now_at: Path) -> bool:
    if file.path.exists():  # also under the old name, where upper case makes no difference
        return False
    if file.state is FileState.MISSING:
        return True
    return finished(look_for([file.path], (), [now_at]))[file.path] is FileState.MISSING
