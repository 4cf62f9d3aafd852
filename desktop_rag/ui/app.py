"""Open the window: its frame first, what fills it after the first paint."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_rag.errors import SettingsError
from desktop_rag.ui.main_window import MainWindow

if TYPE_CHECKING:
    from desktop_rag.config import Settings
    from desktop_rag.engine.process import OpenLibrary
    from desktop_rag.ui.only_window import OnlyWindow

    LoadSettings = Callable[[], tuple[Settings, list[str]]]


_DESKTOP_ID = "org.desktoprag.DesktopRag"  # by it the desktop finds our name and icon


def open_window(open_library: "OpenLibrary", load_settings: "LoadSettings") -> int:
    """Show the window at once, start the engine beside it, and return the exit code.

    If another window has this library, that one is brought to the front instead.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("desktop-rag")
    application.setApplicationDisplayName("Desktop RAG")
    application.setDesktopFileName(_DESKTOP_ID)
    window = MainWindow()
    held: list[OnlyWindow] = []

    def furnish() -> None:
        from desktop_rag.privacy import crash_output

        crash_output.silence()  # what Qt needs to say about a screen it has said by now
        from desktop_rag.config import resources_folder
        from desktop_rag.ui.furnishing import furnish

        application.setWindowIcon(QIcon(str(resources_folder() / "icons" / "desktop-rag.svg")))

        only = _only_window(load_settings)
        if only is not None and not only.is_first:
            only.call()
            window.close()
            return
        if only is not None:
            only.wanted.connect(window.bring_to_front)
            held.append(only)
        furnish(window, open_library, load_settings)

    window.painted.connect(furnish)
    window.show()
    return application.exec()


def _only_window(load_settings: "LoadSettings") -> "OnlyWindow | None":
    """None if the settings are refused or the folder cannot be used: that is said later."""
    from desktop_rag.ui.only_window import OnlyWindow

    try:
        return OnlyWindow(load_settings()[0].library_folder)
    except (SettingsError, OSError):
        return None
