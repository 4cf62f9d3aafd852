"""The engine's log, for support: what was asked for by name, how long it took, how it ended.

It never holds what a person wrote or read: no question, no text, no file name, no path. Of an
error it holds the type and the places in the program, not the message, which may name a file.
"""

import logging
import os
import platform
import time
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Lock

from desktop_rag import __version__
from desktop_rag.engine.messages import Cancelled, Failed, Finished, Reply
from desktop_rag.errors import DesktopRagError
from desktop_rag.privacy.crash_output import places
from desktop_rag.privacy.permissions import private_folder

_BYTES_A_FILE = 1_000_000
_OLD_FILES = 2  # beside the one that is written
_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class Journal:
    """Writes to `file`, or nowhere if there is none. May be used from several threads.

    Raises OSError if the file cannot be opened.
    """

    def __init__(self, file: Path | None) -> None:
        self._lock = Lock()
        self._open: dict[int, tuple[str, float]] = {}
        self._log = logging.Logger("engine", logging.INFO)  # its own: no other code logs here
        self._handler: logging.Handler = logging.NullHandler()
        if file is not None:
            private_folder(file.parent)
            self._handler = _PrivateFile(
                file, maxBytes=_BYTES_A_FILE, backupCount=_OLD_FILES, encoding="utf-8"
            )
            self._handler.setFormatter(logging.Formatter(_FORMAT))
        self._log.addHandler(self._handler)
        system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        self._log.info("start: Desktop RAG %s, %s", __version__, system)

    def received(self, number: int, method: str) -> None:
        """Note that a request came in. `method` must be one of the engine's own."""
        with self._lock:
            self._open[number] = (method, time.perf_counter())

    def failed(self, number: int, error: Exception) -> None:
        """Note why a request fails; for a bug, where."""
        with self._lock:
            method, _ = self._open.get(number, ("?", 0.0))
        if isinstance(error, DesktopRagError):
            self._log.warning("%s: %s", method, type(error).__name__)
        else:
            self._log.error("%s: %s", method, "; caused by ".join(places(error)))

    def watching(self, send: Callable[[Reply], None]) -> Callable[[Reply], None]:
        """A `send` that notes how each request ended."""

        def noted(reply: Reply) -> None:
            if isinstance(reply, Finished | Cancelled | Failed):
                self._ended(reply)
            send(reply)

        return noted

    def close(self) -> None:
        """Note the end."""
        self._log.info("end")
        self._handler.close()

    def _ended(self, reply: Finished | Cancelled | Failed) -> None:
        with self._lock:
            asked = self._open.pop(reply.number, None)
        if asked is not None:
            method, since = asked
            outcome = type(reply).__name__.lower()
            self._log.info("%s: %s after %.3f s", method, outcome, time.perf_counter() - since)


class _PrivateFile(RotatingFileHandler):
    """A log file that only its owner may read, from its first moment on."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8")
