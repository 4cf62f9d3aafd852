"""The tree of collections: all documents, groups and matters, and what needs attention."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from desktop_rag.ui.documents_model import DOCUMENTS_MIME
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.models import VALUE_ROLE, Index
from desktop_rag.ui.parts import as_tooltip

COLLECTION_MIME = "application/x-desktop-rag-collection"
ATTENTION = "\n"  # no collection can be called so
ALL = ""


class CollectionsModel(QStandardItemModel):
    """Two columns: name and number of documents. The value of a row is the collection's path.

    Signals:
        documents_dropped(keys, collection): documents are to be moved.
        collection_dropped(collection, group): a collection is to be moved into a group ("": out).
        renamed(collection, name): the reader typed a new name (the last part of the path).
    """

    documents_dropped = Signal(list, str)
    collection_dropped = Signal(str, str)
    renamed = Signal(str, str)

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(0, 2, parent)
        self._icons = icons
        self._items: dict[str, QStandardItem] = {}
        self._counts: dict[str, int] = {}
        self._showing = False
        self.itemChanged.connect(self._item_changed)

    def show(
        self, counts: Mapping[str, int], total: int, attention: int, *, anew: bool = False
    ) -> bool:
        """Show these collections; returns whether rows came or went. `anew`: draw all again."""
        wanted = set(counts)
        for name in counts:
            parts = name.split("/")
            wanted |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        self._counts = dict(counts)
        self._showing = True
        changed = anew or wanted | {ALL, ATTENTION} != set(self._items)
        if changed:
            self._rebuild(sorted(wanted, key=str.casefold))
        for name in wanted:
            below = sum(
                count
                for other, count in counts.items()
                if other == name or other.startswith(f"{name}/")
            )
            self._set_count(name, below)
        self._set_count(ALL, total)
        self._set_count(ATTENTION, attention)
        self._showing = False
        return changed

    def names(self) -> list[str]:
        """The collections that exist, in order; groups that hold none themselves left out."""
        return sorted(self._counts, key=str.casefold)

    def paths(self) -> list[str]:
        """The collections and groups that are shown."""
        return [name for name in self._items if name not in (ALL, ATTENTION)]

    def index_of(self, name: str) -> QModelIndex:
        """Where a collection, ALL or ATTENTION stands; an invalid index if it does not."""
        item = self._items.get(name)
        return item.index() if item is not None else QModelIndex()

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME, COLLECTION_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        content = QMimeData()
        content.setData(COLLECTION_MIME, str(indexes[0].data(VALUE_ROLE)).encode())
        return content

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        target = self._name_at(parent)
        if data.hasFormat(DOCUMENTS_MIME):
            return target not in (None, ALL, ATTENTION)
        if data.hasFormat(COLLECTION_MIME):
            dragged = bytes(data.data(COLLECTION_MIME).data()).decode()
            return target != ATTENTION and not f"{target or ALL}/".startswith(f"{dragged}/")
        return False

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self._name_at(parent) or ALL
        if data.hasFormat(DOCUMENTS_MIME):
            keys = bytes(data.data(DOCUMENTS_MIME).data()).decode().split("\n")
            self.documents_dropped.emit(keys, target)
        else:
            self.collection_dropped.emit(bytes(data.data(COLLECTION_MIME).data()).decode(), target)
        return False  # the engine moves it, and the view is told; Qt must not remove the row

    def _name_at(self, index: Index) -> str | None:
        """The value of the row that an index of any column lies in; None outside of all rows."""
        if not index.isValid():
            return None
        value: str = self.index(index.row(), 0, index.parent()).data(VALUE_ROLE)
        return value

    def _rebuild(self, names: Sequence[str]) -> None:
        self.clear()
        self.setColumnCount(2)
        self._items = {}
        self._append(ALL, self.tr("All documents"), "library", None)
        for name in names:
            group, _, last = name.rpartition("/")
            self._append(name, last, "folder", self._items.get(group) if group else None)
        self._append(ATTENTION, self.tr("Needs attention"), "attention", None)

    def _append(self, name: str, title: str, icon: str, group: QStandardItem | None) -> None:
        colour = "amber" if name == ATTENTION else "quiet_text"
        item = QStandardItem(self._icons.icon(icon, colour), title)
        item.setData(name, VALUE_ROLE)
        fixed = name in (ALL, ATTENTION)
        item.setEditable(not fixed)
        item.setDragEnabled(not fixed)
        item.setDropEnabled(name != ATTENTION)
        item.setToolTip(as_tooltip(name if not fixed else title))
        count = QStandardItem()
        count.setEditable(False)
        count.setDragEnabled(False)
        count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        count.setForeground(self._icons.brush("quiet_text"))
        (group or self.invisibleRootItem()).appendRow([item, count])
        self._items[name] = item

    def _set_count(self, name: str, count: int) -> None:
        index = self.index_of(name)
        cell = self.itemFromIndex(index.siblingAtColumn(1))
        if cell.text() != str(count or ""):
            cell.setText(str(count or ""))
        title = str(index.data())
        cell_name = self.tr("{name}, %n document(s)", "", count).format(name=title)
        self._items[name].setAccessibleText(cell_name)

    def _item_changed(self, item: QStandardItem) -> None:
        name = item.data(VALUE_ROLE)
        if self._showing or item.column() or name in (None, ALL, ATTENTION):
            return
        title, last = item.text().strip(), name.rpartition("/")[2]
        if title != last:
            self._showing = True
            item.setText(last)
            self._showing = False
            if title:
                self.renamed.emit(name, title)
