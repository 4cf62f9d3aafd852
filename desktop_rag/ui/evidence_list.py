"""The list of cards under an answer: its model, how a card is drawn, and the view."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_rag.ui import words
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.models import VALUE_ROLE, Index
from desktop_rag.ui.parts import as_tooltip
from desktop_rag.ui.quote_lines import QUOTE_SIZE, quote_lines
from desktop_rag.ui.theme import Look, Theme, reading_font

_QUOTE_LINES = 3
_STRENGTH_FROM = 260  # pixels of width at full text size
_PADDING = 10
_GAP = 8
_RADIUS = 6


class EvidenceModel(QAbstractListModel):
    """One row a card."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[EvidenceCard] = []

    @property
    def cards(self) -> list[EvidenceCard]:
        """All cards in order."""
        return self._cards

    def show(self, cards: Sequence[EvidenceCard]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            number = f"{card.marker}. " if card.marker else ""
            strength = f" ({card.strength})" if card.strength else ""
            more = f", {words.more_like_this(card.alike)}" if card.alike else ""
            mark = f", {words.not_visible()}" if card.hidden else ""
            return f"{number}{card.where}{mark}{more}{strength}: {words.quoted(card.quote)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            marks = [words.not_visible()] if card.hidden else []
            return as_tooltip("\n".join([card.quote, *marks, *words.places_alike(card.alike)]))
        return card if role == VALUE_ROLE else None


class CardDelegate(QStyledItemDelegate):
    """Draws a card: number, document, page and strength; the quote; copies elsewhere."""

    def __init__(self, view: "EvidenceList", look: Look) -> None:
        super().__init__(view)
        self._view = view
        self.look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        card: EvidenceCard = index.data(VALUE_ROLE)
        width = self._view.viewport().width()
        lines, line_height = self._quote(card, width)
        head = self._view.fontMetrics().height()
        foot = (head + 4) * len(_feet(card, self.look.theme))
        return QSize(width, int(head + 4 + len(lines) * line_height + foot + 2 * _PADDING + _GAP))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        card: EvidenceCard = index.data(VALUE_ROLE)
        theme = self.look.theme
        state = option.state
        whole: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(whole).adjusted(1, 1, -1, -_GAP)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        width = 1.0 if not chosen else 2.0 if self._view.hasFocus() else 1.4
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.line), width))
        painter.setBrush(QColor(theme.hover if hovered else theme.surface))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        self._paint_head(painter, card, box)
        lines, line_height = self._quote(card, whole.width())
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Text))
        painter.setFont(reading_font(self.look, QUOTE_SIZE))
        left, top = box.left() + self._indent(), box.top() + _PADDING
        top += self._view.fontMetrics().height() + 4
        for number, line in enumerate(lines):
            place = QRectF(left, top + number * line_height, box.right() - left, line_height)
            painter.drawText(place, Qt.AlignmentFlag.AlignTop, line)
        self._paint_feet(painter, card, box)
        painter.restore()

    def _paint_feet(self, painter: QPainter, card: EvidenceCard, box: QRectF) -> None:
        painter.setFont(self._view.font())
        foot = box.adjusted(self._indent(), 0, -_PADDING, -_PADDING)
        for text, colour in reversed(_feet(card, self.look.theme)):
            painter.setPen(QColor(colour))
            painter.drawText(foot, Qt.AlignmentFlag.AlignBottom, text)
            foot.adjust(0, 0, 0, -(self._view.fontMetrics().height() + 4))

    def _paint_head(self, painter: QPainter, card: EvidenceCard, box: QRectF) -> None:
        theme, metrics = self.look.theme, self._view.fontMetrics()
        line = QRectF(
            box.left() + _PADDING,
            box.top() + _PADDING,
            box.width() - 2 * _PADDING,
            metrics.height(),
        )
        align = Qt.AlignmentFlag.AlignVCenter
        if card.marker:
            painter.setPen(QColor(theme.accent))
            bold = QFont(self._view.font())
            bold.setBold(True)
            painter.setFont(bold)
            painter.drawText(line, align, str(card.marker))
        painter.setFont(self._view.font())
        painter.setPen(QColor(theme.quiet_text))
        # Where room is short the document's name goes first; the words are still told.
        strength = card.strength if box.width() >= self.look.pixels(_STRENGTH_FROM) else ""
        strength_width = metrics.horizontalAdvance(strength)
        painter.drawText(line, align | Qt.AlignmentFlag.AlignRight, strength)
        where = line.adjusted(self._indent() - _PADDING, 0, -strength_width - _PADDING, 0)
        pages = ", " + words.place(card)
        room = int(where.width()) - metrics.horizontalAdvance(pages)
        name = metrics.elidedText(card.path.name, Qt.TextElideMode.ElideMiddle, max(room, 40))
        text = metrics.elidedText(name + pages, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Text))
        painter.drawText(where, align, text)

    def _indent(self) -> int:
        return _PADDING + self.look.pixels(20)

    def _quote(self, card: EvidenceCard, width: int) -> tuple[tuple[str, ...], float]:
        """The lines of the quote, and the height of one."""
        room = max(width - self._indent() - _PADDING - 2, 60)
        return quote_lines(words.quoted(card.quote), self.look, room, _QUOTE_LINES)


def _feet(card: EvidenceCard, theme: Theme) -> list[tuple[str, str]]:
    """The lines below the quote, each with its colour."""
    feet = [(words.not_visible(), theme.amber)] if card.hidden else []
    if card.alike:
        feet.append((words.more_like_this(card.alike), theme.quiet_text))
    return feet


class EvidenceList(QListView):
    """The cards of one answer, as high as they need; the page follows the arrow keys.

    Signals:
        chosen(index): the card of this number was clicked, entered or walked to.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.cards = EvidenceModel(self)
        self._delegate = self.make_delegate(look)
        self.setModel(self.cards)
        self.setItemDelegate(self._delegate)
        self.setObjectName("cards")
        self.setAccessibleName(self.tr("Evidence"))
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.activated.connect(lambda index: self.chosen.emit(index.row()))
        self.selectionModel().currentChanged.connect(self._walked)
        self.cards.modelReset.connect(self._fit)
        self._fit()

    def make_delegate(self, look: Look) -> CardDelegate:
        """What draws a card."""
        return CardDelegate(self, look)

    def change_look(self, look: Look) -> None:
        """Draw the cards in another look."""
        self._delegate.look = look
        self.scheduleDelayedItemsLayout()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _walked(self, current: QModelIndex) -> None:
        if self.hasFocus() and current.isValid():
            self.chosen.emit(current.row())

    def _fit(self) -> None:
        """As high as all cards together."""
        option = QStyleOptionViewItem()
        heights = [
            self._delegate.sizeHint(option, self.cards.index(row, 0)).height()
            for row in range(self.cards.rowCount())
        ]
        self.scheduleDelayedItemsLayout()  # the view keeps the heights of the old width
        self.setFixedHeight(sum(heights) + 4)
        self.setVisible(bool(heights))
