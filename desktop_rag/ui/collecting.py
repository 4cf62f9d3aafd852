"""Python's collector of garbage, kept to the window's own thread.

By itself it runs in whichever thread makes the next object. In the one that listens to the engine
it would destroy widgets, which Qt wants to be destroyed in the window's thread alone.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1_000


class Collector(QObject):
    """Looks once a second how much has gathered, by Python's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_LOOK_MS)

    def look(self) -> None:
        """Collect the oldest generation that is due, and those younger than it."""
        counts = gc.get_count()
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(counts, self._thresholds, strict=True)
            )
            if threshold and count > threshold
        ]
        if due:
            gc.collect(max(due))
