"""Fill the window's frame after its first paint: settings, words, engine, columns."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_rag import config
from desktop_rag.config import Settings
from desktop_rag.engine.messages import Failed
from desktop_rag.engine.process import OpenAssistant
from desktop_rag.errors import SettingsError
from desktop_rag.ui import theme
from desktop_rag.ui.asking import Asking
from desktop_rag.ui.clipboard import ClipboardHints
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.file_dialogs import keep_no_history
from desktop_rag.ui.following import Following
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.state import WindowState
from desktop_rag.ui.workspace import Workspace

LoadSettings = Callable[[], tuple[Settings, list[str]]]
_LANGUAGES = ("en", "de", "fr")


class Furnishing:
    """What stands in the window, and is put up anew when the language changes."""

    def __init__(
        self,
        window: MainWindow,
        engine: EngineLink,
        preferences: Preferences,
        resources: Path,
    ) -> None:
        self._window = window
        self._engine = engine
        self._preferences = preferences
        self._resources = resources
        self._translators: list[QTranslator] = []
        self._is_behind = False
        self._state = WindowState(preferences.settings.data_folder / "window.json")
        self._clipboard = ClipboardHints()
        keep_no_history()
        self._icons = Icons(resources / "icons", preferences.look.theme)
        self._reading = Reading(engine)
        self._asking = Asking(engine)
        self._following = Following(engine, self._reading)
        self.workspace: Workspace | None = None
        window.restore(self._state.text("geometry"))
        window.ask_before_closing(self._may_close)
        window.closing.connect(self._close)
        preferences.look_changed.connect(lambda _: self._dress())
        preferences.language_changed.connect(self._change_language)
        self._asking.ended.connect(self._catch_up)
        preferences.engine_changed.connect(engine.restart)
        preferences.engine_changed.connect(self._following.see_model)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._dress())
        self._put_up()

    def start(self) -> None:
        """Start the engine, and see what is still to be read and what is new."""
        self._engine.start()
        self._following.start()

    def _change_language(self) -> None:
        """Put the window up anew; not before the question that runs has its answer."""
        self._is_behind = True
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_behind and not self._asking.is_running:
            self._is_behind = False
            self._put_up()

    def _put_up(self) -> None:
        """Make the columns, in the language of the settings."""
        self._translate()
        if self.workspace is not None:
            self.workspace.keep_state()
            self._engine.forget_views()
        look = self._preferences.look
        self._dress(rebuild=False)
        workspace = Workspace(
            self._window,
            self._engine,
            self._reading,
            self._asking,
            self._preferences,
            self._icons,
            look,
            self._state,
        )
        before, self.workspace = self.workspace, workspace
        self._window.setCentralWidget(workspace)
        if before is not None:
            before.retire()
            workspace.sheets.open_settings(0)

    def _dress(self, *, rebuild: bool = True) -> None:
        """Put colours and size of text in force."""
        look = self._preferences.look
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyle("Fusion")
        application.setPalette(theme.palette(look.theme))
        application.setStyleSheet(theme.style_sheet(look, self._resources / "icons"))
        self._icons.change_theme(look.theme, self._window)
        if rebuild and self.workspace is not None:
            self.workspace.change_look(look)

    def _translate(self) -> None:
        """Load the words of the language; English too, for its plurals."""
        self._forget_words()
        wanted = self._preferences.settings.language
        system = QLocale.system().name()[:2]
        language = wanted if wanted != "system" else system
        language = language if language in _LANGUAGES else "en"
        QLocale.setDefault(QLocale(language) if wanted != "system" else QLocale.system())
        own = str(self._resources / "translations")
        of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"desktop_rag_{language}", own), (f"qtbase_{language}", of_qt)):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)

    def _forget_words(self) -> None:
        """Leave the application as it was found."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = []

    def _may_close(self) -> bool:
        return self.workspace is None or self.workspace.may_close()

    def _close(self) -> None:
        if self.workspace is not None:
            self.workspace.keep_state()
        self._state.keep(geometry=self._window.geometry_text())
        self._window.hide()  # the engine may take seconds to end
        self._engine.close()
        self._clipboard.leave()
        self._forget_words()


def furnish(
    window: MainWindow, open_assistant: OpenAssistant, load_settings: LoadSettings
) -> Furnishing:
    """Fill the window and start the engine. A settings file that is refused is said so."""
    engine = EngineLink(open_assistant)
    try:
        settings, warnings = load_settings()
    except SettingsError as error:
        folder = config.data_folder()
        settings, warnings = Settings(folder, folder / "library"), []
        failure: Failed | None = Failed(0, error.message, error.hint)
    else:
        failure = None
    preferences = Preferences(settings)
    furnishing = Furnishing(window, engine, preferences, config.resources_folder())
    window.keep_alive(furnishing)
    for warning in warnings:
        engine.problem.emit(Failed(0, warning, ""))
    if failure is not None:
        engine.problem.emit(failure)
        return furnishing
    furnishing.start()
    return furnishing
