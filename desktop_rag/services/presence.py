"""What became of the files: there, gone, or on a drive that is not there. Nothing is removed."""

import os
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from desktop_rag.domain import DocumentFile, FileState, PageProgress
from desktop_rag.ports import Ledger

# Where drives are put up: a folder straight below is the drive itself.
_SHELVES = frozenset(map(Path, ("/media", "/run/media", "/mnt", "/net", "/Volumes")))
_SHELVES_OF_USERS = frozenset(map(Path, ("/media", "/run/media")))
_GVFS = "gvfs"
_NO_SIGN_OF_LIFE = frozenset(
    {"desktop.ini", "thumbs.db", "lost+found", "system volume information"}
)

Result = TypeVar("Result")


@dataclass(slots=True)
class _Seen:
    """What a look found so far.

    Attributes:
        states: of the files that are decided.
        absent: files that are not found, by folder; whether the folder itself is there.
        devices: for each folder, the drives on which a known file below it is there.
    """

    states: dict[Path, FileState] = field(default_factory=dict)
    absent: dict[Path, tuple[list[Path], bool]] = field(default_factory=dict)
    devices: defaultdict[Path, set[int]] = field(default_factory=lambda: defaultdict(set))


class Presence:
    """Looks whether the library's files are where they were, and notes it in the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def look(
        self, files: Sequence[DocumentFile], roots: Collection[Path]
    ) -> Generator[PageProgress, None, list[DocumentFile]]:
        """Yield how many files are looked at; note what changed, and return it as it is now.

        `roots` are the watched folders. A drive that answers slowly takes as long as it takes.
        """
        states = yield from look_for([file.path for file in files], roots)
        return self._note(replace(file, state=states[file.path]) for file in files)

    def look_outside(
        self, roots: Collection[Path]
    ) -> Generator[PageProgress, None, tuple[str, ...]]:
        """As `look`, at all files outside of the watched folders: those are looked at when read.

        Returns the ids of documents of which something changed.
        """
        files = [file for file in self._ledger.files() if root_of(file.path, roots) is None]
        changed = yield from self.look(files, roots)
        return tuple(dict.fromkeys(file.document_id for file in changed))

    def under(self, folder: Path) -> list[DocumentFile]:
        """The library's files in a folder and below it."""
        return [file for file in self._ledger.files() if file.path.is_relative_to(folder)]

    def note_offline(self, folder: Path) -> list[DocumentFile]:
        """Note that the drive of a folder is not there; returns the files that were there."""
        return self._note(replace(file, state=FileState.OFFLINE) for file in self.under(folder))

    def _note(self, files: Iterable[DocumentFile]) -> list[DocumentFile]:
        before = {file.path: file.state for file in self._ledger.files()}
        changed = [file for file in files if before.get(file.path, file.state) is not file.state]
        if changed:
            self._ledger.set_states({file.path: file.state for file in changed})
        return changed


def look_for(
    paths: Sequence[Path], roots: Collection[Path], alive: Sequence[Path] = ()
) -> Generator[PageProgress, None, dict[Path, FileState]]:
    """What became of files: yield how many are looked at, return the state of each.

    A file is gone if its folder can be read, holds other things, and the file is not among them.
    Where the whole folder vanished or is empty, it is gone only if another known file (or one of
    `alive`) is still there on the same drive below a folder around it, not beyond the watched
    folder and never beyond the place where drives are put up. All else is a drive that is not
    there: an unplugged stick leaves no folder, or an empty one.
    """
    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    seen = _Seen()
    for path in alive:
        _note_life(path.parent, seen)
    done = 0
    for folder, inside in folders.items():
        _look_into(folder, inside, seen)
        done += len(inside)
        yield PageProgress(done, len(paths))
    for folder, (absent, is_there) in seen.absent.items():
        state = _judge(folder, is_there, root_of(folder, roots), seen.devices)
        seen.states |= dict.fromkeys(absent, state)
    return seen.states


def finished(look: Generator[PageProgress, None, Result]) -> Result:
    """The result of a look that nobody wants to stop."""
    while True:
        try:
            next(look)
        except StopIteration as end:
            result: Result = end.value
            return result


def lost_files(files: Sequence[DocumentFile]) -> dict[Path, str]:
    """A sentence for each file that is not to be found at present; nothing is noted."""
    sentences = {
        FileState.MISSING: "the file is not there any more.",
        FileState.OFFLINE: "the file is offline: its drive or folder is not there.",
    }
    states = finished(look_for([file.path for file in files], ()))
    return {
        path: f"{path}: {sentences[state]}" for path, state in states.items() if state in sentences
    }


def is_there(folder: Path) -> bool:
    """Whether a watched folder can be read, and is no empty place where its drive should be."""
    try:
        return any(map(_is_sign_of_life, os.listdir(folder)))  # noqa: PTH208 - names are enough
    except OSError:
        return False


def root_of(path: Path, roots: Iterable[Path]) -> Path | None:
    """The outermost watched folder that a path lies in, or is."""
    return min((root for root in roots if path.is_relative_to(root)), key=_depth, default=None)


def holds_drives(folder: Path) -> bool:
    """Whether drives are put up straight below this folder."""
    return (
        folder == folder.parent
        or folder in _SHELVES
        or folder.parent in _SHELVES_OF_USERS
        or folder.name == _GVFS
    )


def _look_into(folder: Path, paths: Sequence[Path], seen: _Seen) -> None:
    try:
        names = frozenset(os.listdir(folder))  # noqa: PTH208 - one look for all files in it
    except (FileNotFoundError, NotADirectoryError):
        seen.absent[folder] = ([*paths], False)
        return
    except OSError:
        seen.states |= dict.fromkeys(paths, FileState.OFFLINE)
        return
    gone: list[Path] = []
    for path in paths:
        state = _state_of(path, names)
        if state is FileState.MISSING:
            gone.append(path)
        else:
            seen.states[path] = state
    if len(gone) < len(paths):
        _note_life(folder, seen)
    if any(map(_is_sign_of_life, names)):
        seen.states |= dict.fromkeys(gone, FileState.MISSING)
    elif gone:
        seen.absent[folder] = (gone, True)


def _state_of(path: Path, names: Collection[str]) -> FileState:
    """The state of a file whose folder holds these names: links may lead to another drive."""
    if path.name in names and not path.is_symlink():
        return FileState.PRESENT
    try:
        path.stat()  # some file systems know a name in other spellings too
    except (FileNotFoundError, NotADirectoryError):
        return FileState.OFFLINE if path.name in names else FileState.MISSING
    except OSError:
        return FileState.OFFLINE
    return FileState.PRESENT


def _judge(
    folder: Path, is_there: bool, root: Path | None, devices: Mapping[Path, set[int]]
) -> FileState:
    """The state of all files of a folder that vanished, or is empty."""
    if is_there and (root is None or not os.access(folder, os.W_OK) or os.path.ismount(folder)):
        return FileState.OFFLINE
    if folder == root:
        return FileState.OFFLINE
    for around in folder.parents:
        if holds_drives(around) and around != root:
            break
        with suppress(OSError):
            if around.stat().st_dev in devices.get(around, ()):
                return FileState.MISSING
        if around == root:
            break
    return FileState.OFFLINE


def _note_life(folder: Path, seen: _Seen) -> None:
    with suppress(OSError):
        device = folder.stat().st_dev
        for around in (folder, *folder.parents):
            seen.devices[around].add(device)


def _is_sign_of_life(name: str) -> bool:
    """Whether a folder that holds this is in use: what the system itself leaves does not tell."""
    return not name.startswith(".") and name.casefold() not in _NO_SIGN_OF_LIFE


def _depth(path: Path) -> int:
    return len(path.parts)
