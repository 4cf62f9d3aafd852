"""The parent's end of the reader process: starts it, asks it, and ends it when it misbehaves."""

import json
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_rag.adapters.reader_process import reader_main
from desktop_rag.adapters.reader_requests import MOST_REPLY_BYTES, ReaderRequest
from desktop_rag.errors import NeedsPassword, ReaderDied, UnreadableDocument


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What the reader may use. The page time-out is long because OCR takes seconds."""

    open_timeout_s: float = 60.0
    page_timeout_s: float = 60.0
    memory_bytes: int = 4 << 30


class ReaderLink:
    """A reader process, started at the first request and anew after each end."""

    def __init__(self, threads: int, memory_bytes: int) -> None:
        self._threads = threads
        self._memory_bytes = memory_bytes
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """The reader's, while there is one."""
        return self._process.pid if self._process is not None else None

    def send(self, request: ReaderRequest) -> None:
        """Ask. Raises ReaderDied."""
        try:
            self._started().send(request)
        except OSError as error:
            self.close()
            raise ReaderDied(
                f"{request.path.name} was not read: the reader did not start.",
                "Check that there is enough free memory, and try again.",
            ) from error

    def receive(self, path: Path, timeout_s: float) -> dict[str, Any]:
        """The next reply. Raises the error that it is, or ReaderDied if none comes in time."""
        try:
            untrusted_reply = json.loads(self.receive_bytes(path, timeout_s))
        except ValueError as error:
            raise self.malformed(path) from error
        if not isinstance(untrusted_reply, dict):
            raise self.malformed(path)
        if "error" in untrusted_reply:
            kind = NeedsPassword if untrusted_reply["error"] == "password" else UnreadableDocument
            raise kind(str(untrusted_reply.get("message")), str(untrusted_reply.get("hint")))
        return untrusted_reply

    def receive_bytes(self, path: Path, timeout_s: float) -> bytes:
        """The next reply as it came. Raises ReaderDied."""
        try:
            if self._pipe is not None and self._pipe.poll(timeout_s):
                return self._pipe.recv_bytes(MOST_REPLY_BYTES)
            reason = f"took longer than {timeout_s:.0f} seconds to read"
        except (EOFError, OSError):
            reason = "ended the reader: it is damaged or needs too much memory"
        self.close()
        raise ReaderDied(f"{path.name} {reason}.", "Save it anew in another program and add that.")

    def malformed(self, path: Path) -> UnreadableDocument:
        """The error for a reply that makes no sense; what sent it is not heard again."""
        self.close()
        return UnreadableDocument(
            f"{path.name} made the reader answer nonsense; nothing of that answer was used.",
            "Do not open this file elsewhere without care.",
        )

    def close(self) -> None:
        """Kill the reader process, if it runs. The next request starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._process is not None and self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.close()
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=reader_main, args=(theirs, self._threads, self._memory_bytes), daemon=True
        )
        self._process.start()
        theirs.close()
        return self._pipe
