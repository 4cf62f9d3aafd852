"""The window's side of the engine: requests out, replies in, and a new process if it dies."""

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from desktop_rag.engine.messages import (
    Cancel,
    Cancelled,
    EngineDied,
    Failed,
    Finished,
    Pause,
    Quit,
    Reply,
    Request,
    Resume,
)
from desktop_rag.engine.process import OpenAssistant, engine_main

_END_TIMEOUT_S = 5.0
_MOST_DEATHS_IN_A_ROW = 3


class EngineClient:
    """Starts the engine process and talks to it. `on_reply` is called in a thread of the client."""

    def __init__(self, open_assistant: OpenAssistant, on_reply: Callable[[Reply], None]) -> None:
        self._open_assistant = open_assistant
        self._on_reply = on_reply
        self._lock = threading.Lock()
        self._last_number = 0
        self._open_requests: set[int] = set()
        self._closing = False
        self._deaths_in_a_row = 0
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._listener: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The engine's process id, if it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the engine process; requests may be made at once."""
        self._launch()

    def _launch(self) -> tuple[int, ...]:
        """Start a process; returns the requests that the one before took, or missed, for good."""
        spawn = multiprocessing.get_context("spawn")
        pipe, theirs = spawn.Pipe()
        process = spawn.Process(target=engine_main, args=(theirs, self._open_assistant))
        process.start()
        theirs.close()
        listener = threading.Thread(target=self._listen, args=(pipe, process), daemon=True)
        with self._lock:
            lost = self._take_lost()
            is_wanted = not self._closing
            if is_wanted:
                self._process, self._pipe, self._listener = process, pipe, listener
        if is_wanted:
            listener.start()
        else:  # closed meanwhile: it must not go on with what it was given
            pipe.close()
            process.kill()
            process.join()
        return lost

    def request(self, method: str, *arguments: Any) -> int:
        """Ask the engine for something; returns the number that its replies bear."""
        with self._lock:
            self._last_number += 1
            number = self._last_number
            self._open_requests.add(number)
            self._write(Request(number, method, arguments))
        return number

    def cancel(self, number: int) -> None:
        """Stop a request; `Cancelled` comes when it has stopped."""
        self._send(Cancel(number))

    def pause(self, number: int) -> None:
        """Let a long request wait at its next step, until it is resumed or cancelled."""
        self._send(Pause(number))

    def resume(self, number: int) -> None:
        """Let a request that waits go on."""
        self._send(Resume(number))

    def kill(self) -> None:
        """End the engine at once; another is started, as after any death. Commits stay whole."""
        self._deaths_in_a_row = 0
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the engine: it closes what it has open, or is killed after five seconds."""
        self._send(Quit())
        process = self._left()
        if process is not None:
            process.join(_END_TIMEOUT_S)
            self._finish(process)

    def end(self) -> None:
        """End the engine at once and start no other: nothing of it is left in memory."""
        process = self._left()
        if process is not None:
            self._finish(process)

    def _left(self) -> BaseProcess | None:
        """The process, which is from now on not replaced and not spoken to."""
        with self._lock:
            self._closing = True
            process, self._process, self._pipe = self._process, None, None
            return process

    def _finish(self, process: BaseProcess) -> None:
        """Kill it if it is alive, and hear no more of it."""
        if process.is_alive():
            process.kill()
        process.join()
        if self._listener is not None and self._listener is not threading.current_thread():
            self._listener.join(_END_TIMEOUT_S)

    def _send(self, message: Request | Cancel | Pause | Resume | Quit) -> None:
        with self._lock:
            self._write(message)

    def _write(self, message: Request | Cancel | Pause | Resume | Quit) -> None:
        """Send under the lock, so that no request falls between two engines."""
        if self._pipe is not None:
            with suppress(OSError):  # the engine has died; the listener tells
                self._pipe.send(message)

    def _take_lost(self) -> tuple[int, ...]:
        lost = tuple(sorted(self._open_requests))
        self._open_requests.clear()
        return lost

    def _listen(self, pipe: Connection, process: BaseProcess) -> None:
        try:
            while True:
                reply: Reply = pipe.recv()
                if isinstance(reply, Finished | Cancelled | Failed) and reply.number:
                    self._open_requests.discard(reply.number)
                    self._deaths_in_a_row = 0  # 0 may be all that it says before it ends
                self._on_reply(reply)
        except (EOFError, OSError):
            if self._closing:
                return
        process.join()
        if self._closing:
            return
        self._deaths_in_a_row += 1
        restart = self._deaths_in_a_row <= _MOST_DEATHS_IN_A_ROW
        if restart:
            lost = self._launch()
        else:
            with self._lock:
                lost = self._take_lost()
        self._on_reply(EngineDied(lost, restart))
