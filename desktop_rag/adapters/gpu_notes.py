"""What went wrong with a GPU, kept on the disk so that it is not done again at each start.

The key of a note tells all that it depends on: library and driver by their versions, the model by
its hash. When one of them changes, the note counts no more. What worked is not kept: it is tried
anew in each process, since only a trial of today says that the driver is in order today.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from desktop_rag.adapters.untrusted_replies import checked_words
from desktop_rag.privacy.permissions import private_folder, write_private

_MOST_BYTES = 65_536
_MOST_NOTES = 32
_MOST_DEATHS = 2  # the first may have been somebody else's doing
_FAILED, _DEATHS, _WORKING = "failed", "deaths", "working"
Note = dict[str, object]


def key_of(*depends_on: str) -> str:
    """A short name for all that a note depends on."""
    return hashlib.sha256("\n".join(depends_on).encode()).hexdigest()[:24]


class GpuNotes:
    """Notes in one file, for its owner alone. A file that cannot be read or written tells nothing.

    The programs of one user share it; the last to write wins.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()

    def failure(self, key: str) -> str:
        """Why a GPU is not to be used with this, "" if nothing is known against it."""
        note = self._read().get(key, {})
        if _deaths(note) >= _MOST_DEATHS:
            return "the program ended twice while the GPU computed"
        return checked_words(note.get(_FAILED)) or ""

    def note_failure(self, key: str, words: str) -> None:
        self._write(key, {_FAILED: words})

    def forget(self) -> None:
        """The user wants it tried again."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    @contextmanager
    def working(self, key: str) -> Iterator[None]:
        """While the GPU computes in this process; if that ends the process, the note stays."""
        before = self._read().get(key)
        self._write(key, {_WORKING: os.getpid(), _DEATHS: _deaths(before or {})})
        try:
            yield
        finally:
            self._write(key, None)

    def _read(self) -> dict[str, Note]:
        try:
            with self._file.open("rb") as stream:
                untrusted = json.loads(stream.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(untrusted, dict):
            return {}
        return {key: note for key, note in untrusted.items() if isinstance(note, dict)}

    def _write(self, key: str, note: Note | None) -> None:
        """Put the note in, as the newest; None takes it out."""
        with self._lock, suppress(OSError):
            notes = self._read()
            notes.pop(key, None)
            if note is not None:
                notes[key] = note
            kept = dict(list(notes.items())[-_MOST_NOTES:])
            private_folder(self._file.parent)
            write_private(self._file, json.dumps(kept))


def _deaths(note: Note) -> int:
    """Those that were counted, and one more if whoever was working is no more."""
    count, worker = note.get(_DEATHS, 0), note.get(_WORKING)
    known = count if isinstance(count, int) else 0
    return known + (isinstance(worker, int) and not _is_alive(worker))


def _is_alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # asking there would end it
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
