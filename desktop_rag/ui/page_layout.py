"""Where each page lies on the canvas, for any zoom, one or two pages beside each other."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF

from desktop_rag.domain import PageFrame

GAP = 12.0
_LEAST_ZOOM = 0.1
_MOST_ZOOM = 6.0


class Fit(Enum):
    """What the zoom follows."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class PageRow:
    """Pages beside each other: the number of the first, how many, and their place."""

    first: int
    count: int
    top: float
    height: float


class PageLayout:
    """All pages at one zoom. Lengths are pixels of the canvas; page numbers count from 1."""

    def __init__(self, frames: Sequence[PageFrame], per_row: int, zoom: float) -> None:
        self.frames = frames
        self.zoom = zoom
        self.rows: list[PageRow] = []
        self.width = 0.0
        top = GAP
        for start in range(0, len(frames), per_row):
            beside = frames[start : start + per_row]
            height = max(frame.height for frame in beside) * zoom
            width = sum(frame.width for frame in beside) * zoom + GAP * (len(beside) - 1)
            self.rows.append(PageRow(start + 1, len(beside), top, height))
            self.width = max(self.width, width + 2 * GAP)
            top += height + GAP
        self.height = top
        self._tops = [row.top for row in self.rows]
        self._per_row = per_row

    def rectangle(self, page: int, canvas_width: float) -> QRectF:
        """Where a page lies on a canvas of this width."""
        row = self.rows[(page - 1) // self._per_row]
        beside = self.frames[row.first - 1 : row.first - 1 + row.count]
        width = sum(frame.width for frame in beside) * self.zoom + GAP * (row.count - 1)
        left = (max(canvas_width, self.width) - width) / 2
        for frame in beside:
            if frame.number == page:
                size = (frame.width * self.zoom, frame.height * self.zoom)
                return QRectF(left, row.top, *size)
            left += frame.width * self.zoom + GAP
        raise IndexError(page)

    def pages_between(self, top: float, bottom: float) -> list[int]:
        """The pages that show between two heights."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        pages: list[int] = []
        for row in self.rows[first:]:
            if row.top > bottom:
                break
            if row.top + row.height >= top:
                pages += range(row.first, row.first + row.count)
        return pages

    def page_at(self, height: float) -> int:
        """The first page of the row that lies at this height."""
        if not self.rows:
            return 1
        return self.rows[max(bisect_right(self._tops, height) - 1, 0)].first


def fitting_zoom(
    frames: Sequence[PageFrame], per_row: int, fit: Fit, width: float, height: float
) -> float:
    """The zoom at which the widest row, or the largest page, fits."""
    if not frames:
        return 1.0
    widest = max(
        sum(frame.width for frame in frames[start : start + per_row])
        for start in range(0, len(frames), per_row)
    )
    zoom = (width - GAP * (per_row + 1)) / max(widest, 1.0)
    if fit is Fit.PAGE:
        highest = max(frame.height for frame in frames)
        zoom = min(zoom, (height - 2 * GAP) / max(highest, 1.0))
    return clamped(zoom)


def clamped(zoom: float) -> float:
    """A zoom within what makes sense."""
    return min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
