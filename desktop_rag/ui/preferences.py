"""The settings as the window uses them: read once, changed one by one, in force at once."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_rag import config
from desktop_rag.config import Settings
from desktop_rag.ui.theme import Look, choose

_OF_THE_ENGINE = frozenset(
    {
        "embedder",
        "reranker",
        "language_model",
        "threads",
        "quiet_on_battery",
        "device",
        "ocr",
        "answer_tokens",
        "answers",
    }
)


class Preferences(QObject):
    """The settings in force.

    Signals:
        look_changed(look): appearance or text size.
        language_changed(): the words of the window.
        engine_changed(): something that the engine reads when it starts.
    """

    look_changed = Signal(object)
    language_changed = Signal()
    engine_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    @property
    def look(self) -> Look:
        """Colours and size of text."""
        return Look(choose(self.settings.appearance), self.settings.text_size)

    @property
    def library_folder(self) -> Path:
        """Where the library lies."""
        return self.settings.library_folder

    def change(self, key: str, value: str | int | bool) -> None:
        """Write a setting and put it in force. Raises SettingsError; nothing is changed then."""
        if getattr(self.settings, key) == value:
            return
        config.save(self.settings.settings_file, {key: value})
        self.settings = config.load(self.settings.library_folder)[0]
        if key in ("appearance", "text_size"):
            self.look_changed.emit(self.look)
        elif key == "language":
            self.language_changed.emit()
        elif key in _OF_THE_ENGINE:
            self.engine_changed.emit()
