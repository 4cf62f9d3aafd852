"""All that the program keeps, and where."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QTreeWidgetItem

from desktop_rag.domain import Forgotten, StoredItem
from desktop_rag.ui import words
from desktop_rag.ui.dialogs import Sheet, confirm
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import as_tooltip, quiet_label
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.page import SettingsPage, table
from desktop_rag.ui.storage_words import proof_sentence


class StoragePage(SettingsPage):
    """What is stored about the reader, how large it is, and what for."""

    def __init__(self, engine: EngineLink, preferences: Preferences) -> None:
        super().__init__(QCoreApplication.translate("StoragePage", "Storage"))
        self._engine = engine
        self._preferences = preferences
        self.body.addWidget(
            quiet_label(
                self.tr(
                    "This is all that the program keeps, and where. It is only on this computer; "
                    "your own PDFs stay where they are."
                )
            )
        )
        self.stored = table(
            self.tr("What is stored"), [self.tr("What"), self.tr("Size"), self.tr("For")]
        )
        self.body.addWidget(self.stored, 1)
        show = QPushButton(self.tr("Open the folder"))
        show.clicked.connect(self._open_folder)
        self.forget = QPushButton(self.tr("Forget everything and quit …"))
        self.forget.clicked.connect(self.forget_everything)
        row = FlowLayout(spacing=8)
        row.addWidget(show)
        row.addWidget(self.forget)
        self.body.addLayout(row)

    def load(self) -> None:
        self._engine.request("storage", then=self._show_storage)

    def _show_storage(self, items: Sequence[StoredItem]) -> None:
        self.stored.clear()
        for item in items:
            row = QTreeWidgetItem([item.name, words.size(item.bytes), item.purpose])
            for column in range(3):
                row.setToolTip(column, as_tooltip(f"{item.purpose}\n{item.path}"))
            self.stored.addTopLevelItem(row)
        for column in (0, 1):
            self.stored.resizeColumnToContents(column)

    def forget_everything(self) -> None:
        """Erase all that is known of documents and questions, say what the search found, quit."""
        if confirm(
            self,
            self.tr("Forget everything for good?"),
            self.tr(
                "All documents, conversations, collections and watched folders, the logs and what "
                "this window remembers are erased. This cannot be undone. Your PDFs stay where "
                "they are; models and settings stay too."
            ),
            self.tr("Forget everything"),
        ):
            self._engine.request("forget_all", then=self._forgotten)

    def _forgotten(self, result: Forgotten) -> None:
        sheet = Sheet(self, self.tr("Everything is forgotten"), proof_sentence(result))
        sheet.add_accept(self.tr("Quit"))
        sheet.exec()
        self._engine.close()
        QCoreApplication.exit(0)  # not as a window is closed, which remembers where it was

    def _open_folder(self) -> None:
        folder = self._preferences.settings.data_folder
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
