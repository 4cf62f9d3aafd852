"""Open the window."""

import sys

from PySide6.QtWidgets import QApplication

from desktop_rag.engine.process import OpenAssistant
from desktop_rag.ui import theme
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.main_window import MainWindow


def open_window(open_assistant: OpenAssistant) -> int:
    """Show the window at once, start the engine beside it, and return the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("desktop-rag")
    application.setApplicationDisplayName("Desktop RAG")
    engine = EngineLink(open_assistant)
    engine.start()
    window = MainWindow(engine, theme.current())
    window.show()
    return application.exec()
