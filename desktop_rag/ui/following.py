"""What the window does by itself: go on with what was cut off, and follow the watched folders."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_rag.domain import FolderChanged, PendingFile
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.reading import Reading

_TOGETHER_MS = 700  # what is moved from one folder to another changes both


class Following(QObject):
    """Orders reading when there is something to read, without being asked."""

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
        """See what is still to be read, what is new, and what became of the files."""
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
