"""Tells when nobody has used the window for a while, or when the machine was asleep."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LOOK_MS = 5_000
_ASLEEP_S = 30.0  # between two looks, which are five seconds apart: the machine did not run
_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.DragMove,
    }
)


class IdleWatch(QObject):
    """Looks every five seconds while it is on.

    Signals:
        expired(): nobody was there for so long, or the machine slept.
    """

    expired = Signal()

    def __init__(self, after_s: Callable[[], float], now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._after_s = after_s
        self._now = now
        self._used = self._looked = now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_on(self) -> bool:
        """Whether it watches."""
        return self._timer.isActive()

    def start(self) -> None:
        """Watch from now on."""
        self._used = self._looked = self._now()
        self._timer.start()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def look(self) -> None:
        """Compare the clocks; called by the timer."""
        now = self._now()
        slept = not 0 <= now - self._looked <= _ASLEEP_S  # a clock that was set counts as sleep
        self._looked = now
        if slept or now - self._used >= self._after_s():
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._used = self._now()
        return False
