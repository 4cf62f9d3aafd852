"""No trace: the whole journey with canaries, then a search for them wherever they must not be.

Run by hand: python -m tests.torture.traces. Linux. Terminal and window (off screen) run under umask
022 and without a limit on core files, with a canary in a document's text, in its name, in a
question and in a PDF's password; engine and reader are ended with SIGSEGV on the way. Afterwards no
canary is in logs, temporary folders, settings, the window's state, standard error of the window,
core files, command lines, or the desktop's own folders, and every file is closed to others. The
library may hold them until it is forgotten; then it may not either. The same search must find a
canary that is planted in each of these places. Exit code 1 if anything is not so. The window is
that of the sources, also where DESKTOP_RAG_PROGRAM names a built program for the terminal.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import make_locked_pdf, make_pdf, the_program

TEXT, NAME, QUESTION, PASSWORD = "zanzibarette", "honoluluword", "kiribatissimo", "ouagadougian"
CANARIES = (TEXT, NAME, QUESTION, PASSWORD)
ASKED = f"Who keeps the {QUESTION} boiler in repair?"
DESKTOP = (
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "TMPDIR",
    "HOME",
)
ROOT = Path(__file__).resolve().parents[2]
WINDOW = "tests.torture.traces_window"
OURS = ("desktop_rag", "desktop-rag", "multiprocessing", WINDOW)
PATIENCE_S = 300


@dataclass
class Watch:
    """All command lines of the program's processes, sampled until the end."""

    seen: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(0.02):
            for place in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    command = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                if any(name in command for name in OURS):
                    self.seen.add(command)


@dataclass(frozen=True)
class Journey:
    """Where everything lies, and what was said."""

    home: Path
    said: dict[str, str]

    @property
    def data(self) -> Path:
        return self.home / "XDG_DATA_HOME" / "desktop-rag"

    def environment(self) -> dict[str, str]:
        names = ("XDG_DATA_HOME", *DESKTOP)
        more = {name: str(self.home / name) for name in names}
        return {**os.environ, **more, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}

    def run(self, name: str, *arguments: str, given: str = "") -> None:
        """Run a program as a person whose system writes core files and shares what it makes."""
        done = subprocess.run(
            arguments,
            cwd=self.home / "work",
            env=self.environment(),
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
            preexec_fn=_careless,
        )
        self.said[name] = done.stderr
        print(f"{name}: exit code {done.returncode}, {len(done.stderr)} characters of errors")
        if done.returncode not in (0, 3):
            print(done.stdout[-2000:], done.stderr[-2000:])
            raise SystemExit(f"{name} failed.")

    def terminal(self, name: str, *arguments: str) -> None:
        self.run(name, *the_program(), *arguments)


def _careless() -> None:
    os.umask(0o022)
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def go(journey: Journey) -> None:
    """Add, ask and search on the terminal; then the window, whose engine and reader crash."""
    papers = journey.home / "papers"
    passwords = journey.home / "passwords"
    passwords.write_text(PASSWORD)
    common = ("--collection", "Matters", "--password-file", str(passwords), "--json")
    journey.terminal("add", "add", str(papers), *common)
    journey.terminal("ask", "ask", ASKED, "--keep", "--json")
    journey.terminal("search", "search", ASKED, "--json")
    given = f"{papers / NAME}.pdf\n{ASKED}\n{PASSWORD}\n"
    journey.run("window", sys.executable, "-m", WINDOW, given=given)


def places(journey: Journey, watch: Watch) -> dict[str, str]:
    """The content of each place that must hold no canary, by its name."""
    data = journey.data
    files = {
        "logs": data / "logs",
        "settings": data / "settings.toml",
        "window's state": data / "window.json",
        "temporary": data / "library" / "temporary",
        "temporary of the data folder": data / "temporary",
        "work folder (core files)": journey.home / "work",
        "recently used": data.parent / "recently-used.xbel",
        **{name: journey.home / name for name in DESKTOP},
    }
    content = {name: _all_below(place) for name, place in files.items()}
    content["standard error of the window"] = journey.said.get("window", "")
    typed = (ASKED, str(journey.home))  # what a person types on the terminal is seen there
    content["command lines"] = "\n".join(
        line for line in watch.seen if not any(text in line for text in typed)
    )
    return content


def _all_below(place: Path) -> str:
    """Names and bytes of all files at and under a place, lower case."""
    files = [place] if place.is_file() else sorted(place.rglob("*"))
    inside = (file.read_bytes().decode(errors="replace") for file in files if file.is_file())
    names = (str(file.relative_to(place.parent)) for file in files)
    return "\n".join((*names, *inside)).lower()


def hits(content: Mapping[str, str]) -> Iterator[str]:
    for name, text in content.items():
        yield from (f"{canary} in {name}" for canary in CANARIES if canary in text.lower())


def open_to_others(folder: Path) -> Iterator[str]:
    for path in (folder, *folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        if not path.is_symlink() and path.stat().st_mode & 0o777 & ~wanted:
            yield f"{path.relative_to(folder)} has mode {path.stat().st_mode & 0o777:o}"


def cores(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("core*") if path.is_file()]


def control(journey: Journey, watch: Watch) -> Iterator[str]:
    """Plant a canary in each place in turn, on a copy of the list, and look whether it is found."""
    data = journey.data
    planted = {
        "logs": data / "logs" / "planted",
        "settings": data / "settings.toml",
        "window's state": data / "window.json",
        "temporary": data / "library" / "temporary" / "planted",
        "temporary of the data folder": data / "temporary" / "planted",
        "work folder (core files)": journey.home / "work" / "planted",
        "recently used": data.parent / "recently-used.xbel",
        **{name: journey.home / name / "planted" for name in DESKTOP},
    }
    for name, file in planted.items():
        before = file.read_bytes() if file.exists() else None
        folder_was_there = file.parent.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((before or b"") + TEXT.upper().encode())
        if f"{TEXT} in {name}" not in set(hits(places(journey, watch))):
            yield f"what is planted in {name} is not found"
        file.write_bytes(before) if before is not None else file.unlink()
        if not folder_was_there:
            file.parent.rmdir()
    watch.seen.add(f"python -c multiprocessing {TEXT}")
    told = Journey(journey.home, {"window": f"RuntimeError: {TEXT}"})
    found = set(hits(places(told, watch)))
    watch.seen.discard(f"python -c multiprocessing {TEXT}")
    for name in ("command lines", "standard error of the window"):
        if f"{TEXT} in {name}" not in found:
            yield f"what is planted in {name} is not found"
    crash = "import os, signal; open('made', 'w'); os.kill(os.getpid(), signal.SIGSEGV)"
    work = journey.home / "control"
    work.mkdir()
    subprocess.run([sys.executable, "-c", crash], cwd=work, check=False, preexec_fn=_careless)
    if not list(open_to_others(work)):
        yield "a file that others may read is not seen"
    if Path("/proc/sys/kernel/core_pattern").read_text().strip() == "core" and not cores(work):
        yield "a plain program that crashes leaves no core file here: the test shows nothing"


def main() -> int:
    """The journey, the search, the control, and the search after forgetting."""
    with tempfile.TemporaryDirectory() as name:
        journey = Journey(Path(name), {})
        for folder in ("work", "papers", "XDG_DATA_HOME", *DESKTOP):
            (journey.home / folder).mkdir()
        make_pdf(journey.home / "papers" / f"{NAME}.pdf", [f"The tenant keeps the {TEXT} boiler."])
        make_locked_pdf(journey.home / "papers" / "locked.pdf", "The landlord.", PASSWORD)
        journey.data.mkdir()
        (journey.data / "settings.toml").write_text('log = true\nanswers = "quoted"\n')
        watch = Watch()
        watcher = threading.Thread(target=watch.run)
        watcher.start()
        started = time.monotonic()
        go(journey)
        faults = list(hits(places(journey, watch)))
        faults += [f"core file: {core}" for core in cores(journey.home / "work")]
        faults += open_to_others(journey.data)
        held = [canary for canary in CANARIES if canary in _all_below(journey.data / "library")]
        print(f"the library holds, as it may: {', '.join(held)}")
        if NAME not in held or PASSWORD in held:
            faults.append("the library lacks the document's name, or holds the password")
        faults += control(journey, watch)
        journey.terminal("forget", "forget", "--all", "--yes", "--json")
        left = {"all that is left": _all_below(journey.data)}
        faults += [f"after forgetting: {hit}" for hit in hits(left)]
        watch.over.set()
        watcher.join()
        print(f"{len(watch.seen)} command lines seen in {time.monotonic() - started:.0f} s")
        print(json.dumps(sorted(places(journey, watch)), indent=1))
    print(f"{len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
