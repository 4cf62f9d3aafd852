"""The parent's end of the reader process: starts it, asks it, and ends it when it misbehaves."""

import json
import multiprocessing
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_rag.adapters.reader_process import reader_main
from desktop_rag.adapters.reader_requests import MOST_REPLY_BYTES, ReaderRequest
from desktop_rag.errors import NeedsPassword, ReaderDied, ReadingStopped, UnreadableDocument


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What the reader may use. The page time-out is long because OCR takes seconds."""

    open_timeout_s: float = 60.0
    page_timeout_s: float = 60.0
    memory_bytes: int = 4 << 30


class ReaderLink:
    """A reader process, started at the first request and anew after each end.

    One thread asks; any thread may close it or stop it. What waits for a reply then raises
    ReadingStopped: the page in hand is not to blame.
    """

    def __init__(self, threads: int, memory_bytes: int) -> None:
        self._threads = threads
        self._memory_bytes = memory_bytes
        self._lock = threading.RLock()  # guards all below
        self._stopped = False
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """The reader's, while there is one."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    def send(self, request: ReaderRequest) -> None:
        """Ask. Raises ReaderDied, or ReadingStopped."""
        pipe: Connection | None = None
        try:
            pipe = self._started()
            pipe.send(request)
        except OSError as error:
            if pipe is not None:
                self._end(pipe, request.path)
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
        """The next reply as it came. Raises ReaderDied, or ReadingStopped."""
        pipe = self._pipe
        try:
            if pipe is not None and pipe.poll(timeout_s):
                return pipe.recv_bytes(MOST_REPLY_BYTES)
            reason = f"took longer than {timeout_s:.0f} seconds to read"
        except (EOFError, OSError):
            reason = "ended the reader: it is damaged or needs too much memory"
        self._end(pipe, path)
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
        with self._lock:
            process, self._process = self._process, None
            self._pipe = None  # its last holder, which may be waiting on it, closes it
            if process is not None:
                process.kill()
                process.join()
                process.close()

    def stop(self) -> None:
        """Kill the reader process, if it runs, and start no other."""
        with self._lock:
            self._stopped = True
            self.close()

    def _end(self, pipe: Connection | None, path: Path) -> None:
        """Close what failed. Raises ReadingStopped if it was closed from outside before."""
        with self._lock:
            closed_from_outside = self._stopped or self._pipe is None or self._pipe is not pipe
            if not closed_from_outside:
                self.close()
        if closed_from_outside:
            raise ReadingStopped(f"{path.name} was not read to its end: reading was stopped.")

    def _started(self) -> Connection:
        with self._lock:
            if self._stopped:
                raise ReadingStopped("Reading was stopped.")
            if self._process is not None and self._pipe is not None and self._process.is_alive():
                return self._pipe
            self.close()
            spawn = multiprocessing.get_context("spawn")
            pipe, theirs = spawn.Pipe()
            process = spawn.Process(
                target=reader_main, args=(theirs, self._threads, self._memory_bytes), daemon=True
            )
            process.start()
            theirs.close()
            self._process, self._pipe = process, pipe
            return pipe
