"""The engine process: services behind a pipe, with a lane for each exclusive resource.

*index* owns the library's writes, *answer* owns the language model, *read* serves what waits for
neither. Each lane is one thread that runs its requests in turn.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.domain import FoundFiles, LibraryEntry, PageImage, Scope, Span
from desktop_rag.engine.journal import Journal
from desktop_rag.engine.lanes import Lane
from desktop_rag.engine.messages import Cancel, Failed, Pause, Quit, Reply, Request, Resume
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.looking import look

LANES = {
    "add": "index",
    "add_samples": "index",
    "remove": "index",
    "reread": "index",
    "create_collection": "index",
    "rename_collection": "index",
    "delete_collection": "index",
    "move": "index",
    "ask": "answer",
    "documents": "read",
    "entries": "read",
    "collections": "read",
    "look": "read",
    "page_image": "read",
}
# Where a short request need not wait for the end of a long one. The services of these lanes are
# made for it: between two steps of `Library.add` the library is whole.
_INTERLEAVING = frozenset({"index", "read"})


class Engine:
    """What the window can ask for. A method that returns a generator reports progress."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def documents(self) -> Generator[tuple[LibraryEntry, ...], None, int]:
        """As `Library.batches`."""
        return self._assistant.library.batches()

    def entries(self, document_ids: Sequence[str]) -> tuple[LibraryEntry, ...]:
        """As `Library.entries`."""
        return self._assistant.library.entries(document_ids)

    def add(
        self, paths: Sequence[Path], collection: str | None, passwords: Sequence[str]
    ) -> Generator[Any, None, Any]:
        """As `Library.add`."""
        return self._assistant.library.add(
            paths, collection=collection, passwords=passwords, ocr=self._assistant.ocr
        )

    def look(self, paths: Sequence[Path]) -> Generator[FoundFiles, None, FoundFiles]:
        """As `looking.look`."""
        return look(paths)

    def add_samples(self) -> Generator[Any, None, Any]:
        """Add the sample documents that come with the program."""
        return self.add([self._assistant.samples_folder], "Samples", ())

    def remove(self, document_ids: Sequence[str]) -> list[LibraryEntry]:
        """As `Library.remove`."""
        return self._assistant.library.remove(document_ids)

    def collections(self) -> dict[str, int]:
        """As `Library.collections`."""
        return self._assistant.library.collections()

    def reread(
        self, document_ids: Sequence[str], passwords: Sequence[str], ocr: bool
    ) -> Generator[Any, None, Any]:
        """As `Library.reread`."""
        return self._assistant.library.reread(document_ids, passwords, ocr)

    def create_collection(self, name: str) -> None:
        """As `Library.create_collection`."""
        self._assistant.library.create_collection(name)

    def rename_collection(self, name: str, new_name: str) -> None:
        """As `Library.rename_collection`."""
        self._assistant.library.rename_collection(name, new_name)

    def delete_collection(self, name: str) -> None:
        """As `Library.delete_collection`."""
        self._assistant.library.delete_collection(name)

    def move(self, document_ids: Sequence[str], collection: str) -> tuple[LibraryEntry, ...]:
        """As `Library.move`."""
        return self._assistant.library.move(document_ids, collection)

    def ask(self, question: str, scope: Scope) -> Generator[Any, None, Any]:
        """As `AnswerEngine.ask`."""
        return self._assistant.answers.ask(question, scope)

    def page_image(
        self, path: Path, page_number: int, spans: Sequence[Span], scale: float
    ) -> PageImage:
        """A page drawn by the reader process, with rectangles around the spans."""
        return self._assistant.page_images.render(path, page_number, spans, scale=scale)

    def close(self) -> None:
        """End what the services keep running."""
        self._assistant.close()


def serve(pipe: Connection, assistant: Assistant, send: Callable[[Reply], None]) -> None:
    """Answer requests until the window asks to quit or is gone."""
    engine = Engine(assistant)
    journal = _journal(assistant.log_file, send)
    answer = journal.watching(send)
    lanes = {
        name: Lane(engine, answer, journal.failed, interleaves=name in _INTERLEAVING)
        for name in set(LANES.values())
    }
    for lane in lanes.values():
        lane.start()
    with suppress(EOFError, OSError):
        while not isinstance(message := pipe.recv(), Quit):
            if isinstance(message, Request) and message.method in LANES:
                journal.received(message.number, message.method)
            _dispatch(message, lanes, answer)
    engine.close()
    journal.close()


def _journal(file: Path | None, send: Callable[[Reply], None]) -> Journal:
    """The log that the settings want; without it, and a warning, if it cannot be written."""
    try:
        return Journal(file)
    except OSError as error:
        hint = "Check that its folder can be written to, or turn the log off in the settings."
        send(Failed(0, f"The log {file} cannot be written: {error.strerror}.", hint))
        return Journal(None)


def _dispatch(
    message: Request | Cancel | Pause | Resume,
    lanes: Mapping[str, Lane],
    send: Callable[[Reply], None],
) -> None:
    if isinstance(message, Request):
        if message.method in LANES:
            lanes[LANES[message.method]].put(message)
        else:
            details = f"The engine has no method {message.method!r}."
            send(Failed(message.number, "Something went wrong.", "", details))
        return
    for lane in lanes.values():  # only the one that holds the request heeds it
        if isinstance(message, Cancel):
            lane.cancel(message.number)
        elif isinstance(message, Pause):
            lane.pause(message.number)
        else:
            lane.resume(message.number)
