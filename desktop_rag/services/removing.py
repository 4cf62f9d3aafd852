"""A removal and its undoing: documents together with the answers that hold their text."""

from collections.abc import Generator, Sequence

from desktop_rag.domain import AddProgress, AddReport, Removed
from desktop_rag.services.history import History
from desktop_rag.services.library import Library
from desktop_rag.services.watching import Watching


def remove(
    library: Library, history: History, watching: Watching, document_ids: Sequence[str]
) -> Removed:
    """Take documents out of the library, and answers that quote them out of the history.

    Raises UnknownDocument, before anything is touched.
    """
    watching.leave_out(library.entries(document_ids))
    entries = library.remove(document_ids)
    turns = history.forget_documents(document_ids)
    return Removed(tuple(entries), turns)


def remove_left(
    library: Library, history: History, watching: Watching, document_ids: Sequence[str]
) -> Removed:
    """As `remove`, but what is gone already counts as removed; returns what was still there.

    So a removal that was cut off can be asked for again: it ends what the first one began.
    """
    left = library.entries(document_ids)
    watching.leave_out(left)
    entries = library.remove([entry.document.id for entry in left])
    turns = history.forget_documents(document_ids)
    return Removed(tuple(entries), turns)


def restore(
    library: Library, history: History, removed: Removed, passwords: Sequence[str]
) -> Generator[AddProgress, None, AddReport]:
    """Read the documents again and put the answers back, also if it is stopped or fails.

    An answer stays away if a document that it quotes did not come back.
    """
    try:
        return (yield from library.restore(removed.entries, passwords))
    finally:
        quoted = {key for turn in removed.turns for key in turn.answer.document_ids}
        known = {entry.document.id for entry in library.entries(sorted(quoted))}
        history.restore_turns([one for one in removed.turns if one.answer.document_ids <= known])
