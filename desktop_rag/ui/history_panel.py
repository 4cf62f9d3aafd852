"""Earlier conversations: searched, opened, renamed, deleted."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import Conversation
from desktop_rag.ui import words
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.models import VALUE_ROLE, Index
from desktop_rag.ui.parts import icon_button, label

_TYPING_PAUSE_MS = 150


class ConversationsModel(QAbstractListModel):
    """One row a conversation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Conversation] = []

    def show(self, conversations: Sequence[Conversation]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows = list(conversations)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            place = words.collection_title(row.collection)
            count = self.tr("%n question(s)", "", row.turn_count)
            return f"{row.title}\n{place} · {count} · {words.moment(row.updated_at)}"
        return row if role == VALUE_ROLE else None


class HistoryPanel(QWidget):
    """The list of conversations of a collection, or of all.

    Signals:
        search_changed(text): other conversations are to be shown (by `show`).
        opened(conversation): it is to be gone on with.
        rename_wanted(conversation), delete_wanted(conversations), closed().
    """

    search_changed = Signal(str)
    opened = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(list)
    closed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._place = ""
        self._all: Sequence[Conversation] = ()
        self._icons = icons
        self.model = ConversationsModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search questions and answers"))
        self.search.setAccessibleName(self.tr("Search questions and answers"))
        self.search.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.search_changed.emit(self.search.text().strip()))
        self.search.textChanged.connect(self._typing.start)
        self.everywhere = QCheckBox(self.tr("All collections"))
        self.everywhere.toggled.connect(self._filter)
        self.list = QListView()
        self.list.setObjectName("pages")
        self.list.setAccessibleName(self.tr("Earlier conversations"))
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.activated.connect(self._open)
        self._empty = label("", "quiet")
        self._rename = QPushButton(self.tr("Rename …"))
        self._delete = QPushButton(self.tr("Delete …"))
        self._go_on = QPushButton(self.tr("Open"))
        self._go_on.clicked.connect(lambda: self._open(self.list.selectedIndexes()[0]))
        self._rename.clicked.connect(self._rename_current)
        self._delete.clicked.connect(self._delete_selected)
        self._lay_out()
        for keys, act in (
            (QKeySequence(Qt.Key.Key_F2), self._rename_current),
            (QKeySequence(QKeySequence.StandardKey.Delete), self._delete_selected),
        ):
            action = QAction(self.list)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.list.addAction(action)
        self.list.selectionModel().selectionChanged.connect(self._selected)

    def begin(self, place: str) -> None:
        """Show the conversations of a collection; "" shows those of all."""
        self._place = place
        self.everywhere.setVisible(bool(place))
        self.everywhere.setChecked(not place)
        self.search.clear()
        self.search_changed.emit("")
        self.search.setFocus()

    def show_conversations(self, conversations: Sequence[Conversation]) -> None:
        """The conversations that hold the searched words, newest first."""
        self._all = conversations
        self._filter()

    def selected(self) -> list[Conversation]:
        """Those that are selected."""
        return [index.data(VALUE_ROLE) for index in self.list.selectedIndexes()]

    def _lay_out(self) -> None:
        title = label(self.tr("History"), "title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(
            icon_button(self._icons, "close", self.tr("Close the history"), self.closed.emit)
        )
        buttons = FlowLayout(spacing=8)  # three buttons in large text need two lines
        buttons.addWidget(self._go_on)
        buttons.addWidget(self._rename)
        buttons.addWidget(self._delete)
        buttons.addWidget(self.everywhere)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def _filter(self) -> None:
        here = self.everywhere.isChecked() or not self._place
        shown = [row for row in self._all if here or row.collection == self._place]
        self.model.show(shown)
        self._empty.setText(
            self.tr("No conversation holds these words.")
            if self.search.text()
            else self.tr("Your questions and their answers will be kept here.")
        )
        self._empty.setVisible(not shown)
        self._selected()

    def _selected(self) -> None:
        count = len(self.selected())
        self._go_on.setEnabled(count == 1)
        self._rename.setEnabled(count == 1)
        self._delete.setEnabled(count > 0)

    def _open(self, index: QModelIndex) -> None:
        if len(self.selected()) <= 1:
            self.opened.emit(index.data(VALUE_ROLE))

    def _rename_current(self) -> None:
        rows = self.selected()
        if len(rows) == 1:
            self.rename_wanted.emit(rows[0])

    def _delete_selected(self) -> None:
        if rows := self.selected():
            self.delete_wanted.emit(rows)
