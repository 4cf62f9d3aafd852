"""The words of the window in the language of the settings."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_LANGUAGES = ("en", "de", "fr")


class Translations:
    """Loads the words of a language, and takes those of the one before out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: list[QTranslator] = []

    def use(self, wanted: str) -> None:
        """Load the words of a language, or of the system's; English too, for its plurals."""
        self.forget()
        system = QLocale.system().name()[:2]
        language = wanted if wanted != "system" else system
        language = language if language in _LANGUAGES else "en"
        QLocale.setDefault(QLocale(language) if wanted != "system" else QLocale.system())
        of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        own = str(self._folder)
        for name, folder in ((f"desktop_rag_{language}", own), (f"qtbase_{language}", of_qt)):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._loaded.append(translator)

    def forget(self) -> None:
        """Leave the application as it was found."""
        for translator in self._loaded:
            QCoreApplication.removeTranslator(translator)
        self._loaded = []
