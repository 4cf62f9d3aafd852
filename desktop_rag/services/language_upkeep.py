"""The languages of documents that were added before the library kept them."""

from collections.abc import Callable

from desktop_rag.domain import LanguagesTold
from desktop_rag.pipeline.languages import languages_of
from desktop_rag.ports import ChunkStore, Ledger

MOST_TOLD = 20  # documents at once: a fraction of a second
_PASSAGES = 60  # of a document, evenly from its beginning to its end


def tell_languages(
    ledger: Ledger, open_store: Callable[[], ChunkStore], most: int
) -> LanguagesTold:
    """Tell those of the newest such documents from their passages."""
    counts = ledger.without_languages()
    wanted = list(counts)[:most]
    if wanted:
        store = open_store()
        ledger.set_languages({key: _languages(store, key, counts[key]) for key in wanted})
    return LanguagesTold(len(wanted), len(counts) - len(wanted))


def _languages(store: ChunkStore, document_id: str, count: int) -> tuple[str, ...]:
    step = max(count / _PASSAGES, 1.0)
    ordinals = dict.fromkeys(int(place * step) for place in range(min(count, _PASSAGES)))
    chunks = store.chunks([f"{document_id}:{ordinal}" for ordinal in ordinals])
    return languages_of(chunk.plain_text for chunk in chunks)
