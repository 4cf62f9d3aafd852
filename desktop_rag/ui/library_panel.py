"""The library column: search, collections, documents, what needs attention, and reading."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.ui.attention_bar import AttentionBar
from desktop_rag.ui.collections_model import ALL, ATTENTION, CollectionsModel
from desktop_rag.ui.documents_model import DocumentFilter, DocumentRow, DocumentsModel
from desktop_rag.ui.documents_view import DocumentsView
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.import_strip import ImportStrip
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.notice_strip import NoticeStrip
from desktop_rag.ui.parts import icon_button, quiet_label
from desktop_rag.ui.reading_strip import ReadingStrip
from desktop_rag.ui.theme import Look


class LibraryPanel(QWidget):
    """Shows the library and says what the reader wants with it.

    Signals:
        add_wanted(): choose PDFs.
        place_changed(collection): another collection ("" for all) is looked at.
        collection_wanted(): a new collection is to be made.
        collection_removal_wanted(collection): a collection is to go.
        forgetting_wanted(collection): it is to be erased for good, with all that hangs on it.
    """

    add_wanted = Signal()
    place_changed = Signal(str)
    collection_wanted = Signal()
    collection_removal_wanted = Signal(str)
    forgetting_wanted = Signal(str)

    def __init__(self, icons: Icons, look: Look, importing: Importing) -> None:
        super().__init__()
        self.setObjectName("column")
        self._icons = icons
        self._place = ALL
        self._showing = False
        self.documents = DocumentsModel(icons, self)
        self.collections = CollectionsModel(icons, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search documents"))
        self.search.setAccessibleName(self.tr("Search documents by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self.search.textChanged.connect(self._filter)
        self.tree = self._make_tree()
        self.table = DocumentsView(self.documents, icons, look)
        self.attention = AttentionBar(icons)
        self.reading = ReadingStrip(icons)
        self.importing = ImportStrip(icons, importing)
        self.notice = NoticeStrip(icons)
        self._nothing = quiet_label("")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = QStackedLayout()
        self._list.addWidget(self.table)
        self._list.addWidget(self._nothing)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.documents.modelReset.connect(self._count)
        self.documents.rowsInserted.connect(self._count)
        self.documents.rowsRemoved.connect(self._count)
        self.documents.dataChanged.connect(self._selected)
        self._counts: dict[str, int] = {}
        self._is_listed = True
        self.show_collections({})
        self.tree.setCurrentIndex(self.collections.index_of(ALL))
        self._count()

    @property
    def place(self) -> str:
        """The collection that is looked at; "" for all, also while trouble is shown."""
        return ALL if self._place == ATTENTION else self._place

    def show_collections(self, counts: Mapping[str, int], *, anew: bool = False) -> None:
        """Show these collections with their numbers of documents."""
        self._counts = dict(counts)
        total = sum(1 for row in self.documents.rows() if row.entry)
        trouble = self.documents.attention_count()
        self._showing = True  # rows that come and go move the selection; the reader did not
        changed = self.collections.show(counts, total, trouble, anew=anew)
        if changed:
            self.tree.expandAll()
            self._fit_columns()
        self._showing = False
        here = self.collections.index_of(self._place)
        if changed:
            self.tree.setCurrentIndex(here if here.isValid() else self.collections.index_of(ALL))

    def count_again(self) -> None:
        """Bring the numbers in the tree up to date after documents changed."""
        self.show_collections(self._counts)
        self._count()

    def say_whether_listed(self, is_listed: bool) -> None:
        """Whether what is shown, or nothing, is all there is."""
        self._is_listed = is_listed
        self._count()

    def show_attention(self) -> None:
        """Show what needs attention, and the first of it."""
        self.tree.setCurrentIndex(self.collections.index_of(ATTENTION))
        self.table.setCurrentIndex(self.documents.index(0, 0))
        self.table.setFocus()

    def go_to(self, collection: str) -> None:
        """Look at this collection."""
        self.tree.setCurrentIndex(self.collections.index_of(collection))

    def follow_renaming(self, name: str, new_name: str) -> None:
        """Stay with the collection that is looked at when it, or a group around it, is renamed."""
        if f"{self._place}/".startswith(f"{name}/"):
            self._place = new_name + self._place[len(name) :]
            self._filter()
            self.place_changed.emit(self.place)

    def find_document(self, key: str) -> None:
        """Show and select the document of this key, wherever it is."""
        self.search.clear()
        if not self.documents.index_of(key).isValid():
            self.go_to(ALL)
        index = self.documents.index_of(key)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def selected(self) -> list[DocumentRow]:
        """The documents that are selected."""
        return self.table.selected()

    def change_look(self, look: Look) -> None:
        """Draw everything in another look."""
        self.table.change_look(look)
        self.show_collections(self._counts, anew=True)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setAccessibleName(self.tr("Collections"))
        tree.setModel(self.collections)
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setDragEnabled(True)
        tree.setAcceptDrops(True)
        tree.setDropIndicatorShown(True)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(
            lambda point: self._tree_menu(tree.indexAt(point), tree.viewport().mapToGlobal(point))
        )
        tree.selectionModel().currentChanged.connect(self._go)
        remove = QAction(self.tr("Remove collection …"), tree)
        remove.setShortcut(QKeySequence.StandardKey.Delete)
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(lambda: self._remove_collection(tree.currentIndex()))
        tree.addAction(remove)
        return tree

    def _lay_out(self) -> None:
        listing = QWidget()
        listing.setLayout(self._list)
        listing.setMinimumHeight(60)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.tree.setMinimumHeight(60)
        self.parts.addWidget(self.tree)
        self.parts.addWidget(listing)
        self.parts.setStretchFactor(0, 2)
        self.parts.setStretchFactor(1, 5)
        add = QPushButton(self.tr("Add PDFs …"))
        self._icons.put(add, "add")
        add.clicked.connect(self.add_wanted)
        new = icon_button(
            self._icons, "folder", self.tr("New collection …"), self.collection_wanted.emit
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(add, 1)
        buttons.addWidget(new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 8, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.parts, 1)
        layout.addWidget(self.attention)
        layout.addWidget(self.notice)
        layout.addWidget(self.importing)
        layout.addWidget(self.reading)
        layout.addLayout(buttons)

    def _fit_columns(self) -> None:
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _go(self, index: QModelIndex) -> None:
        place = index.siblingAtColumn(0).data(VALUE_ROLE)
        if self._showing or place is None or place == self._place:
            return
        before, self._place = self.place, place
        self._filter()
        if self.place != before:
            self.place_changed.emit(self.place)

    def _filter(self) -> None:
        text, attention = self.search.text(), self._place == ATTENTION
        self.documents.set_filter(DocumentFilter(text, self.place, attention))
        self._count()
        self._selected()

    def _count(self) -> None:
        """Say why the list is empty, if it is."""
        if self.documents.rowCount():
            self._list.setCurrentWidget(self.table)
            return
        if not self._is_listed:
            text = self.tr("The documents of this library cannot be shown.")
        elif self.search.text():
            text = self.tr("No document is called like that.")
        elif self._place == ATTENTION:
            text = self.tr("Everything was read. Nothing needs your attention.")
        elif self._place == ALL:
            text = self.tr("No documents yet. Drop PDFs anywhere on this window.")
        else:
            text = self.tr("Nothing here yet. Drop PDFs, or drag documents onto the collection.")
        self._nothing.setText(text)
        self._list.setCurrentWidget(self._nothing)

    def _selected(self) -> None:
        rows = self.selected()
        troubled = [row for row in rows if row.needs_attention]
        self.attention.show_row(troubled[0] if len(troubled) == 1 == len(rows) else None)

    def _tree_menu(self, index: QModelIndex, point: object) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("New collection …"), self.collection_wanted.emit)
        name = index.siblingAtColumn(0).data(VALUE_ROLE)
        if name not in (None, ALL, ATTENTION):
            first = index.siblingAtColumn(0)
            menu.addAction(self.tr("Rename"), lambda: self.tree.edit(first))
            menu.addAction(self.tr("Remove collection …"), lambda: self._remove_collection(index))
            menu.addAction(self.tr("Forget for good …"), lambda: self.forgetting_wanted.emit(name))
        menu.exec(point)  # type: ignore[call-overload]

    def _remove_collection(self, index: QModelIndex) -> None:
        name = index.siblingAtColumn(0).data(VALUE_ROLE)
        if name not in (None, ALL, ATTENTION):
            self.collection_removal_wanted.emit(name)
