"""What happens in folders, told by the operating system, or found by looking now and then."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

_POLL_S = 60.0
_KINDS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_SUFFIXES = (".pdf", ".eml", ".msg")
_MOUNTS = Path("/proc/self/mounts")
# The kernel tells nothing of what other computers do there.
_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs davfs fuse.sshfs fuse.rclone fuse.gvfsd-fuse"
    " fuse.davfs2 fuse.glusterfs vboxsf virtiofs".split()
)


class WatchdogFolderEvents:
    """A `ports.FolderEvents`.

    Folders on a network drive, and those for which the system has no watches left, are looked
    through every `poll_s` seconds.
    """

    def __init__(self, poll_s: float = _POLL_S) -> None:
        self._poll_s = poll_s
        self._lock = Lock()
        self._native: BaseObserver | None = None
        self._polling: BaseObserver | None = None
        self._watches: dict[Path, tuple[BaseObserver, ObservedWatch]] = {}

    def follow(self, folder: Path, happened: Callable[[Path], None]) -> None:
        self.leave(folder)
        with self._lock:
            if is_on_network(folder):
                self._schedule(self._polling_observer(), folder, happened)
                return
            try:
                self._schedule(self._native_observer(), folder, happened)
            except OSError:  # ENOSPC, EMFILE: the user's watches are used up
                self._schedule(self._polling_observer(), folder, happened)

    def leave(self, folder: Path) -> None:
        with self._lock:
            observer, watch = self._watches.pop(folder, (None, None))
            if observer is not None and watch is not None:
                with suppress(KeyError, OSError):
                    observer.unschedule(watch)

    def close(self) -> None:
        with self._lock:
            observers = [one for one in (self._native, self._polling) if one is not None]
            self._native = self._polling = None
            self._watches.clear()
        for observer in observers:
            observer.stop()
        for observer in observers:
            observer.join()

    def is_polled(self, folder: Path) -> bool:
        """Whether the folder is looked through, and the system does not tell."""
        return folder in self._watches and self._watches[folder][0] is self._polling

    def _schedule(
        self, observer: BaseObserver, folder: Path, happened: Callable[[Path], None]
    ) -> None:
        handler = _Handler(happened)
        watch = observer.schedule(handler, str(folder), recursive=True, event_filter=_KINDS)
        self._watches[folder] = observer, watch

    def _native_observer(self) -> BaseObserver:
        if self._native is None:
            self._native = Observer()
            self._native.start()
        return self._native

    def _polling_observer(self) -> BaseObserver:
        if self._polling is None:
            self._polling = PollingObserver(timeout=self._poll_s)
            self._polling.start()
        return self._polling


class _Handler(FileSystemEventHandler):
    """Passes on what happens to folders, and to files that the library could read."""

    def __init__(self, happened: Callable[[Path], None]) -> None:
        self._happened = happened

    def on_any_event(self, event: FileSystemEvent) -> None:
        for name in (event.src_path, event.dest_path):
            path = name.decode() if isinstance(name, bytes) else name
            if path and (event.is_directory or path.lower().endswith(_SUFFIXES)):
                self._happened(Path(path))


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder lies on another computer; where the system does not tell: no."""
    if sys.platform != "linux":
        return False
    best, kind = "", ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    for line in lines:
        fields = line.split(" ")
        place = _unescaped(fields[1])
        if len(place) >= len(best) and folder.is_relative_to(place):
            best, kind = place, fields[2]
    return kind in _NETWORK


def _unescaped(place: str) -> str:
    """The list of mounts writes a space as 040 after a backslash, and some others so too."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, letter)
    return place
