"""Reading documents: orders one after the other, with pause, Stop, and going on after a death."""

from collections import deque
from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain import (
    AddedFile,
    AddProgress,
    AddReport,
    AddStatus,
    ModelChange,
    ReembedProgress,
    ReembedReport,
    Removed,
    Vanished,
)
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink, Job
from desktop_rag.ui.outcome import Outcome
from desktop_rag.ui.pace import Pace

_KNOWN = (AddStatus.UNCHANGED, AddStatus.DUPLICATE)
_FINE = (AddStatus.READY, *_KNOWN)
_PREPARING = "reembed"
_MOST_DEATHS = 5  # without a file brought to its end in between


class Reading(QObject):
    """The orders to read documents, and how far the present one is.

    Attributes:
        passwords: those given in this session; they are never written anywhere.
        pace: how fast the present order goes.

    Signals:
        began(): an order is under way.
        progressed(step): an AddProgress arrived.
        paused(is_paused): the order waits, or goes on.
        ended(outcome): the order is over.
        changed(ids): these documents are new or were changed.
        going_on(count): so many files of an earlier session are read now.
        prepared(all_are): preparing the documents for another model is over: True if all are,
            False if the reader stopped it, None if there is nothing to say.
    """

    began = Signal()
    progressed = Signal(object)
    paused = Signal(bool)
    ended = Signal(object)
    changed = Signal(list)
    going_on = Signal(int)
    prepared = Signal(object)

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._engine = engine
        self._orders: deque[tuple[str, tuple[Any, ...]]] = deque()
        self._job: Job | None = None
        self._finished: dict[Path, AddedFile] = {}
        self._vanished: tuple[Vanished, ...] = ()
        self._asked_for = True
        self._collection = ""
        self._is_paused = False
        self._is_stopping = False
        self._gives_way = False  # preparing, to whatever the reader orders
        self._makes_room = False  # it is about to
        self._path: Path | None = None  # that is read at present
        self._deaths = 0  # of the engine, since a file was brought to its end
        self.pace = Pace()
        self.passwords: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether an order is under way."""
        return self._job is not None

    @property
    def is_preparing(self) -> bool:
        """Whether the order is to prepare all documents for another model."""
        return self._job is not None and self._job.method == _PREPARING

    @property
    def is_paused(self) -> bool:
        """Whether the order waits."""
        return self._is_paused

    def add(self, paths: list[Path], collection: str | None) -> None:
        """Read these files and folders."""
        self._order("add", paths, collection, self.passwords)

    def add_samples(self) -> None:
        """Read the documents that come with the program."""
        self._order("add_samples")

    def reread(self, document_ids: list[str]) -> None:
        """Read these documents anew, with the passwords known and scans recognised."""
        self._order("reread", document_ids, self.passwords, True)

    def restore(self, removed: Removed) -> None:
        """Undo a removal."""
        self._order("restore", removed, self.passwords)

    def read_watched(self, only: Collection[Path] | None = None) -> None:
        """Read what is new in the watched folders, or in these alone.

        A look that waits for its turn already takes these folders along.
        """
        wanted = None if only is None else frozenset(only)
        for order in [one for one in self._orders if one[0] == "read_watched"]:
            self._orders.remove(order)
            waiting = order[1][1]
            wanted = None if wanted is None or waiting is None else wanted | waiting
        self._order("read_watched", self.passwords, wanted)

    def go_on(self, count: int) -> None:
        """Read the files, so many, that the end of the program left unread."""
        self.going_on.emit(count)
        self._order("go_on", self.passwords)

    def prepare(self, change: ModelChange | None) -> None:
        """Prepare all documents for another model, or do so no more if there is no change.

        It waits for all other orders, and makes room for those to come, as long as these can be
        done with the model before; else they wait for it.
        """
        self._orders = deque(order for order in self._orders if order[0] != _PREPARING)
        if change is None:
            return
        self._gives_way = change.is_here
        if not self.is_preparing:
            self._order(_PREPARING)

    def learn_password(self, password: str) -> None:
        """Remember a password until the program ends."""
        if password and password not in self.passwords:
            self.passwords = (*self.passwords, password)

    def pause(self) -> None:
        """Let the order wait, or go on."""
        if self._job is None:
            return
        self._is_paused = not self._is_paused
        (self._job.pause if self._is_paused else self._job.resume)()
        self.pace = Pace(self.pace.share)
        self.paused.emit(self._is_paused)

    def stop(self) -> None:
        """End the order, and forget those that wait. What was read is kept.

        To stop preparing for another model is no reason to forget what is to be read.
        """
        if self.is_preparing and self._job is not None:
            self._is_stopping = True
            self._job.cancel()
            return
        self._orders = deque(order for order in self._orders if order[0] == "restore")  # Undo stays
        if self._job is not None:
            self._is_stopping = True
            self._job.cancel()
            self._engine.request("forget_pending")

    def _order(self, method: str, *arguments: Any) -> None:
        self._orders.append((method, arguments))
        if self._job is None:
            self._next()
        elif self.is_preparing and self._gives_way and not self._is_stopping:
            self._makes_room = True  # what is made of it is kept: it goes on afterwards
            self._job.cancel()

    def _next(self) -> None:
        if not self._orders:
            return
        # Preparing comes last if all else can be done without it, and first if nothing can.
        waiting = sorted(
            self._orders, key=lambda order: (order[0] == _PREPARING) == self._gives_way
        )
        self._orders = deque(waiting)
        method, arguments = self._orders.popleft()
        self._finished, self._vanished = {}, ()
        self._asked_for = method != "read_watched"
        self._collection = (arguments[1] if method == "add" else None) or ""
        self._is_paused = self._is_stopping = self._makes_room = False
        self._deaths = 0
        self._path = None
        self._request(method, arguments)
        self.began.emit()

    def _request(self, method: str, arguments: tuple[Any, ...]) -> None:
        self.pace = Pace()
        self._job = self._engine.request(
            method,
            *arguments,
            each=self._step,
            then=self._all_prepared if method == _PREPARING else self._done,
            failed=self._failed,
            cancelled=lambda: self._end(stopped=True),
            lost=self._lost,
            outlives_views=True,
        )

    def _step(self, step: AddProgress | ReembedProgress) -> None:
        if step.share > self.pace.share:
            self._deaths = 0 if isinstance(step, ReembedProgress) else self._deaths
        self.pace.follow(step)
        if isinstance(step, ReembedProgress):
            self.progressed.emit(step)
            return
        self._path = step.path
        if step.finished is not None:
            self._note(step.finished)
        self.progressed.emit(step)

    def _note(self, file: AddedFile) -> None:
        if file.path in self._finished and file.status is AddStatus.UNCHANGED:
            return  # read before an interruption, and found again after it
        self._finished[file.path] = file
        self._deaths = 0
        if file.document_id:
            self.changed.emit([file.document_id])

    def _done(self, report: AddReport) -> None:
        for file in report.files:
            if file.path not in self._finished:
                self._note(file)
        self._vanished = report.vanished
        if report.moved_on:
            self.changed.emit([*report.moved_on])
        self._end(stopped=False)

    def _failed(self, failure: Failed) -> None:
        self._end(stopped=True)
        self._engine.problem.emit(failure)

    def _all_prepared(self, report: ReembedReport) -> None:
        self._job = None
        self.prepared.emit(True if report.was_due else None)
        self._next()

    def _stop_preparing(self) -> None:
        """The reader stopped it, it failed, or it makes room for another order."""
        self._job = None
        if self._makes_room and not self._is_stopping:
            self._orders.append((_PREPARING, ()))
        self.prepared.emit(False if self._is_stopping else None)
        self._next()

    def _end(self, *, stopped: bool) -> None:
        if self.is_preparing:
            self._stop_preparing()
            return
        self._job = None
        files = self._finished.values()
        statuses = [file.status for file in files]
        troubled = sum(status not in _FINE for status in statuses)
        outcome = Outcome(
            fine=len(statuses) - troubled,
            known=sum(status in _KNOWN for status in statuses),
            troubled=troubled,
            refused=tuple(
                file for file in files if not file.document_id and file.status not in _FINE
            ),
            stopped=stopped,
            asked_for=self._asked_for,
            collection=self._collection,
            vanished=self._vanished,
        )
        self.ended.emit(outcome)
        self._next()

    def _lost(self) -> None:
        """The engine died: make the same order again; what was read is known and skipped."""
        job = self._job
        if job is None:
            return
        if self._is_stopping or self._engine.has_given_up:
            self._orders.clear()
            self._end(stopped=True)
            return
        self._deaths += 1
        if self._deaths > _MOST_DEATHS and self.is_preparing:
            self._is_stopping = True
            self._stop_preparing()
        elif self._deaths > _MOST_DEATHS and self._path is not None:
            self._give_up(self._path)
        else:
            self._request(job.method, job.arguments)
        if self._is_paused and self._job is not None:
            self._job.pause()

    def _give_up(self, path: Path) -> None:
        """Leave a file out that ends the engine each time, say which it is, and go on."""
        message = self.tr("{name} ended the part that reads, several times, and is left out.")
        message = message.format(name=path.name)
        self._note(AddedFile(path, "", AddStatus.UNREADABLE, message=message))
        self._engine.request("forget_pending", [path])
        self._request("go_on", (self.passwords,))
