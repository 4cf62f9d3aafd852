"""Documents whose files are gone from the watched folders: told first, removed when asked."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from desktop_rag.domain import DocumentFile, FileState, LibraryEntry, Removed, Vanished
from desktop_rag.services.history import History
from desktop_rag.services.library import Library
from desktop_rag.services.presence import is_there, root_of

_FEW = 20  # documents: more are never taken out without a question; docs/decisions/007


def vanished_from(
    folder: Path, gone: Collection[Path], entries: Iterable[LibraryEntry], roots: Collection[Path]
) -> Vanished | None:
    """What to tell of files that are newly gone; `entries` are all documents of the folder.

    None if there is nothing: a document with a file elsewhere, or one that was added by hand, is
    not to be removed.
    """
    documents = list(entries)
    lost = [entry for entry in documents if _is_lost(entry, roots)]
    files = tuple(file for entry in lost for file in entry.files if file.path in gone)
    if not files:
        return None
    count = len({file.document_id for file in files})
    return Vanished(folder, files, count <= _FEW and 2 * count <= len(documents))


def spare_places(entry: LibraryEntry, gone: Collection[Path]) -> list[Path]:
    """The places of a document that may be forgotten: it has another file that is not gone."""
    if entry.state is FileState.MISSING:
        return []
    return [file.path for file in entry.files if file.path in gone and _is_missing(file)]


def remove_vanished(
    library: Library, history: History, roots: Collection[Path], document_ids: Sequence[str]
) -> Removed:
    """As `removing.remove_left`, of those documents whose files are all still gone.

    They come back from a watched folder if their files do: unlike a removal by hand, this one
    leaves nothing out. Nothing is removed while the folder's drive is not there.
    """
    here = [root for root in roots if is_there(root)]
    lost = [
        entry
        for entry in library.entries(document_ids)
        if _is_lost(entry, here) and not any(file.path.exists() for file in entry.files)
    ]
    entries = library.remove([entry.document.id for entry in lost])
    turns = history.forget_documents([entry.document.id for entry in entries])
    return Removed(tuple(entries), turns)


def _is_lost(entry: LibraryEntry, roots: Collection[Path]) -> bool:
    return all(_is_missing(file) and root_of(file.path, roots) for file in entry.files)


def _is_missing(file: DocumentFile) -> bool:
    return file.state is FileState.MISSING
