"""The engine process: services behind a pipe, with a lane for each exclusive resource.

*index* owns the library's writes, *answer* owns the language model, *view* and *find* each own a
reader process, *read* serves what waits for none of them. Each lane is one thread that runs its
requests in turn.
"""

import queue
import threading
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.domain import (
    DocumentView,
    FoundInDocument,
    Highlight,
    LibraryEntry,
    PageImage,
    PageProgress,
    Scope,
    Span,
)
from desktop_rag.engine.messages import (
    Cancel,
    Cancelled,
    Failed,
    Finished,
    Progress,
    Quit,
    Reply,
    Request,
)
from desktop_rag.errors import DesktopRagError
from desktop_rag.services.assistant import Assistant

LANES = {
    "add": "index",
    "add_samples": "index",
    "remove": "index",
    "ask": "answer",
    "documents": "read",
    "open_document": "view",
    "page_image": "view",
    "highlights": "view",
    "find_in_document": "find",
    "save_highlighted": "find",
}


class Engine:
    """What the window can ask for. A method that returns a generator reports progress."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def documents(self) -> list[LibraryEntry]:
        """All documents, by path."""
        return self._assistant.library.documents()

    def add(
        self, paths: Sequence[Path], collection: str | None, passwords: Sequence[str]
    ) -> Generator[Any, None, Any]:
        """As `Library.add`."""
        return self._assistant.library.add(
            paths, collection=collection, passwords=passwords, ocr=self._assistant.ocr
        )

    def add_samples(self) -> Generator[Any, None, Any]:
        """Add the sample documents that come with the program."""
        return self.add([self._assistant.samples_folder], "Samples", ())

    def remove(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """As `Library.remove`."""
        return self._assistant.library.remove(document_ids)

    def ask(self, question: str, scope: Scope) -> Generator[Any, None, Any]:
        """As `AnswerEngine.ask`."""
        return self._assistant.answers.ask(question, scope)

    def open_document(self, document_id: str, passwords: Sequence[str]) -> DocumentView:
        """As `PageViewer.open`."""
        return self._assistant.viewer.open(document_id, passwords)

    def page_image(
        self, document_id: str, page_number: int, scale: float, passwords: Sequence[str]
    ) -> PageImage:
        """As `PageViewer.image`."""
        return self._assistant.viewer.image(document_id, page_number, scale, passwords)

    def highlights(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str]
    ) -> tuple[Highlight, ...]:
        """As `PageViewer.highlights`."""
        return self._assistant.viewer.highlights(document_id, spans, passwords)

    def find_in_document(
        self, document_id: str, text: str, passwords: Sequence[str]
    ) -> Generator[PageProgress, None, FoundInDocument]:
        """As `PageViewer.find`."""
        return self._assistant.viewer.find(document_id, text, passwords)

    def save_highlighted(
        self, document_id: str, spans: Sequence[Span], passwords: Sequence[str], target: Path
    ) -> Path:
        """As `PageViewer.save_highlighted`."""
        return self._assistant.viewer.save_highlighted(document_id, spans, passwords, target)

    def close(self) -> None:
        """End what the services keep running."""
        self._assistant.close()


def serve(pipe: Connection, assistant: Assistant, send: Callable[[Reply], None]) -> None:
    """Answer requests until the window asks to quit or is gone."""
    engine = Engine(assistant)
    lanes = {name: Lane(engine, send) for name in set(LANES.values())}
    with suppress(EOFError, OSError):
        while True:
            message = pipe.recv()
            if isinstance(message, Quit):
                break
            if isinstance(message, Cancel):
                for lane in lanes.values():
                    lane.cancel(message.number)
            elif isinstance(message, Request):
                lanes[LANES[message.method]].put(message)
    engine.close()


class Lane:
    """Runs requests one after the other in a thread of its own."""

    def __init__(self, engine: Engine, send: Callable[[Reply], None]) -> None:
        self._engine = engine
        self._send = send
        self._waiting: queue.Queue[Request] = queue.Queue()
        self._cancelled: set[int] = set()
        threading.Thread(target=self._run, daemon=True).start()

    def put(self, request: Request) -> None:
        self._waiting.put(request)

    def cancel(self, number: int) -> None:
        """Stop this request at its next step, or before it starts."""
        self._cancelled.add(number)

    def _run(self) -> None:
        while True:
            request = self._waiting.get()
            try:
                self._serve(request)
            except DesktopRagError as error:
                self._send(Failed(request.number, error.message, error.hint))
            except Exception as error:  # a bug: reported whole, and the lane lives on
                details = "".join(traceback.format_exception(error))
                self._send(Failed(request.number, "Something went wrong.", "", details))

    def _serve(self, request: Request) -> None:
        if request.number in self._cancelled:
            self._send(Cancelled(request.number))
            return
        outcome = getattr(self._engine, request.method)(*request.arguments)
        if not isinstance(outcome, Generator):
            self._send(Finished(request.number, outcome))
            return
        try:
            while request.number not in self._cancelled:
                self._send(Progress(request.number, next(outcome)))
            outcome.close()
            self._send(Cancelled(request.number))
        except StopIteration as end:
            self._send(Finished(request.number, end.value))
