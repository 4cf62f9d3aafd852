"""The watched folders while the program runs: what changes in them is told when it is at rest."""

import os
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Condition

from desktop_rag.domain import FolderChanged
from desktop_rag.ports import FolderEvents, WatchedFolderStore

_REST_S = 2.0
_LOOK_S = 30.0
_TICK_S = 0.5
_MOST_WAIT_S = 60.0
_MOST_STAMPS = 200
_Stamp = tuple[int, int] | None


@dataclass(slots=True)
class _Unrest:
    """What goes on in a folder: since when, when last, and how its latest files look (seconds)."""

    first: float
    last: float
    stamps: dict[Path, _Stamp] = field(default_factory=dict)

    def touch(self, path: Path, now: float) -> None:
        self.last = now
        self.stamps.pop(path, None)
        self.stamps[path] = _stamp(path)
        if len(self.stamps) > _MOST_STAMPS:
            del self.stamps[next(iter(self.stamps))]

    def is_over(self, now: float, rest: float) -> bool:
        """Whether nothing grows any more: a file that is copied in is not read by halves."""
        for path, before in self.stamps.items():
            if (stamp := _stamp(path)) != before:
                self.stamps[path], self.last = stamp, now
        return now - self.last >= rest or now - self.first >= _MOST_WAIT_S


class LiveFolders:
    """Follows the watched folders; one on a drive that is not there is looked for again.

    `rest_s`: seconds without a change before a folder is told; `look_s`: seconds between two looks
    for the folders themselves, the only thing that is done while nothing happens.
    """

    def __init__(
        self,
        store: WatchedFolderStore,
        events: FolderEvents,
        *,
        rest_s: float = _REST_S,
        look_s: float = _LOOK_S,
    ) -> None:
        self._store = store
        self._events = events
        self._rest_s = rest_s
        self._look_s = look_s
        self._known: dict[Path, tuple[int, int] | None] = {}
        self._unrest: dict[Path, _Unrest] = {}
        self._next_look = 0.0
        self._news = Condition()  # guards all below
        self._touched: list[tuple[Path, Path]] = []
        self._renew = False
        self._closed = False

    def changes(self) -> Generator[FolderChanged, None, None]:
        """Yield each folder once it is followed, and when it has changed, gone or come back.

        What was new before is found by reading it then. Ends with `close` alone.
        """
        try:
            yield from map(FolderChanged, self._look_for_folders())
            while self._wait():
                now = time.monotonic()
                if now >= self._next_look:
                    yield from map(FolderChanged, self._look_for_folders())
                for folder in [f for f, one in self._unrest.items() if self._is_over(one, now)]:
                    del self._unrest[folder]
                    yield FolderChanged(folder)
        finally:
            for folder in self._known:
                self._events.leave(folder)
            self._known.clear()

    def renew(self) -> None:
        """The list of watched folders is another."""
        with self._news:
            self._renew = True
            self._news.notify()

    def close(self) -> None:
        """End `changes`, and whatever it keeps running."""
        with self._news:
            self._closed = True
            self._news.notify()
        self._events.close()

    def _wait(self) -> bool:
        """Wait for news, or until something is due; False at the end."""
        with self._news:
            self._news.wait_for(
                lambda: self._touched or self._renew or self._closed, self._patience()
            )
            touched, self._touched = self._touched, []
            if self._renew:
                self._renew, self._next_look = False, 0.0
            closed = self._closed
        now = time.monotonic()
        for folder, path in touched:
            self._unrest.setdefault(folder, _Unrest(now, now)).touch(path, now)
            if path == folder:
                self._next_look = 0.0
        return not closed

    def _patience(self) -> float | None:
        if self._unrest:
            return min(_TICK_S, self._rest_s)
        return max(self._next_look - time.monotonic(), 0.0) if self._known else None

    def _is_over(self, unrest: _Unrest, now: float) -> bool:
        return unrest.is_over(now, self._rest_s)

    def _look_for_folders(self) -> Iterator[Path]:
        """Follow what is there; returns folders that are new, went, came back, or are others."""
        wanted = {folder.path for folder in self._store.folders()}
        for folder in set(self._known) - wanted:
            self._events.leave(folder)
            del self._known[folder]
            self._unrest.pop(folder, None)
        changed: list[Path] = []
        for folder in sorted(wanted):
            identity = _identity(folder)
            is_new = folder not in self._known
            if is_new or identity != self._known[folder]:
                self._known[folder] = self._followed(folder, identity)
                changed += [folder] if is_new or self._known[folder] == identity else []
        self._next_look = time.monotonic() + self._look_s
        return iter(changed)

    def _followed(self, folder: Path, identity: tuple[int, int] | None) -> tuple[int, int] | None:
        """Follow the folder if it is there; None if it cannot be, to be tried again."""
        self._events.leave(folder)
        if identity is not None:
            with suppress(OSError):
                self._events.follow(folder, partial(self._note, folder))
                return identity
        return None

    def _note(self, folder: Path, path: Path) -> None:
        with self._news:
            self._touched.append((folder, path))
            self._news.notify()


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder it is: a drive that is put up gives its place another; None: not there."""
    try:
        with os.scandir(folder) as entries:
            next(entries, None)
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
