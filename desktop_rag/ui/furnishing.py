"""Fill the window's frame after its first paint: settings, words, engine, columns."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from desktop_rag import config
from desktop_rag.config import Settings
from desktop_rag.domain import VaultKey
from desktop_rag.engine.messages import Failed
from desktop_rag.engine.process import OpenAssistant, OpenLibrary
from desktop_rag.errors import SettingsError
from desktop_rag.needs.lack import Lack
from desktop_rag.ui import theme
from desktop_rag.ui.asking import Asking
from desktop_rag.ui.clipboard import ClipboardHints
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.file_dialogs import keep_no_history
from desktop_rag.ui.following import Following
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.importing import Importing
from desktop_rag.ui.lack_words import lack_words
from desktop_rag.ui.lock_screen import LockScreen
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.reading import Reading
from desktop_rag.ui.state import WindowState
from desktop_rag.ui.translations import Translations
from desktop_rag.ui.vault_door import VaultDoor
from desktop_rag.ui.workspace import Workspace

LoadSettings = Callable[[], tuple[Settings, list[str]]]


class Furnishing:
    """What stands in the window; put up anew when the language changes or a vault is entered.

    Each library, the open one and every vault, has an engine process of its own: when a vault is
    left, its process ends, and with it all that was in memory.
    """

    def __init__(
        self,
        window: MainWindow,
        open_library: OpenLibrary,
        preferences: Preferences,
        resources: Path,
    ) -> None:
        self._window = window
        self._open_library = open_library
        self._preferences = preferences
        self._resources = resources
        self._words = Translations(resources / "translations")
        self._is_behind = False
        self._waiting: list[Callable[[Workspace], None]] = []
        self._kept = WindowState(preferences.settings.data_folder / "window.json")
        self._clipboard = ClipboardHints()
        keep_no_history()
        self._icons = Icons(resources / "icons", preferences.look.theme)
        self._door = VaultDoor(preferences)
        self._door.entered.connect(self._enter)
        self._door.left.connect(lambda: self._enter(None))
        self._door.shut.connect(self._shut)
        self.workspace: Workspace | None = None
        window.restore(self._kept.text("geometry"))
        window.ask_before_closing(self._may_close)
        window.closing.connect(self._close)
        preferences.look_changed.connect(lambda _: self._dress())
        preferences.language_changed.connect(self._change_language)
        preferences.engine_changed.connect(self._renew_engine)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._dress())
        self._take_parts(open_library, self._kept)
        if not self._door.app_lock.is_on:
            self._put_up()

    def begin(self) -> None:
        """Ask for the passphrase of the program, if it has one; else start."""
        if self._door.app_lock.is_on:
            self._shut()
        else:
            self.start()

    def start(self) -> None:
        """Start the engine, and see what is still to be read and what is new."""
        self._engine.start()
        self._following.start()

    def say(self, failure: Failed) -> None:
        """Show a problem; not before the program is unlocked."""
        self._when_open(lambda _: self._engine.problem.emit(failure))

    def remark(self, sentence: str) -> None:
        """Say what is no problem yet; not before the program is unlocked."""
        self._when_open(lambda workspace: workspace.library.notice.say(sentence))

    def offer(self, paths: Sequence[Path]) -> None:
        """Offer to add these files, as if they were dropped; not before it is unlocked.

        In a vault they are offered to it, as a drop would be.
        """
        if paths:
            self._when_open(lambda workspace: _offer_in(workspace, paths))

    def _when_open(self, act: Callable[[Workspace], None]) -> None:
        if self.workspace is None:
            self._waiting.append(act)
        else:
            act(self.workspace)

    def _take_parts(self, open_assistant: OpenAssistant, state: WindowState) -> None:
        """An engine, and what runs on it."""
        self._state = state
        self._engine = EngineLink(open_assistant)
        self._reading = Reading(self._engine)
        self._asking = Asking(self._engine)
        self._importing = Importing(self._engine)
        self._following = Following(self._engine, self._reading)
        self._following.remark.connect(self.remark)
        self._asking.ended.connect(self._catch_up)

    def _enter(self, key: VaultKey | None) -> None:
        """Show a vault, or without a key the open library, and end what was shown before."""
        self._leave()
        if key is None:
            self._take_parts(self._open_library, self._kept)
        else:
            self._take_parts(partial(self._open_library, key=key), WindowState(None))
        self._put_up()
        self.start()

    def _leave(self) -> None:
        """End the engine, and take down all that shows something of its library."""
        self._engine.end()
        _close_sheets()
        if self.workspace is not None:
            before, self.workspace = self.workspace, None
            before.keep_state()
            before.retire()
        for part in (self._reading, self._asking, self._importing, self._following, self._engine):
            part.deleteLater()

    def _shut(self) -> None:
        """Show nothing until the passphrase of the program is typed."""
        self._leave()
        self._take_parts(self._open_library, self._kept)
        self._words.use(self._preferences.settings.language)
        self._dress(rebuild=False)
        screen = LockScreen(self._door.app_lock.opens)
        screen.opened.connect(self._open_again)
        self._window.setCentralWidget(screen)
        screen.field.setFocus()

    def _open_again(self) -> None:
        self._door.watch()
        self._put_up()
        self.start()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            self._when_open(act)

    def _renew_engine(self) -> None:
        self._engine.restart()
        self._following.see_model()

    def _change_language(self) -> None:
        """Put the window up anew; not before the question that runs has its answer."""
        self._is_behind = True
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_behind and self.workspace is not None and not self._asking.is_running:
            self._is_behind = False
            self._put_up()

    def _put_up(self) -> None:
        """Make the columns, in the language of the settings."""
        self._is_behind = False
        self._words.use(self._preferences.settings.language)
        if self.workspace is not None:
            self.workspace.keep_state()
            self._engine.forget_views()
        self._dress(rebuild=False)
        before, self.workspace = self.workspace, self._make_workspace()
        self._window.setCentralWidget(self.workspace)
        if before is not None:
            before.retire()
            self.workspace.sheets.open_settings(0)

    def _make_workspace(self) -> Workspace:
        return Workspace(
            self._window,
            self._engine,
            self._reading,
            self._asking,
            self._importing,
            self._preferences,
            self._icons,
            self._preferences.look,
            self._state,
            self._door,
        )

    def _dress(self, *, rebuild: bool = True) -> None:
        """Put colours and size of text in force."""
        look = self._preferences.look
        theme.dress(look, self._resources / "icons")
        self._icons.change_theme(look.theme, self._window)
        if rebuild and self.workspace is not None:
            self.workspace.change_look(look)

    def _may_close(self) -> bool:
        return self.workspace is None or self.workspace.may_close()

    def _close(self) -> None:
        if self.workspace is not None:
            self.workspace.keep_state()
        self._kept.keep(geometry=self._window.geometry_text())
        self._door.close()
        self._window.hide()  # the engine may take seconds to end
        self._engine.close()
        self._clipboard.leave()
        self._words.forget()


def _offer_in(workspace: Workspace, paths: Sequence[Path]) -> None:
    """When it is laid out: the sheet is as wide as the window lets it be."""
    QTimer.singleShot(0, workspace, lambda: workspace.dropping.offer(paths))


def _close_sheets() -> None:
    """Whatever stands above the window, also what takes no Esc: it may name a document."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for sheet in QApplication.topLevelWidgets():
        if isinstance(sheet, QDialog) and sheet.isVisible():
            sheet.done(QDialog.DialogCode.Rejected)


def furnish(
    window: MainWindow,
    open_library: OpenLibrary,
    load_settings: LoadSettings,
    lacks: Sequence[Lack] = (),
) -> Furnishing:
    """Fill the window and start the engine. A settings file that is refused is said so.

    `lacks`: what of the machine may make something fail.
    """
    try:
        settings, warnings = load_settings()
    except SettingsError as error:
        settings, warnings = config.defaults(), []
        failure: Failed | None = Failed(0, error.message, error.hint)
    else:
        failure = None
    preferences = Preferences(settings)
    furnishing = Furnishing(window, open_library, preferences, config.resources_folder())
    window.keep_alive(furnishing)
    if lacks:
        furnishing.remark(" ".join(sentence for lack in lacks for sentence in lack_words(lack)))
    for warning in warnings:
        furnishing.say(Failed(0, warning, ""))
    if failure is not None:
        furnishing.say(failure)
        if furnishing.workspace is not None:
            return furnishing  # else it asks for the passphrase first
    furnishing.begin()
    return furnishing
