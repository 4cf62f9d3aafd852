"""The engine as Qt sees it: requests as calls, replies as signals in the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop_rag.engine.client import EngineClient
from desktop_rag.engine.messages import Cancelled, EngineDied, Failed, Finished, Progress, Reply
from desktop_rag.engine.process import OpenAssistant


class EngineLink(QObject):
    """Owns the engine's client.

    Signals:
        progressed(number, value): a request yielded a value.
        finished(number, value): a request is done.
        cancelled(number): a request was stopped.
        failed(number, message, hint): a request failed; 0 is the engine's start.
        died(numbers, restarted): the engine process ended by itself.
    """

    progressed = Signal(int, object)
    finished = Signal(int, object)
    cancelled = Signal(int)
    failed = Signal(int, str, str)
    died = Signal(object, bool)
    _arrived = Signal(object)

    def __init__(self, open_assistant: OpenAssistant) -> None:
        super().__init__()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._client = EngineClient(open_assistant, self._arrived.emit)
        self._callbacks: dict[int, Callable[[Any], None]] = {}

    @property
    def engine_pid(self) -> int | None:
        """The engine's process id, if it runs."""
        return self._client.pid

    def start(self) -> None:
        """Start the engine process."""
        self._client.start()

    def request(
        self, method: str, *arguments: Any, then: Callable[[Any], None] | None = None
    ) -> int:
        """Ask the engine; `then` is called with the result. Returns the request's number."""
        number = self._client.request(method, *arguments)
        if then is not None:
            self._callbacks[number] = then
        return number

    def cancel(self, number: int) -> None:
        """Stop a request."""
        self._client.cancel(number)

    def close(self) -> None:
        """End the engine."""
        self._client.close()

    def _deliver(self, reply: Reply) -> None:
        if isinstance(reply, Progress):
            self.progressed.emit(reply.number, reply.value)
            return
        if isinstance(reply, EngineDied):
            for number in reply.numbers:
                self._callbacks.pop(number, None)
            self.died.emit(reply.numbers, reply.restarted)
            return
        callback = self._callbacks.pop(reply.number, None)
        if isinstance(reply, Finished):
            if callback is not None:
                callback(reply.value)
            self.finished.emit(reply.number, reply.value)
        elif isinstance(reply, Cancelled):
            self.cancelled.emit(reply.number)
        elif isinstance(reply, Failed):
            self.failed.emit(reply.number, reply.message, reply.hint)
