"""Where a chunk stands: its file, and the labels, stamps and origin of its pages."""

from collections.abc import Sequence

from desktop_rag.domain import Chunk, LibraryEntry, PageMethod, PageRecord, Passage, Ranks
from desktop_rag.pipeline.hiding import hidden_in
from desktop_rag.ports import Ledger


class Placing:
    """Makes passages of chunks; asks the ledger once for each document."""

    def __init__(self, ledger: Ledger, entries: Sequence[LibraryEntry]) -> None:
        self._ledger = ledger
        self._paths = {entry.document.id: entry.path for entry in entries}
        self._pages: dict[str, list[PageRecord]] = {}

    def knows(self, document_id: str) -> bool:
        """Whether the document is one of the entries."""
        return document_id in self._paths

    def passage(self, chunk: Chunk, rank: int, relevance: float | None) -> Passage:
        """The chunk as a passage of this rank, of a document that is known here."""
        if chunk.document_id not in self._pages:
            self._pages[chunk.document_id] = self._ledger.pages(chunk.document_id)
        pages = self._pages[chunk.document_id]
        return Passage(
            rank=rank,
            chunk=chunk,
            path=self._paths[chunk.document_id],
            page_labels=tuple(_label(pages, number) for number in chunk.pages),
            bates=tuple(_bates(pages, number) for number in chunk.pages),
            ocr=tuple(_is_from_scan(pages, number) for number in chunk.pages),
            score=0.0 if relevance is None else relevance,
            relevance=relevance,
            ranks=Ranks(),
            hidden=hidden_in(chunk, {page.number: page.hidden for page in pages}),
        )


def _label(pages: Sequence[PageRecord], number: int) -> str:
    return pages[number - 1].label if number <= len(pages) else str(number)


def _bates(pages: Sequence[PageRecord], number: int) -> str:
    return pages[number - 1].bates if number <= len(pages) else ""


def _is_from_scan(pages: Sequence[PageRecord], number: int) -> bool:
    return number <= len(pages) and pages[number - 1].method is PageMethod.OCR
