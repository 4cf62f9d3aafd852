"""What the window does by itself: go on with what was cut off, follow folders and the model."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain import FolderChanged, ModelChange, ModelRole, ModelTrouble, PendingFile
from desktop_rag.engine.messages import Failed
from desktop_rag.privacy.places import PlaceWarning
from desktop_rag.ui import words
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.lack_words import model_trouble
from desktop_rag.ui.reading import Reading

_TOGETHER_MS = 700  # what is moved from one folder to another changes both


class Following(QObject):
    """Orders reading, and preparing for another model, when there is need, without being asked.

    Signals:
        remark(sentence): to be shown beside what is shown.
    """

    remark = Signal(str)

    def __init__(self, engine: EngineLink, reading: Reading) -> None:
        super().__init__()
        self._engine = engine
        self._reading = reading
        self._changed: set[Path] = set()
        self._together = QTimer(self)
        self._together.setSingleShot(True)
        self._together.setInterval(_TOGETHER_MS)
        self._together.timeout.connect(self._read_changed)

    def start(self) -> None:
        """See what is to be prepared, what to be read, and what became of the files.

        The first comes first: nothing can be read for a library whose model is gone.
        """
        self._engine.request(
            "place_warnings",
            then=self._warn,
            failed=lambda _: None,  # it is said by whatever cannot use the folder
            outlives_views=True,
        )
        self._check_models()
        self._engine.request(
            "model_change",
            then=self._begin,
            failed=self._begin_anyway,
            outlives_views=True,
        )

    def _warn(self, warnings: Sequence[PlaceWarning]) -> None:
        """Once a start, say that the library's folder leaves this computer, and what to do."""
        if warnings:
            said = " ".join(words.place_warning(warning) for warning in warnings)
            hint = self.tr(
                "Its text leaves this computer that way. Keep the library on a disk of this "
                "computer: start the program with --library and the name of a folder there."
            )
            self._engine.problem.emit(Failed(0, said, hint))

    def see_model(self) -> None:
        """See whether the documents are to be prepared for another model, and if it is whole."""
        self._check_models()
        self._engine.request("model_change", then=self._reading.prepare, outlives_views=True)

    def _check_models(self) -> None:
        self._engine.request(
            "model_troubles",
            then=self._tell_troubles,
            failed=lambda _: None,  # it is said by whatever needs a model
            outlives_views=True,
        )

    def _tell_troubles(self, troubles: Sequence[ModelTrouble]) -> None:
        """Without encoders nothing works; without a language model, answers are quotations."""
        for trouble in troubles:
            message, hint = model_trouble(trouble)
            if trouble.role is ModelRole.LANGUAGE_MODEL:
                self.remark.emit(f"{message} {hint}")
            else:
                self._engine.problem.emit(Failed(0, message, hint))

    def _begin_anyway(self, failure: Failed) -> None:
        self._engine.problem.emit(failure)
        self._begin(None)

    def _begin(self, change: ModelChange | None) -> None:
        self._reading.prepare(change)
        self._engine.request("pending", then=self._go_on, outlives_views=True)
        self._engine.request(
            "look_at_files",
            then=lambda ids: self._reading.changed.emit([*ids]) if ids else None,
            failed=lambda _: None,  # it is said where a document is opened
            outlives_views=True,
        )
        self._follow()

    def _go_on(self, files: Sequence[PendingFile]) -> None:
        if files:
            self._reading.go_on(len(files))

    def _follow(self) -> None:
        """Every folder comes first when it is followed, also after the engine died."""
        self._engine.request("watch_folders", each=self._note, outlives_views=True)

    def _note(self, change: FolderChanged) -> None:
        self._changed.add(change.path)
        self._together.start()

    def _read_changed(self) -> None:
        changed, self._changed = self._changed, set()
        self._reading.read_watched(changed)
