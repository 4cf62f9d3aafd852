"""The documents as a list of two-line rows where room is short, as a table where it is not."""

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QIcon,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from desktop_rag.domain import FileState
from desktop_rag.ui import words
from desktop_rag.ui.documents_model import Column, DocumentRow, DocumentsModel
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.theme import Look

_TABLE_FROM = 460  # pixels of width at full text size
_ICON = 18
_GAP = 8


class _RowDelegate(QStyledItemDelegate):
    """Draws name and state of a document in two lines, or the name alone in the table."""

    def __init__(self, view: "DocumentsView", look: Look) -> None:
        super().__init__(view)
        self._view = view
        self.look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line = self._view.fontMetrics().height()
        return QSize(80, line + 12 if self._view.is_table else 2 * line + 14)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if self._view.is_table:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        row: DocumentRow = index.data(VALUE_ROLE)
        icon, option.text = QIcon(option.icon), ""
        option.icon = QIcon()
        style = self._view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        theme = self.look.theme
        room = option.rect.adjusted(6, 5, -6, -5)
        side = self.look.pixels(_ICON)
        icon.paint(painter, QRect(room.left(), room.top() + 1, side, side))
        text = room.adjusted(side + _GAP, 0, 0, 0)
        metrics = self._view.fontMetrics()
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, text.width())
        painter.setPen(self._view.palette().color(QPalette.ColorRole.Text))
        painter.drawText(text, Qt.AlignmentFlag.AlignTop, name)
        painter.setPen(theme.amber if row.needs_attention else theme.quiet_text)
        state = metrics.elidedText(second_line(row), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom, state)


def second_line(row: DocumentRow) -> str:
    """“12 pages · scan · 3/11/26”, or what is wrong."""
    is_said = row.needs_attention or row.state is not FileState.PRESENT
    parts = [row.state_words] if is_said else []
    if row.pages:
        parts.append(words.page_count(row.pages))
    if row.has_recognised_pages:
        parts.append(QCoreApplication.translate("DocumentsView", "scan"))
    if row.added_at and not is_said:
        parts.append(words.day(row.added_at))
    return " · ".join(parts)


class DocumentsView(QTreeView):
    """The list of documents.

    Signals:
        open_wanted(row): show it in the page column.
        reveal_wanted(row): show the file in the file manager.
        reread_wanted(rows): read them again.
        move_wanted(rows, collection): put them into a collection; "" asks which.
        remove_wanted(rows): take them out of the library.
    """

    open_wanted = Signal(object)
    reveal_wanted = Signal(object)
    reread_wanted = Signal(list)
    move_wanted = Signal(list, str)
    remove_wanted = Signal(list)

    def __init__(self, model: DocumentsModel, icons: Icons, look: Look) -> None:
        super().__init__()
        self._model = model
        self._icons = icons
        self._look = look
        self.is_table = False
        self._kept: set[str] = set()
        self._kept_current = ""
        self.setModel(model)
        self._delegate = _RowDelegate(self, look)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Documents"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAllColumnsShowFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.activated.connect(lambda index: self.open_wanted.emit(index.data(VALUE_ROLE)))
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        self._remove = QAction(self.tr("Remove …"), self)
        self._remove.setShortcut(QKeySequence.StandardKey.Delete)
        self._remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._remove.triggered.connect(lambda: self.remove_wanted.emit(self.selected()))
        self.addAction(self._remove)
        self._arrange()

    def selected(self) -> list[DocumentRow]:
        """The rows that are selected, in the order shown."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(VALUE_ROLE) for index in indexes]

    def change_look(self, look: Look) -> None:
        """Draw the rows in another look."""
        self._look = self._delegate.look = look
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_table != self._has_room():
            self._arrange()

    def menu(self) -> QMenu:
        """What can be done with the selected rows."""
        rows = self.selected()
        known = [row for row in rows if row.entry is not None]
        menu = QMenu(self)
        show = menu.addAction(self.tr("Open"), lambda: self.open_wanted.emit(known[0]))
        reveal = menu.addAction(
            self.tr("Show in file manager"), lambda: self.reveal_wanted.emit(rows[0])
        )
        again = menu.addAction(self.tr("Read again"), lambda: self.reread_wanted.emit(rows))
        move = menu.addAction(
            self.tr("Move to collection …"), lambda: self.move_wanted.emit(known, "")
        )
        menu.addSeparator()
        remove = menu.addAction(self.tr("Remove …"), lambda: self.remove_wanted.emit(rows))
        menu.addSeparator()
        menu.addMenu(self._sort_menu(menu))
        show.setEnabled(len(known) == 1 == len(rows))
        reveal.setEnabled(len(rows) == 1)
        again.setEnabled(bool(rows))
        move.setEnabled(bool(known))
        remove.setEnabled(bool(rows))
        return menu

    def _sort_menu(self, menu: QMenu) -> QMenu:
        sort = QMenu(self.tr("Sort by"), menu)
        group = QActionGroup(sort)
        for column in Column:
            title = self._model.headerData(column, Qt.Orientation.Horizontal)
            action = sort.addAction(title)
            action.setCheckable(True)
            action.setChecked(self.header().sortIndicatorSection() == column)
            group.addAction(action)
            action.triggered.connect(lambda _, column=column: self._sort_by(column))
        return sort

    def _sort_by(self, column: Column) -> None:
        newest_first = column in (Column.ADDED, Column.PAGES)
        order = Qt.SortOrder.DescendingOrder if newest_first else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    def _show_menu(self, point: QPoint) -> None:
        self.menu().exec(self.viewport().mapToGlobal(point))

    def _has_room(self) -> bool:
        return self.viewport().width() >= self._look.pixels(_TABLE_FROM)

    def _arrange(self) -> None:
        """Show the columns, and their heads, if there is room for them."""
        self.is_table = self._has_room()
        self.setHeaderHidden(not self.is_table)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (Column.STATUS, 110),
            (Column.PAGES, 60),
            (Column.SCANNED, 50),
            (Column.ADDED, 80),
        ):
            self.setColumnHidden(column, not self.is_table)
            header.resizeSection(column, self._look.pixels(width))
        self.scheduleDelayedItemsLayout()

    def _keep_selection(self) -> None:
        self._kept = {row.key for row in self.selected()}
        current = self.currentIndex()
        self._kept_current = current.data(VALUE_ROLE).key if current.isValid() else ""

    def _restore_selection(self) -> None:
        """Select again what was selected before all rows were shown anew."""
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        current = self._model.index_of(self._kept_current)
        if current.isValid():
            selection.setCurrentIndex(current, flag.NoUpdate)
        chosen, last = QItemSelection(), self._model.columnCount() - 1
        places = self._model.places(self._kept)
        first = 0
        for number, place in enumerate(places):
            if number + 1 == len(places) or places[number + 1] != place + 1:
                top = self._model.index(places[first], 0)
                chosen.select(top, self._model.index(place, last))
                first = number + 1
        selection.select(chosen, flag.ClearAndSelect)
        if self._kept and not places:  # a reset tells nobody that it cleared the selection
            selection.selectionChanged.emit(QItemSelection(), QItemSelection())
