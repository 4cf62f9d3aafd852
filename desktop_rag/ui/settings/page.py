"""What every page of the settings has."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QTreeWidget, QVBoxLayout, QWidget

from desktop_rag.engine.messages import Failed
from desktop_rag.errors import SettingsError
from desktop_rag.ui.parts import label, quiet_label
from desktop_rag.ui.preferences import Preferences

_LEAST_TABLE_HEIGHT = 120


class SettingsPage(QWidget):
    """A page with a title; `body` takes what is below it.

    Signals:
        problem(failed): something could not be done.
    """

    problem = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.setObjectName("column")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 4, 12, 12)
        self.body.setSpacing(10)
        self.body.addWidget(label(title, "title"))

    def load(self) -> None:
        """Called whenever the page is shown: ask the engine for what it shows."""

    def change(self, preferences: Preferences, key: str, value: str | int | bool) -> None:
        """Put a setting in force, or say why it cannot be kept."""
        try:
            preferences.change(key, value)
        except SettingsError as error:
            self.problem.emit(Failed(0, error.message, error.hint))


def set_by_administrator() -> str:
    """Why a setting cannot be changed."""
    return QCoreApplication.translate("SettingsPage", "Set by your administrator")


def governed(preferences: Preferences, key: str, control: QWidget) -> QWidget:
    """The control of a setting; greyed, with the reason below it, if users may not change it."""
    if key not in preferences.settings.locked:
        return control
    reason = set_by_administrator()
    control.setEnabled(False)
    control.setToolTip(reason)
    control.setAccessibleDescription(reason)
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(control)
    layout.addWidget(quiet_label(reason))
    return both


def table(name: str, heads: list[str]) -> QTreeWidget:
    """An empty table; `name` is what a screen reader calls it."""
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setHeaderLabels(heads)
    made.setMinimumHeight(_LEAST_TABLE_HEIGHT)
    return made
