"""The table of an answer about whole documents: under each document its places, page and words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop_rag.ui import words
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.evidence_list import CardDelegate, EvidenceList
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.quote_lines import QUOTE_SIZE, quote_lines
from desktop_rag.ui.theme import Look, reading_font

_MOST_LINES = 8
_PADDING = 6
_ABOVE_DOCUMENT = 14
_BETWEEN = 14  # pixels between page and words
_PAGE_SHARE = 0.34  # of the width, at most
_LINE_HEIGHT = 1.3
_RADIUS = 4

_Place = QModelIndex | QPersistentModelIndex


class _RowDelegate(CardDelegate):
    """Draws a row: the page as a link, the words beside it; above the first, the document."""

    def __init__(self, view: "RowsTable", look: Look) -> None:
        super().__init__(view, look)
        self._table = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Place) -> QSize:
        card: EvidenceCard = index.data(VALUE_ROLE)
        width = self._view.viewport().width()
        lines, line_height = self._quote(card, width)
        head = self._head_height() if self._begins_document(index) else 0
        return QSize(width, int(head + len(lines) * line_height + 2 * _PADDING) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Place) -> None:
        card: EvidenceCard = index.data(VALUE_ROLE)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._begins_document(index):
            self._paint_document(painter, card, box)
            box = box.adjusted(0, self._head_height(), 0, 0)
        self._paint_ground(painter, option.state, box)
        self._paint_row(painter, card, box)
        painter.restore()

    def _paint_document(self, painter: QPainter, card: EvidenceCard, box: QRect) -> None:
        font = self._bold()
        metrics = QFontMetrics(font)
        line = QRect(box.left(), box.top(), box.width(), self._head_height() - 4)
        line.adjust(_PADDING, 0, -_PADDING, 0)
        name = metrics.elidedText(card.path.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.setFont(font)
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Text))
        painter.drawText(line, Qt.AlignmentFlag.AlignBottom, name)

    def _paint_ground(self, painter: QPainter, state: QStyle.StateFlag, box: QRect) -> None:
        theme = self.look.theme
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.topLeft(), box.topRight())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        outlined = chosen and self._view.hasFocus()
        painter.setPen(QPen(QColor(theme.accent), 2) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.selected if chosen else theme.hover))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 2, -1, -1), _RADIUS, _RADIUS)

    def _paint_row(self, painter: QPainter, card: EvidenceCard, box: QRect) -> None:
        lines, line_height = self._quote(card, box.width())
        page_width = self._page_width(box.width())
        top = box.top() + _PADDING
        font = self._view.font()
        painter.setFont(font)
        painter.setPen(QColor(self.look.theme.accent))
        page = QFontMetrics(font).elidedText(
            words.place(card), Qt.TextElideMode.ElideRight, page_width
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(box.left() + _PADDING, top, page_width, line_height), middle, page)
        painter.setFont(reading_font(self.look, QUOTE_SIZE))
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Text))
        left = box.left() + _PADDING + page_width + _BETWEEN
        for number, line in enumerate(lines):
            place = QRectF(left, top + number * line_height, box.right() - left, line_height)
            painter.drawText(place, middle, line)

    def _begins_document(self, index: _Place) -> bool:
        if not index.row():
            return True
        cards = self._view.cards.cards
        return cards[index.row()].document_id != cards[index.row() - 1].document_id

    def _head_height(self) -> int:
        return _ABOVE_DOCUMENT + QFontMetrics(self._bold()).height() + 4

    def _bold(self) -> QFont:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _page_width(self, width: int) -> int:
        """As wide as the widest page of the table, within reason."""
        return min(self._table.widest_page(), int(_PAGE_SHARE * width))

    def _quote(self, card: EvidenceCard, width: int) -> tuple[tuple[str, ...], float]:
        """The lines of the words, and the height of one."""
        room = width - self._page_width(width) - _BETWEEN - 2 * _PADDING
        mark = f" ({words.not_visible()})" if card.hidden else ""
        return quote_lines(card.quote + mark, self.look, max(room, 60), _MOST_LINES)


class RowsTable(EvidenceList):
    """The rows of one answer, as high as they need; the page follows the arrow keys."""

    def __init__(self, look: Look) -> None:
        self._widest: dict[tuple[int, str], int] = {}
        super().__init__(look)
        self.setAccessibleName(self.tr("Table of places"))

    def widest_page(self) -> int:
        """The width of the longest page in the table, in pixels."""
        key = (id(self.cards.cards), self.font().toString())
        if key not in self._widest:
            metrics = QFontMetrics(self.font())
            pages = {words.place(card) for card in self.cards.cards}
            widest = max((metrics.horizontalAdvance(page) for page in pages), default=0)
            self._widest = {key: widest + 2}
        return self._widest[key]

    def make_delegate(self, look: Look) -> CardDelegate:
        return _RowDelegate(self, look)
