"""The reader process: untrusted PDFs are opened there, never here.

The parent sends a request and receives pages one by one, as JSON and never as pickles: what a PDF
has taken over must not run code here. What arrives is `untrusted_` until its shape is checked. A
page that takes too long, or a reader that dies on it, costs that page: the reader is killed,
started anew and goes on with the next one.
"""

import json
import multiprocessing
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_rag.adapters.reader_process import DrawRequest, ReadRequest, reader_main
from desktop_rag.domain import Page, PageImage, PageMethod, PageProgress, ReadDocument, Span
from desktop_rag.errors import DocumentError, NeedsPassword, ReaderDied, UnreadableDocument

_MOST_PAGES = 50_000
_MOST_REPLY_BYTES = 256 << 20
_MOST_LABEL_CHARACTERS = 40
_METHODS = frozenset(method.value for method in PageMethod)
_MOST_DEATHS = 3


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What the reader may use. The page time-out is long because OCR takes seconds."""

    open_timeout_s: float = 60.0
    page_timeout_s: float = 60.0
    memory_bytes: int = 4 << 30


class IsolatedPageReader:
    """A `PageReader` whose work happens in a child process, started at the first request."""

    def __init__(self, threads: int, limits: ReaderLimits = ReaderLimits()) -> None:
        self._threads = threads
        self._limits = limits
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def read(
        self, path: Path, *, passwords: Sequence[str], ocr: bool
    ) -> Generator[PageProgress, None, ReadDocument]:
        """As in `ports.PageReader`. Closing the generator stops the reader at once."""
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

    def render(
        self, path: Path, page_number: int, spans: Sequence[Span], *, scale: float
    ) -> PageImage:
        """As in `ports.PageReader`."""
        self._send(DrawRequest(path, page_number, tuple(spans), scale))
        untrusted_head = self._receive(path, self._limits.page_timeout_s)
        untrusted_pixels = self._receive_bytes(path, self._limits.page_timeout_s)
        try:
            width, height = int(untrusted_head["width"]), int(untrusted_head["height"])
            highlights = tuple(
                (float(x), float(y), float(w), float(h))
                for x, y, w, h in untrusted_head["highlights"]
            )
        except (KeyError, TypeError, ValueError) as error:
            raise self._malformed(path) from error
        if width <= 0 or height <= 0 or len(untrusted_pixels) != width * height * 4:
            raise self._malformed(path)
        return PageImage(width, height, untrusted_pixels, highlights)

    def close(self) -> None:
        """Kill the reader process, if it runs. The next request starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _pages(self, request: ReadRequest) -> Generator[tuple[int, Page | None]]:
        """The page count alone, then with each page from the first asked for.

        Raises DocumentError.
        """
        self._send(request)
        untrusted_count = self._receive(request.path, self._limits.open_timeout_s).get("pages")
        if not isinstance(untrusted_count, int) or not 0 < untrusted_count <= _MOST_PAGES:
            self.close()
            raise UnreadableDocument(
                f"{request.path.name} claims to have {untrusted_count} pages.",
                f"Split it into files of at most {_MOST_PAGES} pages.",
            )
        yield untrusted_count, None
        for number in range(request.first_page, untrusted_count + 1):
            untrusted_page = self._receive(request.path, self._limits.page_timeout_s)
            page = _checked_page(untrusted_page, number)
            if page is None:
                raise self._malformed(request.path)
            yield untrusted_count, page

    def _send(self, request: ReadRequest | DrawRequest) -> None:
        try:
            self._started().send(request)
        except OSError as error:
            self.close()
            raise ReaderDied(
                f"{request.path.name} was not read: the reader did not start.",
                "Check that there is enough free memory, and try again.",
            ) from error

    def _started(self) -> Connection:
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.close()
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=reader_main, args=(theirs, self._threads, self._limits.memory_bytes), daemon=True
        )
        self._process.start()
        theirs.close()
        return self._pipe

    def _receive(self, path: Path, timeout_s: float) -> dict[str, Any]:
        """The next reply. Raises the error that it is, or ReaderDied if none comes in time."""
        try:
            untrusted_reply = json.loads(self._receive_bytes(path, timeout_s))
        except ValueError as error:
            raise self._malformed(path) from error
        if not isinstance(untrusted_reply, dict):
            raise self._malformed(path)
        if "error" in untrusted_reply:
            kind = NeedsPassword if untrusted_reply["error"] == "password" else UnreadableDocument
            raise kind(str(untrusted_reply.get("message")), str(untrusted_reply.get("hint")))
        return untrusted_reply

    def _receive_bytes(self, path: Path, timeout_s: float) -> bytes:
        try:
            if self._pipe is not None and self._pipe.poll(timeout_s):
                return self._pipe.recv_bytes(_MOST_REPLY_BYTES)
            reason = f"took longer than {timeout_s:.0f} seconds to read"
        except (EOFError, OSError):
            reason = "ended the reader: it is damaged or needs too much memory"
        self.close()
        raise ReaderDied(f"{path.name} {reason}.", "Save it anew in another program and add that.")

    def _malformed(self, path: Path) -> UnreadableDocument:
        """The error for a reply that makes no sense; what sent it is not heard again."""
        self.close()
        return UnreadableDocument(
            f"{path.name} made the reader answer nonsense; nothing of that answer was used.",
            "Do not open this file elsewhere without care.",
        )


def _checked_page(untrusted_page: dict[str, Any], number: int) -> Page | None:
    text, label = untrusted_page.get("text"), untrusted_page.get("label")
    reason, method = untrusted_page.get("reason"), untrusted_page.get("method")
    if (
        untrusted_page.get("number") == number
        and isinstance(text, str)
        and isinstance(label, str)
        and isinstance(reason, str)
        and method in _METHODS
    ):
        return Page(number, label[:_MOST_LABEL_CHARACTERS], text, PageMethod(method), reason)
    return None


def _lost_pages(first: int, last: int, reason: str) -> list[Page]:
    return [
        Page(number, str(number), "", PageMethod.UNREADABLE, reason)
        for number in range(first, last + 1)
    ]
