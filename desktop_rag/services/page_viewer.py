"""The pages of a document as the window shows them: drawn, searched, highlighted, saved."""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from desktop_rag.domain import (
    DocumentView,
    FileState,
    FoundInDocument,
    Highlight,
    LibraryEntry,
    PageImage,
    PageMethod,
    PageProgress,
    Span,
)
from desktop_rag.errors import UnreadableDocument
from desktop_rag.pipeline.matching import pattern_for
from desktop_rag.pipeline.scan_places import scan_highlights
from desktop_rag.ports import Ledger, PageReader
from desktop_rag.services.presence import finished, look_for
from desktop_rag.services.saving import refuse_own_file, save_copy
from desktop_rag.services.scoping import unknown_document

_MOST_MATCHES = 1000


class PageViewer:
    """Shows documents of the library from their files. Every method raises DocumentError.

    `reader` and `finder` are two readers, so that a long search does not hold up drawing: `find`
    and `save_highlighted` use the finder, the others the reader.
    """

    def __init__(self, ledger: Ledger, reader: PageReader, finder: PageReader) -> None:
        self._ledger = ledger
        self._reader = reader
        self._finder = finder

    def open(self, document_id: str, passwords: Sequence[str]) -> DocumentView:
        """The document's file with label and size of every page."""
        path = self._path(document_id)
        frames = self._reader.frames(path, passwords=passwords)
        scans = self._numbers(document_id, PageMethod.OCR)
        return DocumentView(document_id, path, frames, tuple(sorted(scans)))

    def image(
        self, document_id: str, page_number: int, scale: float, passwords: Sequence[str]
    ) -> PageImage:
        """A page drawn at `scale` pixels per point."""
        path = self._path(document_id)
        return self._reader.render(path, page_number, scale=scale, passwords=passwords)

    def highlights(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str]
    ) -> tuple[Highlight, ...]:
        """Rectangles around the characters of the spans, by page; one a line and span."""
        return self._highlights(self._reader, document_id, spans, passwords)

    def find(
        self, document_id: str, text: str, passwords: Sequence[str]
    ) -> Generator[PageProgress, None, FoundInDocument]:
        """Where the words of `text` stand, whatever their case, accents and line breaks."""
        wanted = pattern_for(text)
        if wanted is None:
            return FoundInDocument((), more=False)
        path = self._path(document_id)
        found = yield from self._finder.find(path, wanted, first_page=1, passwords=passwords)
        marked = self._numbers(document_id, PageMethod.PDFIUM)
        spans = [span for span in found.spans if span.page in marked]
        last_page = found.spans[-1].page if found.more else None
        spans += yield from self._find_on_scans(document_id, wanted, last_page)
        spans.sort(key=lambda span: (span.page, span.start))
        more = found.more or len(spans) > _MOST_MATCHES
        return FoundInDocument(tuple(spans[:_MOST_MATCHES]), more)

    def save_highlighted(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str], target: Path
    ) -> Path:
        """Write a copy of the document with the spans highlighted to `target`, whole or not at all.

        A file that is there already is replaced, but never one of the document's own. The copy
        is as readable for others as the document is. Raises NotSaved too.
        """
        path = self._path(document_id)
        refuse_own_file(target, [file.path for file in self._entry(document_id).files])
        highlights = self._highlights(self._finder, document_id, spans, passwords)
        content = self._finder.annotated(path, highlights, passwords=passwords)
        return save_copy(content, target, like=path)

    def _find_on_scans(
        self, document_id: str, wanted: re.Pattern[str], last_page: int | None
    ) -> Generator[PageProgress, None, list[Span]]:
        """Matches in recognised text, up to this page; it can be stopped between two pages."""
        count = len(self._ledger.pages(document_id))
        spans: list[Span] = []
        for number in sorted(self._numbers(document_id, PageMethod.OCR)):
            if last_page is not None and number > last_page:
                break
            for page in self._ledger.recognised(document_id, [number]).values():
                matches = islice(wanted.finditer(page.text), _MOST_MATCHES + 1)
                spans += [Span(number, match.start(), len(match.group())) for match in matches]
            yield PageProgress(count, count)
        return spans

    def _highlights(
        self,
        reader: PageReader,
        document_id: str,
        spans: Sequence[Span],
        passwords: Sequence[str],
    ) -> tuple[Highlight, ...]:
        marked = self._numbers(document_id, PageMethod.PDFIUM)
        scans = self._ledger.recognised(document_id, {span.page for span in spans})
        numbers = [number for number, span in enumerate(spans) if span.page in marked]
        found: list[Highlight] = []
        if numbers:
            path = self._path(document_id)
            asked = [spans[number] for number in numbers]
            found += [
                replace(highlight, span=numbers[highlight.span])
                for highlight in reader.highlights(path, asked, passwords=passwords)
            ]
        for number, span in enumerate(spans):
            if span.page in scans:
                found += scan_highlights(scans[span.page], span, number)
        return tuple(sorted(found, key=lambda highlight: (highlight.page, highlight.span)))

    def _numbers(self, document_id: str, method: PageMethod) -> frozenset[int]:
        """Pages whose text was won so: spans count characters of that text."""
        pages = self._ledger.pages(document_id)
        return frozenset(page.number for page in pages if page.method is method)

    def _entry(self, document_id: str) -> LibraryEntry:
        entry = self._ledger.entry(document_id)
        if entry is None:
            raise unknown_document(document_id)
        return entry

    def _path(self, document_id: str) -> Path:
        """The first of the document's files that is still there."""
        entry = self._entry(document_id)
        for file in entry.files:
            if file.path.is_file():
                return file.path
        if _is_offline(entry):
            raise UnreadableDocument(
                f"{entry.path.name} is on a drive or in a folder that is not there: "
                f"{entry.path.parent}.",
                "Connect the drive and open the document again. Its text is still searched.",
            )
        raise UnreadableDocument(
            f"{entry.path.name} is not where it was: {entry.path.parent}.",
            "Put it back or remove it from the library.",
        )


def _is_offline(entry: LibraryEntry) -> bool:
    """Whether no file of it can be reached, but one may be on a drive that is not there."""
    if any(file.state is FileState.MISSING for file in entry.files):
        return entry.state is FileState.OFFLINE
    states = finished(look_for([file.path for file in entry.files], ()))
    return FileState.OFFLINE in states.values()
