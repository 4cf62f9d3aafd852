"""One window for each library: a second start brings the first window to the front."""

import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

from desktop_rag.privacy.permissions import private_folder


class OnlyWindow(QObject):
    """Holds the library for this window, unless another has it.

    A lock that a crash left is taken over. The others call through a socket of the file system,
    in a folder that is open to the owner alone.

    Signals:
        wanted(): somebody started the program again.
    """

    wanted = Signal()

    def __init__(self, library_folder: Path) -> None:
        super().__init__()
        private_folder(library_folder)
        self._lock = QLockFile(str(library_folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the death of its program ends it
        self._address = _address(library_folder)
        self.is_first = self._lock.tryLock(0)
        if self.is_first:
            self._listen()

    def call(self) -> bool:
        """Bring the first window to the front; whether it was heard."""
        with suppress(OSError, EOFError):
            Client(self._address).close()
            return True
        return False

    def _listen(self) -> None:
        Path(self._address).unlink(missing_ok=True)
        try:
            listener = Listener(self._address)
        except OSError:
            return  # the path is too long, or the disk knows no sockets: nobody can call
        threading.Thread(target=self._hear, args=(listener,), daemon=True).start()

    def _hear(self, listener: Listener) -> None:
        while True:
            try:
                listener.accept().close()
            except (OSError, EOFError):
                return
            self.wanted.emit()


def _address(library_folder: Path) -> str:
    """Where the first window listens; on Windows a pipe that is named after the folder."""
    if sys.platform == "win32":
        import hashlib

        name = hashlib.sha256(str(library_folder).encode()).hexdigest()[:32]
        return rf"\\.\pipe\desktop-rag-{name}"
    return str(library_folder / "window.sock")
