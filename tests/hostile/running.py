"""Opens hostile files through the program's own doors and looks at what is left behind."""

import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag import config, wiring
from desktop_rag.domain import AddStatus
from desktop_rag.errors import DesktopRagError
from desktop_rag.services.assistant import Assistant
from tests.hostile import Case
from tests.support import finish

MOST_S = 90.0
_LONGEST_WORDS = 1500
_DATA = (".gguf", ".json", ".onnx", ".safetensors", ".txt", ".model", ".toml")
TAKEN = "taken"

Listing = dict[str, tuple[int, int, int]]


class TooSlow(BaseException):
    """The time is over. Nothing that catches errors of files or of engines catches this."""


@dataclass
class Ending:
    """How one case ended: in which words, after how long, and what was wrong with that."""

    case: Case
    words: str = ""
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ground:
    """Where a case is tried: its own files, the program's home, and what must stay untouched.

    `marker`: what a payload would make.
    """

    folder: Path
    marker: Path

    def __post_init__(self) -> None:
        for place in (self.files, self.home, self.outside):
            place.mkdir(parents=True)
        (self.outside / "precious.txt").write_text("as it was")

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def home(self) -> Path:
        return self.folder / "home" / config.APP_NAME

    @property
    def outside(self) -> Path:
        return self.folder / "outside"

    def surroundings(self) -> Listing:
        """Everything but the program's home, by path: kind and rights, size, time of change."""
        return {
            str(path): (status.st_mode, status.st_size, status.st_mtime_ns)
            for place in (self.files, self.outside)
            for path in place.rglob("*")
            if (status := path.lstat())
        } | {str(path): (0, 0, 0) for path in self.folder.iterdir()}

    def kept(self, place: Path) -> list[Path]:
        """All files in a part of the home."""
        return [path for path in place.rglob("*") if not path.is_dir() or path.is_symlink()]


def try_model(case: Case, ground: Ground) -> Ending:
    """Import it, as `models import` and the window do."""
    assistant = _assistant(ground)
    path = case.make(ground.files)
    models = ground.home / "models"

    def door() -> str:
        finish(assistant.shelf.import_from(path))
        return TAKEN

    ending = _through(case, ground, door)
    kept = ground.kept(models)
    if ending.words == TAKEN:
        if not case.harmless:
            ending.faults.append("it was taken")
        ending.faults += [f"left {file}" for file in kept if file.suffix not in _DATA]
        ending.faults += [f"a link: {file}" for file in kept if file.is_symlink()]
        ending.faults += [f"verify: {text}" for _, text in assistant.shelf.verify()]
    elif kept or list(models.glob("*")):
        ending.faults.append(f"left behind: {sorted(map(str, models.rglob('*')))[:5]}")
    return ending


def try_settings(case: Case, ground: Ground) -> Ending:
    """Load it, as every start of the program does."""
    case.make(ground.home)

    def door() -> str:
        with _home(ground.home.parent):
            loaded, warnings = config.load()
        if Path(loaded.data_folder) != ground.home or loaded.threads not in range(257):
            raise AssertionError("settings that are not allowed came through")
        return " ".join(warnings) or TAKEN

    ending = _through(case, ground, door)
    if ending.words == TAKEN and not case.harmless:
        ending.faults.append("it was loaded without a word")
    return ending


def try_pdf(case: Case, ground: Ground, assistant: Assistant) -> Ending:
    """Read it into a library; any status will do that says why it is not “ready”."""
    path = case.make(ground.files)

    def door() -> str:
        (file,) = finish(assistant.library.add([path], ocr=False)).files
        if file.status not in (AddStatus.READY, AddStatus.DUPLICATE) and not file.message:
            raise AssertionError(f"{file.status} without a reason")
        return f"{file.status.value}: {file.message}"

    ending = _through(case, ground, door, [file.name for file in ground.files.iterdir()])
    if any(file.is_symlink() for file in ground.kept(ground.home)):
        ending.faults.append("a link in the library")
    return ending


def _assistant(ground: Ground) -> Assistant:
    settings = config.Settings(data_folder=ground.home, library_folder=ground.home / "library")
    return wiring.build(settings)


def open_library(ground: Ground) -> Assistant:
    """A library in the home of this ground."""
    return _assistant(ground)


def _through(
    case: Case, ground: Ground, door: Callable[[], str], names: Sequence[str] = ()
) -> Ending:
    """Open the door, and look around before and after.

    The words may quote `names` as they are: what shows them cleans them (`run_names`).
    """
    ending, before, started = Ending(case), ground.surroundings(), time.monotonic()
    try:
        with _limited(MOST_S):
            ending.words = door()
    except DesktopRagError as error:
        ending.words = str(error)
        if not error.hint:
            ending.faults.append("no remedy is named")
    except BaseException:
        ending.faults.append(traceback.format_exc(limit=-4))
    ending.seconds = time.monotonic() - started
    changed = set(before.items()) ^ set(ground.surroundings().items())
    ending.faults += [f"touched outside: {sorted(changed)[:3]}"] if changed else []
    ending.faults += ["CODE WAS RUN"] if ground.marker.exists() else []
    own_words = ending.words
    for name in sorted(names, key=len, reverse=True):
        own_words = own_words.replace(name, "…")
    ending.faults += list(_faults_of_words(own_words))
    return ending


def _faults_of_words(words: str) -> Iterator[str]:
    if not words:
        yield "no words"
    if len(words) > _LONGEST_WORDS:
        yield f"{len(words)} characters of words"
    if "Traceback" in words:
        yield "a traceback"
    if not words.replace("\n", "").isprintable():
        yield f"control characters in the words: {words!r}"


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(folder)
    try:
        yield
    finally:
        del os.environ["XDG_DATA_HOME"]
        os.environ.update({} if before is None else {"XDG_DATA_HOME": before})


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what takes too long (POSIX, main thread)."""

    def interrupt(number: int, frame: object) -> None:
        raise TooSlow(f"it took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
