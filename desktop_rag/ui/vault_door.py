"""Which vault the window is in, if any, and what locks it, or the program."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

from desktop_rag.domain import VaultKey
from desktop_rag.privacy.app_lock import AppLock
from desktop_rag.ui.clipboard import clear_ours
from desktop_rag.ui.idle_watch import IdleWatch
from desktop_rag.ui.preferences import Preferences

_PATH, _INTERFACE = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class VaultDoor(QObject):
    """Locks by hand, when nobody is there, before the machine sleeps, and after it slept.

    The key is not kept here: whoever hears `entered` has it.

    Attributes:
        vault_id, number: of the vault that is open; "" and 0 outside of one.
        app_lock: the lock of the program.

    Signals:
        entered(key): a vault was opened; the window is to show it.
        left(): it is to be locked now.
        shut(): the whole program is to be locked now.
    """

    entered = Signal(object)
    left = Signal()
    shut = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.vault_id = ""
        self.number = 0
        self.app_lock = AppLock(preferences.settings.data_folder)
        self.idle = IdleWatch(lambda: preferences.settings.lock_after_minutes * 60.0)
        self.idle.expired.connect(self.leave)
        self.watch()
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
        if self.is_open:
            clear_ours()
        self.vault_id, self.number = key.vault_id, number
        self.watch()
        self.entered.emit(key)

    def watch(self) -> None:
        """Watch whether anybody is there, if there is anything to lock."""
        if self.is_open or self.app_lock.is_on:
            self.idle.start()
        else:
            self.idle.stop()

    def lock(self) -> None:
        """Leave the vault, if the window is in one, for the open library."""
        if self.is_open:
            self._forget()
            self.left.emit()

    def leave(self) -> None:
        """Nobody is there: lock the program if it has a lock, else the vault."""
        if not self.app_lock.is_on:
            self.lock()
            return
        self._forget()
        self.idle.stop()
        self.shut.emit()

    def close(self) -> None:
        """The window is closed: there is nothing left to lock, also when the machine wakes."""
        self.idle.stop()
        self.blockSignals(True)
        if self.is_open:
            clear_ours()

    def _forget(self) -> None:
        """The vault, and what was copied from it."""
        self.vault_id, self.number = "", 0
        self.watch()
        clear_ours()

    @Slot(bool)
    def _sleep(self, is_about_to: bool) -> None:
        if is_about_to:
            self.leave()
