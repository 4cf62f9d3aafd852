"""Files that macOS hands to the running program: each arrives as an event, not as an argument."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class HandedFiles(QObject):
    """Keeps what comes before somebody takes it. Untested on macOS."""

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        self._kept: list[Path] = []
        self._offer: Callable[[Sequence[Path]], None] = self._kept.extend
        application.installEventFilter(self)

    def give_to(self, offer: Callable[[Sequence[Path]], None]) -> None:
        """Let `offer` have the files, those that have come too."""
        self._offer = offer
        kept, self._kept = self._kept, []
        if kept:
            offer(kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._offer([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
