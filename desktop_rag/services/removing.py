"""A removal and its undoing: documents together with the answers that hold their text."""

from collections.abc import Generator, Sequence

from desktop_rag.domain import AddProgress, AddReport, Removed
from desktop_rag.services.history import History
from desktop_rag.services.library import Library


def remove(library: Library, history: History, document_ids: Sequence[str]) -> Removed:
    """Take documents out of the library, and answers that quote them out of the history.

    Raises UnknownDocument, before anything is touched.
    """
    entries = library.remove(document_ids)
    turns = history.forget_documents([entry.document.id for entry in entries])
    return Removed(tuple(entries), turns)


def restore(
    library: Library, history: History, removed: Removed, passwords: Sequence[str]
) -> Generator[AddProgress, None, AddReport]:
    """Read the documents again and, when that is done, put the answers back."""
    report = yield from library.restore(removed.entries, passwords)
    history.restore_turns(removed.turns)
    return report
