"""Ctrl+K: type a few letters of a name, and be there."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.documents_model import DocumentRow


class Jump(Sheet):
    """Chooses a document by its name."""

    def __init__(self, parent: QWidget, rows: Iterable[DocumentRow]) -> None:
        super().__init__(parent, QCoreApplication.translate("Jump", "Go to a document"))
        known = [row for row in rows if row.entry is not None]
        self._rows = sorted(known, key=lambda row: row.name.casefold())
        self._names = QStringListModel([row.name for row in self._rows])
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._names)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A part of its name"))
        self.field.setAccessibleName(self.tr("A part of the document’s name"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setObjectName("pages")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.setModel(self._shown)
        self.list.activated.connect(self.accept)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self.add_accept(self.tr("Open"))
        self.add_cancel()
        self._filter("")
        self.field.setFocus()

    def chosen(self) -> DocumentRow | None:
        """The document that is selected."""
        index = self._shown.mapToSource(self.list.currentIndex())
        return self._rows[index.row()] if index.isValid() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk through the list while the field has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
            if step is not None:
                row = self.list.currentIndex().row() + step
                row = min(max(row, 0), self._shown.rowCount() - 1)
                self.list.setCurrentIndex(self._shown.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._shown.setFilterFixedString(text)
        self.list.setCurrentIndex(self._shown.index(0, 0))
