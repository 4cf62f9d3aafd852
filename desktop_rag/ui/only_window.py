"""One window for each library: a second start brings the first window to the front."""

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

from desktop_rag.privacy.permissions import private_folder

_MOST_BYTES = 16_777_216  # more than a command line can hold, in JSON
_MOST_PATH_LETTERS = 4_096  # limits.h, PATH_MAX
_PATIENCE_S = 5.0


class OnlyWindow(QObject):
    """Holds the library for this window, unless another has it.

    A lock that a crash left is taken over. The others call through a socket of the file system,
    in a folder that is open to the owner alone. What they send is taken to be anything: of it
    absolute paths are kept, and who sends nothing, or too much, is not waited for.

    Signals:
        wanted(): somebody started the program again.
        offered(paths): and named these files, to be added.
    """

    wanted = Signal()
    offered = Signal(object)

    def __init__(self, library_folder: Path) -> None:
        super().__init__()
        private_folder(library_folder)
        self._lock = QLockFile(str(library_folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the death of its program ends it
        self._address = _address(library_folder)
        self.is_first = self._lock.tryLock(0)
        if self.is_first:
            self._listen()

    def call(self, paths: Sequence[Path] = ()) -> bool:
        """Bring the first window to the front, with files to add; whether it was heard."""
        with suppress(OSError, EOFError), Client(self._address) as first:
            first.send_bytes(json.dumps([str(path) for path in paths]).encode())
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
        """A thread for each caller: one that falls silent keeps no other out."""
        while True:
            try:
                caller = listener.accept()
            except (OSError, EOFError):
                return
            self.wanted.emit()
            threading.Thread(target=self._take, args=(caller,), daemon=True).start()

    def _take(self, caller: Connection) -> None:
        with suppress(OSError, EOFError), caller:
            if caller.poll(_PATIENCE_S):
                paths = paths_in(caller.recv_bytes(_MOST_BYTES))
                if paths:
                    self.offered.emit(paths)


def paths_in(untrusted_message: bytes) -> list[Path]:
    """The absolute paths that a caller named; none if the message is anything else."""
    try:
        untrusted = json.loads(untrusted_message)
    except (ValueError, RecursionError):
        return []
    if not isinstance(untrusted, list) or not all(isinstance(item, str) for item in untrusted):
        return []
    return [Path(text) for text in untrusted if _is_path(text)]


def _is_path(untrusted_text: str) -> bool:
    if len(untrusted_text) > _MOST_PATH_LETTERS or "\0" in untrusted_text:
        return False
    return Path(untrusted_text).is_absolute()


def _address(library_folder: Path) -> str:
    """Where the first window listens; on Windows a pipe that is named after the folder."""
    if sys.platform == "win32":
        import hashlib

        name = hashlib.sha256(str(library_folder).encode()).hexdigest()[:32]
        return rf"\\.\pipe\desktop-rag-{name}"
    return str(library_folder / "window.sock")
