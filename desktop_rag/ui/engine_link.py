"""The engine as Qt sees it: requests as jobs, replies as calls in the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from desktop_rag.engine.client import EngineClient
from desktop_rag.engine.messages import Cancelled, EngineDied, Failed, Finished, Progress, Reply
from desktop_rag.engine.process import OpenAssistant


@dataclass(frozen=True, slots=True)
class Handlers:
    """What to call with the replies to a request; each may be left out.

    Attributes:
        then: with the result.
        each: with every value that is yielded on the way.
        failed: with the Failed reply; without it the failure is reported as a problem.
        cancelled: when the request was stopped.
        lost: when the engine died before the end; without it the request is made again.
    """

    then: Callable[[Any], None] | None = None
    each: Callable[[Any], None] | None = None
    failed: Callable[[Failed], None] | None = None
    cancelled: Callable[[], None] | None = None
    lost: Callable[[], None] | None = None


class Job:
    """A request that was made. Its number changes if it had to be made again."""

    def __init__(
        self, link: "EngineLink", method: str, arguments: tuple[Any, ...], handlers: Handlers
    ) -> None:
        self._link = link
        self.method = method
        self.arguments = arguments
        self.handlers = handlers
        self.outlives_views = False
        self.number = 0

    def cancel(self) -> None:
        """Stop at the next step."""
        self._link.client.cancel(self.number)

    def pause(self) -> None:
        """Wait at the next step."""
        self._link.client.pause(self.number)

    def resume(self) -> None:
        """Go on after a pause."""
        self._link.client.resume(self.number)


class EngineLink(QObject):
    """Owns the engine's client.

    Signals:
        problem(failed): a request failed and nobody handles it, or the engine did not open.
        died(restarted): the engine process ended by itself.
    """

    problem = Signal(object)
    died = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, open_assistant: OpenAssistant) -> None:
        super().__init__()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.client = EngineClient(open_assistant, self._arrived.emit)
        self._jobs: dict[int, Job] = {}
        self._waiting: list[Job] = []
        self._started = False
        self._wanted_end = False
        self._has_given_up = False
        self._has_ended = False

    @property
    def has_given_up(self) -> bool:
        """Whether the engine died so often that no other is started."""
        return self._has_given_up

    @property
    def engine_pid(self) -> int | None:
        """The engine's process id, if it runs."""
        return self.client.pid

    def start(self) -> None:
        """Start the engine process, and make the requests that were waiting for it."""
        self.client.start()
        self._started = True
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._send(job)

    def request(
        self,
        method: str,
        *arguments: Any,
        then: Callable[[Any], None] | None = None,
        each: Callable[[Any], None] | None = None,
        failed: Callable[[Failed], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        lost: Callable[[], None] | None = None,
        outlives_views: bool = False,
    ) -> Job:
        """Ask the engine; the handlers are called in this thread, as `Handlers` says.

        `outlives_views`: whoever asks is there also after `forget_views`.
        """
        job = Job(self, method, arguments, Handlers(then, each, failed, cancelled, lost))
        job.outlives_views = outlives_views
        if self._started:
            self._send(job)
        else:
            self._waiting.append(job)
        return job

    def forget_views(self) -> None:
        """What is shown is put up anew: replies to it are for nobody any more."""
        for job in (*self._jobs.values(), *self._waiting):
            if not job.outlives_views:
                job.handlers = Handlers(failed=lambda _: None, lost=lambda: None)

    def restart(self) -> None:
        """End the engine and start it anew, with the settings as they are now.

        What is committed stays; requests under way are made again or told that they are lost.
        """
        self._wanted_end = True
        self.client.kill()

    def close(self) -> None:
        """End the engine."""
        self.client.close()

    def end(self) -> None:
        """End the engine at once; nobody hears of what was under way."""
        self._has_ended = True
        self._jobs.clear()
        self._waiting.clear()
        self.client.end()

    def _send(self, job: Job) -> None:
        if self._has_given_up:
            if job.handlers.lost is not None:
                QTimer.singleShot(0, job.handlers.lost)
            return
        job.number = self.client.request(job.method, *job.arguments)
        self._jobs[job.number] = job

    def _deliver(self, reply: Reply) -> None:
        if self._has_ended:
            return
        if isinstance(reply, EngineDied):
            self._bury(reply)
            return
        if isinstance(reply, Progress):
            job = self._jobs.get(reply.number)
            if job is not None and job.handlers.each is not None and not _is_gone(job.handlers):
                job.handlers.each(reply.value)
            return
        job = self._jobs.pop(reply.number, None)
        handlers = job.handlers if job is not None else Handlers()
        if _is_gone(handlers):
            return
        if isinstance(reply, Finished) and handlers.then is not None:
            handlers.then(reply.value)
        elif isinstance(reply, Cancelled) and handlers.cancelled is not None:
            handlers.cancelled()
        elif isinstance(reply, Failed):
            (handlers.failed or self.problem.emit)(reply)

    def _bury(self, death: EngineDied) -> None:
        lost = [self._jobs.pop(number) for number in death.numbers if number in self._jobs]
        self._has_given_up = not death.restarted
        if not self._wanted_end:
            self.died.emit(death.restarted)
        self._wanted_end = False
        for job in lost:
            if job.handlers.lost is not None:
                job.handlers.lost()
            elif death.restarted:
                self._send(job)


def _is_gone(handlers: Handlers) -> bool:
    """Whether who asked was closed meanwhile: a page of settings, a sheet."""
    owners = (getattr(call, "__self__", None) for call in (handlers.then, handlers.each))
    return any(isinstance(owner, QObject) and not isValid(owner) for owner in owners)
