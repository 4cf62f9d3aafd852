"""Why the program cannot start on this computer, in a dialog above its empty frame."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop_rag.config import Settings, resources_folder
from desktop_rag.needs.lack import Lack
from desktop_rag.ui import theme
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.lack_words import lack_words
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.parts import label
from desktop_rag.ui.preferences import Preferences
from desktop_rag.ui.translations import Translations


class Refusal(Sheet):
    """Each thing that is lacking, with what to do about it."""

    def __init__(self, window: MainWindow, lacks: Sequence[Lack]) -> None:
        title = QCoreApplication.translate("Refusal", "Desktop RAG cannot start here")
        super().__init__(window, title)
        for lack in lacks:
            message, hint = lack_words(lack)
            self.body.addWidget(label(message, "text"))
            self.body.addWidget(label(self.tr("What to do"), "section"))
            self.body.addWidget(label(hint, "text"))
        self.setAccessibleDescription(" ".join(part for one in lacks for part in lack_words(one)))
        self.add_accept(self.tr("Quit")).setFocus()


def refuse(window: MainWindow, lacks: Sequence[Lack], settings: Settings) -> None:
    """Say what is lacking, in the language and look of the settings, until it was read."""
    resources = resources_folder()
    translations = Translations(resources / "translations")
    translations.use(settings.language)
    theme.dress(Preferences(settings).look, resources / "icons")
    Refusal(window, lacks).exec()
    translations.forget()
