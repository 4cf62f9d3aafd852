"""How fast an order to read goes, and how long it will still take."""

import time

from desktop_rag.domain import AddProgress, AddStatus, ReembedProgress

_LEAST_SHARE = 0.005  # before that, the time left is a guess
_LEAST_SECONDS = 2.0
_MINUTE_S = 60.0
_NOT_READ = (AddStatus.UNCHANGED, AddStatus.DUPLICATE)


class Pace:
    """Measured from when it is made: when an order begins, is paused, or goes on.

    Attributes:
        share: how much of the order is done, from 0 to 1.
    """

    def __init__(self, share: float = 0.0) -> None:
        self.share = share
        self._first_share = share
        self._began = time.monotonic()
        self._pages = 0

    def follow(self, step: AddProgress | ReembedProgress) -> None:
        """Take note of a step."""
        self.share = step.share
        if isinstance(step, ReembedProgress):
            return
        if step.finished is not None and step.finished.status not in _NOT_READ:
            self._pages += step.finished.page_count

    def seconds_left(self) -> float | None:
        """How long the order will still take; None while that is a guess."""
        done = self.share - self._first_share
        if done < _LEAST_SHARE or self._elapsed() < _LEAST_SECONDS:
            return None
        return self._elapsed() / done * (1 - self.share)

    def pages_a_minute(self) -> int:
        """How many pages are read and can be asked in a minute; 0 while that is a guess."""
        elapsed = self._elapsed()
        return round(self._pages / elapsed * _MINUTE_S) if elapsed >= _LEAST_SECONDS else 0

    def _elapsed(self) -> float:
        return time.monotonic() - self._began
