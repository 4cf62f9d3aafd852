"""Open the window: its frame first, what fills it after the first paint."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QIcon

from desktop_rag.errors import SettingsError
from desktop_rag.needs.checking import FindLacks, lacks_of_machine
from desktop_rag.ui.accessible import mend_scroll_areas
from desktop_rag.ui.collecting import Collector
from desktop_rag.ui.handed_files import HandedFiles
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.screen import EndWith, make_application

if TYPE_CHECKING:
    from desktop_rag.config import Settings
    from desktop_rag.engine.process import OpenLibrary
    from desktop_rag.needs.lack import Lack
    from desktop_rag.ui.only_window import OnlyWindow

    LoadSettings = Callable[[], tuple[Settings, list[str]]]


_DESKTOP_ID = "org.desktoprag.DesktopRag"  # by it the desktop finds our name and icon


def open_window(
    open_library: "OpenLibrary",
    load_settings: "LoadSettings",
    end_with: EndWith,
    paths: Sequence[Path] = (),
    find_lacks: FindLacks = lacks_of_machine,
) -> int:
    """Show the window at once, start the engine beside it, and return the exit code.

    If another window has this library, that one is brought to the front instead. `paths` are
    offered to be added, there or here. `end_with`: as `make_application`.
    """
    application = make_application(end_with)
    application.setApplicationName("desktop-rag")
    application.setApplicationDisplayName("Desktop RAG")
    application.setDesktopFileName(_DESKTOP_ID)
    mend_scroll_areas()
    Collector(application)
    window = MainWindow()
    handed = HandedFiles(application)
    opening = _Opening(window, open_library, load_settings, paths, handed, find_lacks)
    window.painted.connect(opening.go_on)
    window.show()
    code = application.exec()
    return 1 if opening.was_refused else code


class _Opening:
    """What happens after the first paint.

    Attributes:
        was_refused: the program cannot start on this computer, and has said so.
    """

    def __init__(
        self,
        window: MainWindow,
        open_library: "OpenLibrary",
        load_settings: "LoadSettings",
        paths: Sequence[Path],
        handed: HandedFiles,
        find_lacks: FindLacks,
    ) -> None:
        self._window = window
        self._open_library = open_library
        self._load_settings = load_settings
        self._paths = paths
        self._handed = handed
        self._find_lacks = find_lacks
        self._only: OnlyWindow | None = None
        self.was_refused = False

    def go_on(self) -> None:
        """Fill the window, or say why not and close it, or call the one that is there."""
        from desktop_rag.config import resources_folder
        from desktop_rag.privacy import crash_output

        crash_output.silence()  # what Qt needs to say about a screen it has said by now
        icon = resources_folder() / "icons" / "desktop-rag.svg"
        QGuiApplication.setWindowIcon(QIcon(str(icon)))
        settings = self._settings()
        lacks = self._lacks(settings)
        stopping = [lack for lack in lacks if lack.stops]
        if stopping:
            from desktop_rag.ui.refusal import refuse

            self.was_refused = True
            refuse(self._window, stopping, settings)
            self._window.close()
            return
        only = self._only = _only_window(settings.library_folder)
        if only is not None and not only.is_first:
            only.call(self._paths)
            self._window.close()
            return
        self._furnish(lacks)

    def _furnish(self, lacks: "Sequence[Lack]") -> None:
        from desktop_rag.ui.furnishing import furnish

        furnishing = furnish(self._window, self._open_library, self._load_settings, lacks)
        if self._only is not None:
            self._only.wanted.connect(self._window.bring_to_front)
            self._only.offered.connect(furnishing.offer)
        furnishing.offer(self._paths)
        self._handed.give_to(furnishing.offer)

    def _settings(self) -> "Settings":
        """The default ones if the file is refused: that is said later.

        They are read once: a damaged file is set aside and told of by the first who reads it.
        """
        from desktop_rag import config

        try:
            loaded = self._load_settings()
        except SettingsError:
            return config.defaults()
        self._load_settings = lambda: loaded
        return loaded[0]

    def _lacks(self, settings: "Settings") -> "list[Lack]":
        """Folders are tried only on a machine that can start the program."""
        from desktop_rag.needs.folders import lacks_of_folders

        lacks = [*self._find_lacks()]
        if not any(lack.stops for lack in lacks):
            lacks += lacks_of_folders(settings.data_folder, settings.library_folder)
        return lacks


def _only_window(library_folder: Path) -> "OnlyWindow | None":
    """None if the folder cannot be used: that is said later."""
    from desktop_rag.ui.only_window import OnlyWindow

    try:
        return OnlyWindow(library_folder)
    except OSError:
        return None
