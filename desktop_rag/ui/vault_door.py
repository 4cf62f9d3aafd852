"""Which vault the window is in, if any, and what makes it leave."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication

from desktop_rag.domain import VaultKey
from desktop_rag.ui.idle_watch import IdleWatch
from desktop_rag.ui.preferences import Preferences

_PATH, _INTERFACE = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class VaultDoor(QObject):
    """Locks by hand, when nobody is there, before the machine sleeps, and after it slept.

    The key is not kept here: whoever hears `entered` has it.

    Attributes:
        vault_id, number: of the vault that is open; "" and 0 outside of one.

    Signals:
        entered(key): a vault was opened; the window is to show it.
        left(): it is to be locked now.
    """

    entered = Signal(object)
    left = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.vault_id = ""
        self.number = 0
        self.idle = IdleWatch(lambda: preferences.settings.lock_after_minutes * 60.0)
        self.idle.expired.connect(self.lock)
        # Linux: the system says so just before it sleeps. Elsewhere, and without it, the watch
        # notices afterwards.
        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            bus.connect("", _PATH, _INTERFACE, "PrepareForSleep", self, b"1_sleep(bool)")

    @property
    def is_open(self) -> bool:
        """Whether the window is in a vault."""
        return bool(self.vault_id)

    def enter(self, key: VaultKey, number: int) -> None:
        """Show this vault instead of what is shown."""
        self.vault_id, self.number = key.vault_id, number
        self.idle.start()
        self.entered.emit(key)

    def lock(self) -> None:
        """Leave the vault, and what was copied from it."""
        if not self.is_open:
            return
        self.idle.stop()
        self.vault_id, self.number = "", 0
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.left.emit()

    @Slot(bool)
    def _sleep(self, is_about_to: bool) -> None:
        if is_about_to:
            self.lock()
