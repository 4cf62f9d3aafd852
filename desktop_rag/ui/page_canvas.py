"""The pages of a document, scrolled; evidence and found words are marked on them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from desktop_rag.domain import Highlight, PageFrame
from desktop_rag.ui.page_layout import Fit, PageLayout, clamped, fitting_zoom
from desktop_rag.ui.page_pictures import PagePictures
from desktop_rag.ui.theme import Look

_STEP = 1.2
_ABOVE = 0.3  # of the height: where a highlight is brought to
_SCALE_STEPS = 8  # scales are rounded up, so that a drawn page serves neighbouring zooms


class PageCanvas(QAbstractScrollArea):
    """Draws only the pages that show, and asks for their pictures.

    Signals:
        page_changed(page): another page is at the top.
        zoom_changed(zoom): pixels per point.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, pictures: PagePictures, look: Look) -> None:
        super().__init__()
        self._pictures = pictures
        self._look = look
        self._layout = PageLayout((), 1, 1.0)
        self._per_row = 1
        self._fit = Fit.WIDTH
        self._evidence: Sequence[Highlight] = ()
        self._current: set[int] = set()
        self._found: Sequence[Highlight] = ()
        self._current_found: set[int] = set()
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setObjectName("canvas")
        self.setAccessibleName(self.tr("Page"))
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        pictures.arrived.connect(lambda _: self.viewport().update())
        pictures.failed.connect(lambda _: self.viewport().update())

    @property
    def page(self) -> int:
        """The page at the top, from 1; 0 before a document is shown."""
        return self._page

    @property
    def zoom(self) -> float:
        """Pixels per point."""
        return self._layout.zoom

    @property
    def fit(self) -> Fit:
        """What the zoom follows."""
        return self._fit

    def show_frames(self, frames: Sequence[PageFrame]) -> None:
        """Lay out another document."""
        self._evidence, self._found = (), ()
        self._current, self._current_found = set(), set()
        self._layout = PageLayout(frames, self._per_row, self._layout.zoom)
        self._page = 0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def mark_evidence(self, highlights: Sequence[Highlight], current: set[int]) -> None:
        """Mark these rectangles; those of the spans in `current` stand out."""
        self._evidence, self._current = highlights, current
        self.viewport().update()

    def mark_found(self, highlights: Sequence[Highlight], current: set[int]) -> None:
        """Mark found words; those of the spans in `current` stand out."""
        self._found, self._current_found = highlights, current
        self.viewport().update()

    def highlights_on(self, page: int) -> list[Highlight]:
        """The evidence marked on a page."""
        return [item for item in self._evidence if item.page == page]

    def go_to_page(self, page: int) -> None:
        """Bring a page to the top."""
        if 1 <= page <= len(self._layout.frames):
            self.verticalScrollBar().setValue(int(self._rectangle(page).top() - 8))

    def go_to(self, highlight: Highlight) -> None:
        """Bring a rectangle into view, with some of what stands before it."""
        page = self._rectangle(highlight.page)
        top = page.top() + highlight.top * self.zoom
        self.verticalScrollBar().setValue(int(top - _ABOVE * self.viewport().height()))
        left = page.left() + highlight.left * self.zoom
        if self._layout.width > self.viewport().width():
            self.horizontalScrollBar().setValue(int(left - 40))

    def set_fit(self, fit: Fit) -> None:
        """Let the zoom follow the width or the height of the column, or neither."""
        self._fit = fit
        self._rearrange()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self._fit = Fit.FREE
        self._rearrange(clamped(self.zoom * factor))

    def zoom_in(self) -> None:
        """One step larger."""
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.zoom_by(1 / _STEP)

    def set_two_pages(self, two: bool) -> None:
        """Two pages beside each other, or one."""
        self._per_row = 2 if two else 1
        self._rearrange()

    def change_look(self, look: Look) -> None:
        """Draw with other colours."""
        self._look = look
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._look.theme.background))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._visible():
            self._paint_page(painter, page, self._rectangle(page).translated(-offset))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._look.theme.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.viewport().update()

    def _paint_page(self, painter: QPainter, page: int, box: QRectF) -> None:
        theme = self._look.theme
        painter.setPen(QPen(QColor(theme.paper_edge), 1))
        painter.fillRect(box, Qt.GlobalColor.white)
        picture = self._pictures.picture(page)
        if picture is not None:
            painter.drawPixmap(box, picture, QRectF(picture.rect()))
            self._paint_marks(painter, page, box)
        else:
            painter.setPen(QColor("#5b6163"))
            broken = self._pictures.is_broken(page)
            text = self.tr("This page cannot be drawn.") if broken else self.tr("Drawing …")
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(QPen(QColor(theme.paper_edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.paper_edge), 1))
        painter.drawRect(box)

    def _paint_marks(self, painter: QPainter, page: int, box: QRectF) -> None:
        theme = self._look.theme
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for item in self._found:
            if item.page == page:
                painter.fillRect(self._mark(item, box), QColor(theme.found))
        for item in self._evidence:
            if item.page == page:
                now = item.span in self._current
                colour = theme.current_highlight if now else theme.highlight
                painter.fillRect(self._mark(item, box).adjusted(-1, -1, 1, 1), QColor(colour))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#0b5f9e"), 1.5))
        for item in self._found:
            if item.page == page and item.span in self._current_found:
                painter.drawRect(self._mark(item, box))

    def _mark(self, item: Highlight, box: QRectF) -> QRectF:
        zoom = self.zoom
        return QRectF(
            box.left() + item.left * zoom,
            box.top() + item.top * zoom,
            item.width * zoom,
            item.height * zoom,
        )

    def _rectangle(self, page: int) -> QRectF:
        return self._layout.rectangle(page, self.viewport().width())

    def _visible(self) -> list[int]:
        top = float(self.verticalScrollBar().value())
        return self._layout.pages_between(top, top + self.viewport().height())

    def _rearrange(self, zoom: float | None = None) -> None:
        """Lay out anew, keeping the place at the middle of the view."""
        bar, half = self.verticalScrollBar(), self.viewport().height() / 2
        middle = (bar.value() + half) / max(self._layout.height, 1.0)
        at_top = bar.value() <= 1
        if zoom is not None:
            self._layout = PageLayout(self._layout.frames, self._per_row, zoom)
        self._arrange()
        bar.setValue(0 if at_top else round(middle * self._layout.height - half))
        self._scrolled()

    def _arrange(self) -> None:
        frames, view = self._layout.frames, self.viewport()
        zoom = self._layout.zoom
        if self._fit is not Fit.FREE:
            zoom = fitting_zoom(frames, self._per_row, self._fit, view.width(), view.height())
        self._layout = PageLayout(frames, self._per_row, zoom)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(int(self._layout.height) - view.height(), 0))
        vertical.setPageStep(view.height())
        horizontal.setRange(0, max(int(self._layout.width) - view.width(), 0))
        horizontal.setPageStep(view.width())
        self.zoom_changed.emit(zoom)
        view.update()

    def _scrolled(self) -> None:
        if not self._layout.frames:
            return
        self._ask_for_pictures()
        bar = self.verticalScrollBar()
        if bar.value() == 0:
            looked_at = 0.0  # small pages may all show at once: the first counts
        elif bar.value() == bar.maximum():
            looked_at = self._layout.height  # and the last cannot come to the top
        else:
            looked_at = bar.value() + self.viewport().height() / 3
        page = self._layout.page_at(looked_at)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()

    def _ask_for_pictures(self) -> None:
        """Those that show first, then their neighbours."""
        visible = self._visible()
        if not visible:
            return
        count = len(self._layout.frames)
        around = [page for page in (visible[-1] + 1, visible[0] - 1) if 1 <= page <= count]
        scale = self.zoom * self.devicePixelRatioF()
        rounded = -(-scale * _SCALE_STEPS // 1) / _SCALE_STEPS
        self._pictures.want(visible + around, rounded)
