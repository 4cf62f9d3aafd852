"""The reader process: untrusted PDFs are opened there, never here.

The parent sends a request and receives pages one by one, as JSON and never as pickles: what a PDF
has taken over must not run code here. What arrives is `untrusted_` until its shape is checked. A
page that takes too long, or a reader that dies on it, costs that page: the reader is killed,
started anew and goes on with the next one.
"""

import re
from collections.abc import Generator, Sequence
from pathlib import Path

from desktop_rag.adapters import untrusted_replies
from desktop_rag.adapters.reader_link import ReaderLimits, ReaderLink
from desktop_rag.adapters.reader_requests import (
    MOST_MATCHES,
    AnnotateRequest,
    DrawRequest,
    FindRequest,
    FramesRequest,
    HighlightsRequest,
    ReadRequest,
)
from desktop_rag.domain import (
    FoundInDocument,
    Highlight,
    Page,
    PageFrame,
    PageImage,
    PageMethod,
    PageProgress,
    ReadDocument,
    Span,
)
from desktop_rag.errors import DocumentError, ReaderDied, UnreadableDocument

_MOST_DEATHS = 3


class IsolatedPageReader:
    """A `PageReader` whose work happens in a child process, started at the first request."""

    def __init__(self, threads: int, limits: ReaderLimits | None = None) -> None:
        self._limits = limits or ReaderLimits()
        self._link = ReaderLink(threads, self._limits.memory_bytes)

    def read(
        self, path: Path, *, passwords: Sequence[str], ocr: bool
    ) -> Generator[PageProgress, None, ReadDocument]:
        """As in `ports.PageReader`. Closing the generator stops the reader at once.

        A reader that is closed by another thread raises ReadingStopped: no page is lost by it.
        """
        pages: list[Page] = []
        deaths = count = 0
        at_rest = False
        try:
            while not count or len(pages) < count:
                request = ReadRequest(path, tuple(passwords), ocr, len(pages) + 1)
                try:
                    for count, page in self._pages(request):
                        pages += [page] if page is not None else []
                        yield PageProgress(len(pages), count)
                except ReaderDied as death:
                    deaths += 1
                    if not count:
                        raise
                    last = count if deaths >= _MOST_DEATHS else len(pages) + 1
                    pages += _lost_pages(len(pages) + 1, last, death.message)
            at_rest = True
            return ReadDocument(tuple(pages))
        except DocumentError:
            at_rest = True
            raise
        finally:
            if not at_rest:
                self.close()

    def frames(self, path: Path, *, passwords: Sequence[str]) -> tuple[PageFrame, ...]:
        """As in `ports.PageReader`."""
        self._link.send(FramesRequest(path, tuple(passwords)))
        untrusted_reply = self._link.receive(path, self._limits.open_timeout_s)
        frames = untrusted_replies.checked_frames(untrusted_reply.get("frames"))
        if frames is None:
            raise self._link.malformed(path)
        return frames

    def render(
        self, path: Path, page_number: int, *, scale: float, passwords: Sequence[str] = ()
    ) -> PageImage:
        """As in `ports.PageReader`."""
        self._link.send(DrawRequest(path, tuple(passwords), page_number, scale))
        untrusted_head = self._link.receive(path, self._limits.page_timeout_s)
        untrusted_pixels = self._link.receive_bytes(path, self._limits.page_timeout_s)
        size = untrusted_replies.checked_size(untrusted_head)
        if size is None or len(untrusted_pixels) != size[0] * size[1] * 4:
            raise self._link.malformed(path)
        return PageImage(*size, untrusted_pixels)

    def highlights(
        self, path: Path, spans: Sequence[Span], *, passwords: Sequence[str]
    ) -> tuple[Highlight, ...]:
        """As in `ports.PageReader`."""
        self._link.send(HighlightsRequest(path, tuple(passwords), tuple(spans)))
        untrusted_reply = self._link.receive(path, self._limits.page_timeout_s)
        untrusted_highlights = untrusted_reply.get("highlights")
        highlights = untrusted_replies.checked_highlights(untrusted_highlights, spans)
        if highlights is None:
            raise self._link.malformed(path)
        return highlights

    def find(
        self, path: Path, wanted: re.Pattern[str], *, first_page: int, passwords: Sequence[str]
    ) -> Generator[PageProgress, None, FoundInDocument]:
        """As in `ports.PageReader`. Each page is asked for alone: stopping leaves nothing to do."""
        spans: list[Span] = []
        page = count = first_page
        deaths = 0
        while page <= count:
            room = MOST_MATCHES + 1 - len(spans)
            request = FindRequest(path, tuple(passwords), wanted, page, room)
            try:
                count, found = self._find(request)
                spans += found
            except ReaderDied:  # it costs that page
                deaths += 1
                if page == first_page or deaths >= _MOST_DEATHS:
                    raise
            if len(spans) > MOST_MATCHES:
                return FoundInDocument(tuple(spans[:MOST_MATCHES]), more=True)
            yield PageProgress(page, count)
            page += 1
        return FoundInDocument(tuple(spans), more=False)

    def annotated(
        self, path: Path, highlights: Sequence[Highlight], *, passwords: Sequence[str]
    ) -> bytes:
        """As in `ports.PageReader`."""
        self._link.send(AnnotateRequest(path, tuple(passwords), tuple(highlights)))
        untrusted_length = self._link.receive(path, self._limits.open_timeout_s).get("bytes")
        untrusted_file = self._link.receive_bytes(path, self._limits.page_timeout_s)
        if len(untrusted_file) != untrusted_length or b"%PDF" not in untrusted_file[:1024]:
            raise self._link.malformed(path)
        return untrusted_file

    def close(self) -> None:
        """Kill the reader process, if it runs. The next request starts another."""
        self._link.close()

    def stop(self) -> None:
        """Kill the reader process, if it runs; no request starts another."""
        self._link.stop()

    def _pages(self, request: ReadRequest) -> Generator[tuple[int, Page | None]]:
        """The page count alone, then with each page from the first asked for.

        Raises DocumentError.
        """
        self._link.send(request)
        untrusted_count = self._link.receive(request.path, self._limits.open_timeout_s).get("pages")
        if (
            not isinstance(untrusted_count, int)
            or not 0 < untrusted_count <= untrusted_replies.MOST_PAGES
        ):
            self.close()
            raise UnreadableDocument(
                f"{request.path.name} claims to have {untrusted_count} pages.",
                f"Split it into files of at most {untrusted_replies.MOST_PAGES} pages.",
            )
        yield untrusted_count, None
        for number in range(request.first_page, untrusted_count + 1):
            untrusted_page = self._link.receive(request.path, self._limits.page_timeout_s)
            page = untrusted_replies.checked_page(untrusted_page, number)
            if page is None:
                raise self._link.malformed(request.path)
            yield untrusted_count, page

    def _find(self, request: FindRequest) -> tuple[int, list[Span]]:
        """The number of pages of the file, and the matches on the page asked for."""
        self._link.send(request)
        untrusted_reply = self._link.receive(request.path, self._limits.page_timeout_s)
        untrusted_count, page = untrusted_reply.get("pages"), request.page_number
        untrusted_matches = untrusted_reply.get("matches")
        found = untrusted_replies.checked_matches(untrusted_matches, page, request.most)
        if (
            found is None
            or not isinstance(untrusted_count, int)
            or not page <= untrusted_count <= untrusted_replies.MOST_PAGES
        ):
            raise self._link.malformed(request.path)
        return untrusted_count, found


def _lost_pages(first: int, last: int, reason: str) -> list[Page]:
    return [
        Page(number, str(number), "", PageMethod.UNREADABLE, reason)
        for number in range(first, last + 1)
    ]
