"""Asking: one question at a time, its steps as signals, with Stop."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain import (
    EvidenceFound,
    PromptRead,
    QuestionBegun,
    Scope,
    SurveyProgress,
    TextWritten,
)
from desktop_rag.ui.engine_link import EngineLink, Job

_REPAINT_MS = 40


class Asking(QObject):
    """The question that is being answered, if any.

    Signals:
        began(): a question is under way.
        searching(searched): what is really searched for, if the question was a follow-up.
        looking(step): how far whole documents are looked through, a SurveyProgress.
        found(evidence): an EvidenceFound arrived.
        writing(text): the answer as far as it is written, at most every 40 ms.
        answered(turn): the question with its checked answer.
        stopped(): the reader stopped it.
        failed(failure): it failed; the failure is a Failed.
        lost(): the engine died meanwhile.
        ended(): nothing is under way any more; after each of the four before.
    """

    began = Signal()
    searching = Signal(str)
    looking = Signal(object)
    found = Signal(object)
    writing = Signal(str)
    answered = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    lost = Signal()
    ended = Signal()

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._engine = engine
        self._job: Job | None = None
        self._pieces: list[str] = []
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(_REPAINT_MS)
        self._repaint.timeout.connect(lambda: self.writing.emit("".join(self._pieces)))

    @property
    def is_running(self) -> bool:
        """Whether a question is being answered."""
        return self._job is not None

    def ask(self, question: str, scope: Scope, conversation_id: int | None) -> None:
        """Ask; a conversation is begun where none is given."""
        self._request("ask", question, scope, conversation_id)

    def ask_again(self, turn_id: int, searched: str, whole: bool = True) -> None:
        """Answer a question anew, in the same words or in others.

        Without `whole`, from the best passages, whatever it asks for.
        """
        self._request("ask_again", turn_id, searched, whole)

    def stop(self) -> None:
        """End the answer; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()

    def _request(self, method: str, *arguments: Any) -> None:
        self._pieces = []
        self._job = self._engine.request(
            method,
            *arguments,
            each=self._step,
            then=lambda turn: self._end(lambda: self.answered.emit(turn)),
            failed=lambda failure: self._end(lambda: self.failed.emit(failure)),
            cancelled=lambda: self._end(self.stopped.emit),
            lost=lambda: self._end(self.lost.emit),
            outlives_views=True,
        )
        self.began.emit()

    def _step(
        self, step: QuestionBegun | EvidenceFound | PromptRead | TextWritten | SurveyProgress
    ) -> None:
        if isinstance(step, QuestionBegun):
            if step.searched != step.question:
                self.searching.emit(step.searched)
        elif isinstance(step, SurveyProgress):
            self.looking.emit(step)
        elif isinstance(step, EvidenceFound):
            self.found.emit(step)
        elif isinstance(step, PromptRead):
            self._pieces = []  # a model that failed on a GPU begins anew
        elif isinstance(step, TextWritten):
            self._pieces.append(step.text)
            if not self._repaint.isActive():
                self._repaint.start()

    def _end(self, tell: Callable[[], None]) -> None:
        self._repaint.stop()
        self._job = None
        tell()
        self.ended.emit()
