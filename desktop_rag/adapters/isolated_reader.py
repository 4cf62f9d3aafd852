"""The reader process: untrusted PDFs are opened there, never here.

The parent sends a request and receives pages one by one, as JSON and never as pickles: what a PDF
has taken over must not run code here. What arrives is `untrusted_` until its shape is checked. A
page that takes too long, or a reader that dies on it, costs that page: the reader is killed,
started anew and goes on with the next one.
"""

import re
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_rag.adapters import untrusted_replies
from desktop_rag.adapters.reader_gate import ReaderGate
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.adapters.reader_link import ReaderLink
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
    Ranges,
    ReadDocument,
    Span,
)
from desktop_rag.errors import DocumentError, ReaderDied, UnreadableDocument

_MOST_DEATHS = 3


class _NotLookedAt(Exception):
    """The reader ended while it drew a page that it had read: no page is lost."""


@dataclass(slots=True)
class _Patience:
    """How long a document has kept us waiting, and how long it may, in seconds.

    Only waiting for the reader counts: whoever takes the pages may pause as long as they like.
    """

    waited_s: float = 0.0
    most_s: float = float("inf")

    @property
    def left_s(self) -> float:
        return max(0.0, self.most_s - self.waited_s)

    @property
    def is_over(self) -> bool:
        return self.waited_s >= self.most_s

    def reason(self, name: str) -> str:
        """Why the pages that are left were not read."""
        return f"{name} took longer than {self.most_s / 60:.0f} minutes to read as a whole."


class IsolatedPageReader:
    """A `PageReader` whose work happens in a child process, started at the first request.

    `threads` recognise text, or as many as it says when the process starts; at `gate` they wait.
    """

    def __init__(
        self,
        threads: int | Callable[[], int],
        limits: ReaderLimits | None = None,
        gate: ReaderGate | None = None,
    ) -> None:
        self._limits = limits or ReaderLimits()
        asked = threads if callable(threads) else lambda: threads
        self._link = ReaderLink(asked, self._limits, gate)

    def read(
        self, path: Path, *, passwords: Sequence[str], ocr: bool
    ) -> Generator[PageProgress, None, ReadDocument]:
        """As in `ports.PageReader`. Closing the generator stops the reader at once.

        A reader that is closed by another thread raises ReadingStopped: no page is lost by it.
        """
        pages: list[Page] = []
        deaths = count = 0
        at_rest, look = False, True
        patience = _Patience()
        try:
            while not count or len(pages) < count:
                request = ReadRequest(path, tuple(passwords), ocr, len(pages) + 1, look)
                try:
                    for count, page in self._pages(request, patience):
                        pages += [page] if page is not None else []
                        yield PageProgress(len(pages), count)
                except _NotLookedAt:
                    look = False
                except ReaderDied as death:
                    deaths += 1
                    if not count:
                        raise
                    is_last = deaths >= _MOST_DEATHS or patience.is_over
                    last = count if is_last else len(pages) + 1
                    reason = patience.reason(path.name) if patience.is_over else death.message
                    pages += _lost_pages(len(pages) + 1, last, reason)
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

    def _pages(
        self, request: ReadRequest, patience: _Patience
    ) -> Generator[tuple[int, Page | None]]:
        """The page count alone, then with each page from the first asked for.

        Raises DocumentError; _NotLookedAt behind a page after which no other comes.
        """
        self._link.send(request)
        count = self._page_count(request.path, patience)
        patience.most_s = self._limits.document_s(count)
        yield count, None
        for number in range(request.first_page, count + 1):
            untrusted_page = self._receive(request.path, self._limits.page_timeout_s, patience)
            page = untrusted_replies.checked_page(untrusted_page, number)
            if page is None:
                raise self._link.malformed(request.path)
            try:
                hidden = self._hidden(request, page, patience)
            except ReaderDied as death:
                yield count, page
                raise _NotLookedAt from death
            yield count, replace(page, hidden=hidden)

    def _hidden(self, request: ReadRequest, page: Page, patience: _Patience) -> Ranges:
        """What of the page is not visible, as the reader sees it."""
        if not request.look:
            return ()
        untrusted_reply = self._receive(request.path, self._limits.look_timeout_s, patience)
        hidden = untrusted_replies.checked_ranges(untrusted_reply.get("hidden"), len(page.text))
        if hidden is None:
            raise self._link.malformed(request.path)
        return hidden

    def _page_count(self, path: Path, patience: _Patience) -> int:
        untrusted_reply = self._receive(path, self._limits.open_timeout_s, patience)
        count = untrusted_replies.checked_count(untrusted_reply.get("pages"))
        if count is None:
            raise self._link.malformed(path)
        if count > untrusted_replies.MOST_PAGES:
            self.close()
            raise UnreadableDocument(
                f"{path.name} claims to have {count} pages.",
                f"Split it into files of at most {untrusted_replies.MOST_PAGES} pages.",
            )
        return count

    def _receive(self, path: Path, timeout_s: float, patience: _Patience) -> dict[str, Any]:
        started, shut_before = time.monotonic(), self._link.shut_s()
        try:
            return self._link.receive(path, min(timeout_s, patience.left_s))
        finally:
            at_gate = self._link.shut_s() - shut_before
            patience.waited_s += max(0.0, time.monotonic() - started - at_gate)

    def _find(self, request: FindRequest) -> tuple[int, list[Span]]:
        """The number of pages of the file, and the matches on the page asked for."""
        self._link.send(request)
        untrusted_reply = self._link.receive(request.path, self._limits.page_timeout_s)
        count = untrusted_replies.checked_count(untrusted_reply.get("pages"))
        page = request.page_number
        untrusted_matches = untrusted_reply.get("matches")
        found = untrusted_replies.checked_matches(untrusted_matches, page, request.most)
        if found is None or count is None or not page <= count <= untrusted_replies.MOST_PAGES:
            raise self._link.malformed(request.path)
        return count, found


def _lost_pages(first: int, last: int, reason: str) -> list[Page]:
    return [
        Page(number, str(number), "", PageMethod.UNREADABLE, reason)
        for number in range(first, last + 1)
    ]
