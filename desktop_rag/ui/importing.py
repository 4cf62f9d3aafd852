"""Models on their way in, one after the other, wherever they were given."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain import EncoderGraph, ImportedModel, ImportProgress, ImportStep
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.engine_link import EngineLink, Job


class Importing(QObject):
    """Holds the imports; it outlives what shows them.

    Signals:
        changed(): another step, another model, or nothing any more.
        imported(model): a model can be chosen now.
        failed(failure): a model was not taken.
    """

    changed = Signal()
    imported = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineLink) -> None:
        super().__init__()
        self._engine = engine
        self._waiting: deque[Path] = deque()
        self._job: Job | None = None
        self._step: ImportProgress | None = None
        self.name = ""
        self.is_stopping = False

    @property
    def is_running(self) -> bool:
        """Whether a model is being brought in."""
        return self._job is not None

    def add(self, paths: Sequence[Path]) -> None:
        """Bring these in, after those that wait already."""
        self._waiting.extend(paths)
        if self._job is None:
            self._next()

    def stop(self) -> None:
        """Leave off, and forget those that wait; nothing of them is left behind."""
        self._waiting.clear()
        if self._job is not None:
            self.is_stopping = True
            self._job.cancel()
            self.changed.emit()

    def text(self) -> str:
        """What is being done; "" if nothing is."""
        if self._job is None:
            return ""
        if self.is_stopping:
            return self.tr("Stopping …")
        step = ImportStep.COPYING if self._step is None else self._step.step
        said = {
            ImportStep.COPYING: self.tr("Checking and copying …"),
            ImportStep.PREPARING: self.tr("Preparing it for this computer …"),
            ImportStep.COMPARING: self.tr("Comparing it with the original …"),
        }[step]
        share = self.share()
        return said if share is None else f"{said} {share:.0%}"

    def share(self) -> float | None:
        """How much of the step is done, from 0 to 1; None if it is not known."""
        step = self._step
        return step.done / step.total if step is not None and step.total else None

    def can_be_chosen(self, imported: ImportedModel) -> str:
        """What is said of a model that was brought in."""
        said = [self.tr("{name} can be chosen now.").format(name=imported.model.title)]
        if imported.encoder is not None and imported.encoder.graph is EncoderGraph.NONE:
            said.append(self.tr("It could not be made faster for this computer and will be slow."))
        return " ".join(said)

    def _next(self) -> None:
        self._job, self._step, self.is_stopping = None, None, False
        if self._waiting:
            path = self._waiting.popleft()
            self.name = path.name
            self._job = self._engine.request(
                "import_model",
                path,
                each=self._progressed,
                then=self._imported,
                failed=self._failed,
                cancelled=self._next,
                outlives_views=True,
            )
        self.changed.emit()

    def _progressed(self, step: ImportProgress) -> None:
        self._step = step
        self.changed.emit()

    def _imported(self, imported: ImportedModel) -> None:
        self._next()
        self.imported.emit(imported)

    def _failed(self, failure: Failed) -> None:
        self._next()
        self.failed.emit(failure)
