"""The body of the reader process: what runs beside the untrusted PDF."""

import json
import signal
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from desktop_rag.adapters.reader_gate import GateInReader
from desktop_rag.adapters.reader_limits import ReaderLimits, allow_cpu, limit_this_process
from desktop_rag.adapters.reader_requests import (
    MOST_REPLY_BYTES,
    AnnotateRequest,
    DrawRequest,
    FindRequest,
    FramesRequest,
    HighlightsRequest,
    ReaderRequest,
    ReadRequest,
    ViewRequest,
)
from desktop_rag.errors import DesktopRagError, NeedsPassword
from desktop_rag.privacy import crash_output, guard, reader_guard
from desktop_rag.privacy.processes import name_process

if TYPE_CHECKING:
    from desktop_rag.adapters.page_reader import LocalPageReader
    from desktop_rag.adapters.page_viewing import LocalPageViewer


def reader_main(
    pipe: Connection, threads: int, limits: ReaderLimits, gate: GateInReader | None = None
) -> None:
    """Guards and limits first, then requests until the pipe closes.

    Recognition of text waits at `gate`.
    """
    guard.activate()
    name_process("reader")
    crash_output.silence()  # it runs under a document's influence, and is not to write anywhere
    reader_guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    limit_this_process(limits)
    from desktop_rag.adapters.page_reader import LocalPageReader, Ocr
    from desktop_rag.adapters.page_viewing import LocalPageViewer

    def load_ocr() -> Ocr:
        from desktop_rag.adapters.ocr import RapidOcr

        return RapidOcr(threads, gate.passing) if gate is not None else RapidOcr(threads)

    reader, viewer = LocalPageReader(load_ocr), LocalPageViewer()
    with suppress(EOFError, BrokenPipeError):
        while True:
            request = pipe.recv()
            allow_cpu(limits.cpu_s)
            _answer(pipe, reader, viewer, request, limits)


def _answer(
    pipe: Connection,
    reader: "LocalPageReader",
    viewer: "LocalPageViewer",
    request: ReaderRequest,
    limits: ReaderLimits,
) -> None:
    try:
        if isinstance(request, ReadRequest):
            _read(pipe, reader, request, limits)
        else:
            _view(pipe, viewer, request)
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


def _read(
    pipe: Connection, reader: "LocalPageReader", request: ReadRequest, limits: ReaderLimits
) -> None:
    document = reader.open(request.path, request.passwords, request.ocr)
    try:
        _send(pipe, {"pages": len(document)})
        for page in document.pages(request.first_page):
            _send(pipe, asdict(page))
            if request.look:  # by itself, so that a page which cannot be drawn was read before
                _send(pipe, {"hidden": document.hidden(page)})
            allow_cpu(limits.cpu_s)
    finally:
        document.close()


def _view(pipe: Connection, viewer: "LocalPageViewer", request: ViewRequest) -> None:
    document = viewer.document(request.path, request.passwords)
    match request:
        case FramesRequest():
            frames = [(frame.label, frame.width, frame.height) for frame in document.frames()]
            _send(pipe, {"frames": frames})
        case DrawRequest():
            image = document.draw(request.page_number, request.scale)
            _send(pipe, {"width": image.width, "height": image.height})
            pipe.send_bytes(image.pixels)
        case HighlightsRequest():
            found = document.highlights(request.spans)
            _send(pipe, {"highlights": [asdict(highlight) for highlight in found]})
        case FindRequest():
            matches = document.find(request.page_number, request.wanted, request.most)
            _send(pipe, {"pages": len(document), "matches": matches})
        case AnnotateRequest():
            marked = document.annotated(request.highlights, MOST_REPLY_BYTES)
            _send(pipe, {"bytes": len(marked)})
            pipe.send_bytes(marked)


def _send(pipe: Connection, reply: dict[str, Any]) -> None:
    pipe.send_bytes(json.dumps(reply).encode())
