"""The folders that are looked through for new PDFs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QTreeWidgetItem

from desktop_rag.domain import WatchedFolder
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import quiet_label
from desktop_rag.ui.settings.page import SettingsPage, table


class FoldersPage(SettingsPage):
    """The watched folders, each with its collection.

    Signals:
        read_wanted(): read what is new in them now.
    """

    read_wanted = Signal()

    def __init__(self, engine: EngineLink) -> None:
        super().__init__(QCoreApplication.translate("FoldersPage", "Watched folders"))
        self._engine = engine
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "New and changed PDFs in these folders are read while the program runs, and "
                    "whenever it starts. Nothing is removed when a folder is not there."
                )
            )
        )
        self.folders = table(self.tr("Watched folders"), [self.tr("Folder"), self.tr("Collection")])
        self.body.addWidget(self.folders, 1)
        add = QPushButton(self.tr("Watch a folder …"))
        add.clicked.connect(self._watch)
        stop = QPushButton(self.tr("Watch no longer"))
        stop.clicked.connect(self._unwatch)
        now = QPushButton(self.tr("Read now"))
        now.clicked.connect(self.read_wanted)
        row = FlowLayout(spacing=8)
        for button in (add, stop, now):
            row.addWidget(button)
        self.body.addLayout(row)

    def load(self) -> None:
        self._engine.request("watched", then=self._show_watched)

    def _show_watched(self, folders: Sequence[WatchedFolder]) -> None:
        self.folders.clear()
        for folder in folders:
            self.folders.addTopLevelItem(QTreeWidgetItem([str(folder.path), folder.collection]))
        self.folders.resizeColumnToContents(0)

    def _watch(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"))
        if name:
            path = Path(name)
            self._engine.request("watch", path, path.name, then=self._watch_began)

    def _watch_began(self, _: object) -> None:
        self.load()
        self.read_wanted.emit()

    def _unwatch(self) -> None:
        for item in self.folders.selectedItems():
            path = Path(item.text(0))
            self._engine.request("unwatch", path, then=lambda _: self.load())
