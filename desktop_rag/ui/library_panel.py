"""The documents, and what is being read."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain import AddProgress, LibraryEntry
from desktop_rag.ui.models import VALUE_ROLE, DocumentListModel

_STEPS = 1000


class LibraryPanel(QWidget):
    """The library column.

    Signals:
        add_wanted(): the reader wants to choose PDFs.
        remove_wanted(ids): the reader confirmed that these documents go.
        stop_wanted(): the reader wants reading to stop.
    """

    add_wanted = Signal()
    remove_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("column")
        self._title = QLabel(self.tr("Documents"))
        self._title.setObjectName("title")
        self.model = DocumentListModel(self)
        self.list = QListView()
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.setModel(self.model)
        self._add = QPushButton(self.tr("Add PDFs …"))
        self._add.clicked.connect(self.add_wanted)
        self._remove = QPushButton(self.tr("Remove …"))
        self._remove.clicked.connect(self._confirm_removal)
        self._reading = QLabel()
        self._reading.setWordWrap(True)
        self._reading.setObjectName("quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(_STEPS)
        self._bar.setAccessibleName(self.tr("Reading progress"))
        self._stop = QPushButton(self.tr("Stop reading"))
        self._stop.clicked.connect(self.stop_wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._reading)
        layout.addWidget(self._bar)
        layout.addWidget(self._stop)
        self.finish_reading("")

    def show_documents(self, entries: Sequence[LibraryEntry]) -> None:
        """Replace the list."""
        self.model.show(entries)
        self._remove.setEnabled(bool(entries))

    def show_reading(self, step: AddProgress) -> None:
        """Progress of reading, at the foot of the column."""
        share = step.page / step.page_count if step.page_count else 0.0
        done = step.file_number if step.finished else step.file_number - 1 + share
        self._reading.setText(
            self.tr("Reading {number} of {count}: {name}").format(
                number=step.file_number, count=step.file_count, name=step.path.name
            )
        )
        self._bar.setValue(int(_STEPS * done / step.file_count))
        self._bar.setVisible(True)
        self._stop.setVisible(True)

    def finish_reading(self, message: str) -> None:
        """Hide the progress and leave a sentence."""
        self._reading.setText(message)
        self._bar.setVisible(False)
        self._stop.setVisible(False)

    def selected(self) -> list[LibraryEntry]:
        """The documents that are selected."""
        return [index.data(VALUE_ROLE) for index in self.list.selectedIndexes()]

    def _confirm_removal(self) -> None:
        chosen = self.selected()
        if not chosen:
            return
        count = len(chosen)
        one = self.tr("Remove “{name}” from the library?").format(name=chosen[0].path.name)
        many = self.tr("Remove {count} documents from the library?").format(count=count)
        box = QMessageBox(self)
        box.setText(one if count == 1 else many)
        box.setInformativeText(self.tr("The files themselves stay where they are."))
        act = self.tr("Remove 1 document") if count == 1 else self.tr("Remove {n} documents")
        remove = box.addButton(act.format(n=count), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is remove:
            self.remove_wanted.emit([entry.document.id for entry in chosen])
