"""The body of the reader process: what runs beside the untrusted PDF."""

import json
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.domain import Span
from desktop_rag.errors import DesktopRagError, NeedsPassword
from desktop_rag.privacy import guard

_MOST_OPEN_FILES = 256


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Read all pages from number `first_page` on."""

    path: Path
    passwords: tuple[str, ...]
    ocr: bool
    first_page: int


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """Draw one page at `scale` pixels per point, with rectangles around the spans on it."""

    path: Path
    page_number: int
    spans: tuple[Span, ...]
    scale: float


def reader_main(pipe: Connection, threads: int, memory_bytes: int) -> None:
    """Guard and limits first, then requests until the pipe closes."""
    guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    _limit_resources(memory_bytes)
    from desktop_rag.adapters.page_reader import LocalPageReader, Ocr

    def load_ocr() -> Ocr:
        from desktop_rag.adapters.ocr import RapidOcr

        return RapidOcr(threads)

    reader = LocalPageReader(load_ocr)
    with suppress(EOFError, BrokenPipeError):
        while True:
            _answer(pipe, reader, pipe.recv())


def _answer(pipe: Connection, reader: Any, request: ReadRequest | DrawRequest) -> None:
    try:
        if isinstance(request, DrawRequest):
            _draw(pipe, reader, request)
        else:
            _read(pipe, reader, request)
    except DesktopRagError as error:
        kind = "password" if isinstance(error, NeedsPassword) else "unreadable"
        _send(pipe, {"error": kind, "message": error.message, "hint": error.hint})
    except MemoryError:
        message = f"{request.path.name} needs too much memory to be read."
        _send(pipe, {"error": "unreadable", "message": message, "hint": "Split it into parts."})
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:  # damage shows itself in every kind of exception
        message = f"{request.path.name} is damaged ({type(error).__name__})."
        hint = "Save it anew in another program and add that."
        _send(pipe, {"error": "unreadable", "message": message, "hint": hint})


def _read(pipe: Connection, reader: Any, request: ReadRequest) -> None:
    document = reader.open(request.path, request.passwords, request.ocr)
    try:
        _send(pipe, {"pages": len(document)})
        for page in document.pages(request.first_page):
            _send(pipe, asdict(page))
    finally:
        document.close()


def _draw(pipe: Connection, reader: Any, request: DrawRequest) -> None:
    image = reader.render(request.path, request.page_number, request.spans, request.scale)
    head = {"width": image.width, "height": image.height, "highlights": image.highlights}
    _send(pipe, head)
    pipe.send_bytes(image.pixels)


def _send(pipe: Connection, reply: dict[str, Any]) -> None:
    pipe.send_bytes(json.dumps(reply).encode())


def _limit_resources(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN_FILES, _MOST_OPEN_FILES))
