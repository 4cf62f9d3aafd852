"""The settings: each in force as soon as it is changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.settings.folders import FoldersPage
from desktop_rag.ui.settings.general import GeneralPage
from desktop_rag.ui.settings.models import ModelsPage
from desktop_rag.ui.settings.own_check import OwnCheckPage
from desktop_rag.ui.settings.page import SettingsPage
from desktop_rag.ui.settings.privacy import PrivacyPage
from desktop_rag.ui.settings.storage import StoragePage
from desktop_rag.ui.settings.vaults import VaultsPage
from desktop_rag.ui.vault_door import VaultDoor


class SettingsDialog(QDialog):
    """Pages of settings, chosen by a list on the left.

    Signals:
        read_watched_wanted(): read what is new in the watched folders now.
        problem(failed): something could not be done.
        about_wanted(): show what this program is.
    """

    read_watched_wanted = Signal()
    problem = Signal(object)
    about_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        engine: EngineLink,
        preferences: Preferences,
        door: VaultDoor,
        importing: Importing,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.general = GeneralPage(preferences)
        self.models = ModelsPage(engine, preferences, importing)
        self.privacy = PrivacyPage(engine)
        self.vaults = VaultsPage(engine, preferences, door)
        self.folders = FoldersPage(engine)
        self.storage = StoragePage(engine, preferences)
        self.own_check = OwnCheckPage(engine)
        self._pages: tuple[SettingsPage, ...] = (
            self.general,
            self.models,
            self.privacy,
            self.folders,
            self.storage,
            self.own_check,
            self.vaults,
        )
        self.folders.read_wanted.connect(self.read_watched_wanted)
        self.general.about_wanted.connect(self.about_wanted)
        self._lay_out(parent, preferences)
        self.list.setCurrentRow(0)

    def show_vaults(self) -> None:
        """Show the page of the vaults."""
        self.show_page(self._pages.index(self.vaults))

    def show_page(self, number: int) -> None:
        """Show one of the pages, from 0."""
        self.list.setCurrentRow(number)

    def _lay_out(self, parent: QWidget, preferences: Preferences) -> None:
        self.list = QListWidget()
        self.list.setObjectName("pages")
        self.list.setAccessibleName(self.tr("Kinds of settings"))
        self._stack = QStackedWidget()
        for page in self._pages:
            page.problem.connect(self.problem)
            self.list.addItem(page.title)
            self._stack.addWidget(_scrolled(page))
        self.list.currentRowChanged.connect(self._show_page)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 40)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(self.list)
        layout.addWidget(self._stack, 1)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        size = preferences.look.pixels
        screen = self.screen().availableGeometry()
        self.resize(
            min(size(760), screen.width() - 80),
            min(size(540), screen.height() - 100, parent.height()),
        )

    def _show_page(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self._pages[row].load()


def _scrolled(page: SettingsPage) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setAccessibleName(page.title)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
