"""Open the window: its frame first, what fills it after the first paint."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop_rag.ui.main_window import MainWindow

if TYPE_CHECKING:
    from desktop_rag.config import Settings
    from desktop_rag.engine.process import OpenAssistant


def open_window(
    open_assistant: "OpenAssistant",
    load_settings: "Callable[[], tuple[Settings, list[str]]]",
) -> int:
    """Show the window at once, start the engine beside it, and return the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("desktop-rag")
    application.setApplicationDisplayName("Desktop RAG")
    window = MainWindow()

    def furnish() -> None:
        from desktop_rag.privacy import crash_output

        crash_output.silence()  # what Qt needs to say about a screen it has said by now
        from desktop_rag.ui.furnishing import furnish

        furnish(window, open_assistant, load_settings)

    window.painted.connect(furnish)
    window.show()
    return application.exec()
