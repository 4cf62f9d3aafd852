"""What opens above the window: settings, the guide, and words about a problem."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop_rag.config import resources_folder
from desktop_rag.engine.messages import Failed
from desktop_rag.ui.about import About
from desktop_rag.ui.dialogs import ProblemDialog
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.guide import Guide
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.settings_dialog import SettingsDialog
from desktop_rag.ui.theme import Look
from desktop_rag.ui.vault_door import VaultDoor

_MODELS_PAGE = 1
_PRIVACY_PAGE = 2


class WindowSheets(QObject):
    """Opens each of them once.

    Attributes:
        settings: the settings while they are open.
        guide: the guide while it is open.
        about: what the program is, while that is shown.
        problem: the problem that is shown, if any.
    """

    def __init__(
        self,
        parent: QWidget,
        window: QWidget,
        engine: EngineLink,
        reading: Reading,
        preferences: Preferences,
        door: VaultDoor,
        importing: Importing,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._engine = engine
        self._reading = reading
        self._preferences = preferences
        self._door = door
        self._importing = importing
        self.settings: SettingsDialog | None = None
        self.guide: Guide | None = None
        self.about: About | None = None
        self.problem: ProblemDialog | None = None
        engine.problem.connect(self.show_problem)

    def open_models(self) -> None:
        """Show the settings where models are chosen."""
        self.open_settings(_MODELS_PAGE)

    def open_settings(self, page: int) -> None:
        """Show a page of the settings."""
        if self.settings is not None:
            self.settings.show_page(page)
            return
        self.settings = SettingsDialog(
            self._window, self._engine, self._preferences, self._door, self._importing
        )
        self.settings.finished.connect(self._forget_settings)
        self.settings.read_watched_wanted.connect(self._reading.read_watched)
        self.settings.problem.connect(self.show_problem)
        self.settings.about_wanted.connect(lambda: self.show_about(self.settings))
        self.settings.show_page(page)
        self.settings.show()

    def show_proof(self) -> None:
        """Show the privacy page, and let it try every way out."""
        self.open_settings(_PRIVACY_PAGE)
        if self.settings is not None:
            self.settings.privacy.check()

    def show_vaults(self) -> None:
        """Show the page of the vaults."""
        self.open_settings(0)
        if self.settings is not None:
            self.settings.show_vaults()

    def show_problem(self, failure: Failed) -> None:
        """Say in one dialog what happened; another problem meanwhile replaces it."""
        if self.problem is not None:
            self.problem.close()  # and `finished` forgets it
        problem = ProblemDialog(self._window, failure.message, failure.hint, failure.details)
        self.problem = problem
        problem.finished.connect(self._forget_problem)
        self._engine.request(
            "diagnosis",
            then=lambda text: self._add_diagnosis(problem, failure.details, text),
            failed=lambda _: None,
            lost=lambda: None,
        )
        problem.open()

    def show_guide(self, actions: Sequence[QAction], page: str = "") -> None:
        """Show the guide, at this page if one is named; `actions` are listed with their keys."""
        if self.guide is None:
            folder = resources_folder() / "guide"
            self.guide = Guide(self._window, folder, self._preferences.look, actions)
            self.guide.about_wanted.connect(lambda: self.show_about(self.guide))
            self.guide.finished.connect(self._forget_guide)
            self.guide.show()
        self.guide.raise_()
        self.guide.activateWindow()
        self.guide.show_page(page)

    def show_about(self, above: QWidget | None) -> None:
        """Show what the program is and where it keeps things."""
        settings = self._preferences.settings
        self.about = About(above or self._window, settings, settings.library_folder)
        self.about.finished.connect(self._forget_about)
        self.about.open()

    def change_look(self, look: Look) -> None:
        """Another look is in force."""
        if self.guide is not None:
            self.guide.change_look(look)

    def retire(self) -> None:
        """Another workspace takes over."""
        for sheet in (self.guide, self.settings):
            if sheet is not None:
                sheet.close()

    def _add_diagnosis(self, problem: ProblemDialog, details: str, diagnosis: str) -> None:
        if self.problem is problem:
            problem.set_details("\n\n".join(part for part in (details, diagnosis) if part))

    def _forget_guide(self) -> None:
        if self.guide is not None:
            self.guide.deleteLater()
        self.guide = None

    def _forget_about(self) -> None:
        if self.about is not None:
            self.about.deleteLater()
        self.about = None

    def _forget_problem(self) -> None:
        self.problem = None

    def _forget_settings(self) -> None:
        if self.settings is not None:
            self.settings.setParent(None)  # it lives until the replies that it waits for are there
        self.settings = None
