"""The parent's end of the reader process: starts it, asks it, and ends it when it misbehaves."""

import json
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_rag.adapters.reader_gate import ReaderGate
from desktop_rag.adapters.reader_limits import ReaderLimits, watched
from desktop_rag.adapters.reader_process import reader_main
from desktop_rag.adapters.reader_requests import MOST_REPLY_BYTES, ReaderRequest, ReadRequest
from desktop_rag.adapters.untrusted_replies import MOST_JSON_BYTES, checked_words
from desktop_rag.errors import (
    DocumentError,
    NeedsPassword,
    ReaderDied,
    ReadingStopped,
    UnreadableDocument,
)

_ENDING_S = 1.0
_LOOK_S = 0.5


class ReaderLink:
    """A reader process, started at the first request and anew after each end.

    One that has read its number of files, or refused one as damaged, reads no other.
    `threads` is asked at each start. While `gate` is closed the reader is not to blame for waiting.
    One thread asks; any thread may close it or stop it. What waits for a reply then raises
    ReadingStopped: the page in hand is not to blame.
    """

    def __init__(
        self, threads: Callable[[], int], limits: ReaderLimits, gate: ReaderGate | None = None
    ) -> None:
        self._threads = threads
        self._limits = limits
        self._gate = gate
        self._lock = threading.RLock()  # guards all below
        self._stopped = False
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._leave: Callable[[], None] = lambda: None
        self._files_left = 0

    @property
    def process_id(self) -> int | None:
        """The reader's, while there is one."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    def send(self, request: ReaderRequest) -> None:
        """Ask. Raises ReaderDied, or ReadingStopped."""
        pipe: Connection | None = None
        try:
            if isinstance(request, ReadRequest):
                self._count_file()
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
        untrusted_bytes = self.receive_bytes(path, timeout_s)
        if len(untrusted_bytes) > MOST_JSON_BYTES:
            raise self.malformed(path)
        try:
            untrusted_reply = json.loads(untrusted_bytes)
        except (ValueError, RecursionError) as error:
            raise self.malformed(path) from error
        if not isinstance(untrusted_reply, dict):
            raise self.malformed(path)
        if "error" in untrusted_reply:
            raise self._refusal(untrusted_reply, path)
        return untrusted_reply

    def receive_bytes(self, path: Path, timeout_s: float) -> bytes:
        """The next reply as it came. Raises ReaderDied, or ReadingStopped."""
        pipe = self._pipe
        try:
            if pipe is not None and self._has_replied(pipe, timeout_s):
                return pipe.recv_bytes(MOST_REPLY_BYTES)
            reason = f"took longer than {timeout_s:.0f} seconds to read"
        except (EOFError, OSError):
            reason = self._cause_of_death()
        self._end(pipe, path)
        raise ReaderDied(f"{path.name} {reason}.", "Save it anew in another program and add that.")

    def shut_s(self) -> float:
        """Seconds that the reader had to wait at the gate so far, or might have had to."""
        return self._gate.shut_s() if self._gate is not None else 0.0

    def _has_replied(self, pipe: Connection, timeout_s: float) -> bool:
        began, shut_before = time.monotonic(), self.shut_s()
        while True:
            waited = time.monotonic() - began - (self.shut_s() - shut_before)
            left = timeout_s - waited
            if pipe.poll(max(0.0, min(left, _LOOK_S))):
                return True
            if left <= 0:
                return False

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
                self._leave()
                if self._gate is not None:
                    self._gate.reader_ended()

    def stop(self) -> None:
        """Kill the reader process, if it runs, and start no other."""
        with self._lock:
            self._stopped = True
            self.close()

    def _refusal(self, untrusted_reply: dict[str, Any], path: Path) -> DocumentError:
        """The reader's own words on why a file cannot be read."""
        message = checked_words(untrusted_reply.get("message"))
        hint = checked_words(untrusted_reply.get("hint"))
        if message is None or hint is None:
            return self.malformed(path)
        if untrusted_reply["error"] == "password":
            return NeedsPassword(message, hint)
        with self._lock:
            self._files_left = 0  # damage may have left its marks
        return UnreadableDocument(message, hint)

    def _count_file(self) -> None:
        """End a reader that has read enough, so that another takes over."""
        with self._lock:
            if self._files_left <= 0 and not self._stopped:
                self.close()
                self._files_left = self._limits.files
            self._files_left -= 1

    def _cause_of_death(self) -> str:
        with self._lock:
            process = self._process
            if process is not None and sys.platform != "win32":
                process.join(_ENDING_S)
                if process.exitcode == -signal.SIGXCPU:
                    return f"needs more than {self._limits.cpu_s} seconds of computing for a page"
        return "ended the reader: it is damaged or needs too much memory"

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
            gate = self._gate.for_reader() if self._gate is not None else None
            process = spawn.Process(
                target=reader_main,
                args=(theirs, self._threads(), self._limits, gate),
                daemon=True,
            )
            process.start()
            theirs.close()
            self._leave = watched(process.pid or 0, self._limits)
            self._process, self._pipe = process, pipe
            return pipe
