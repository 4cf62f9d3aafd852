"""The whole journey under `strace` and in an empty network; then with the guard taken out.

Run by hand: python -m tests.torture.network (Linux; strace and unshare; about five minutes).

The terminal adds the samples with their scan, searches, asks, imports a model, removes and looks;
the window is driven from its first screen to its end. In none of it may a socket be opened that is
not local (AF_UNIX), nor a ring of io_uring. Then the same in a copy of the program whose
`guard.activate` puts up no filter: there sockets must be found and `privacy-check` must fail, or
this check could not fail either. The driver puts no guard up itself: children would inherit it.
A built program that DESKTOP_RAG_PROGRAM names is run instead of the sources, without the drive of
the window and without the copy, which only sources allow; the package test drives its window.
Exit code 1 if anything is not as it should be.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import the_program

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "resources" / "models" / "minilm-l6-reranker"
IS_BUILT = "DESKTOP_RAG_PROGRAM" in os.environ
QUESTION = "How much notice must the tenant give to end the lease?"
STRACE = ["strace", "-ff", "-qq", "-e", "trace=socket,connect,io_uring_setup"]
EMPTY_NETWORK = ["unshare", "-rn"]
TIME_LIMIT_S = 280
CALL = re.compile(r"^(\w+)\((?:(\w+))?.*\)\s+= (-?\d+)(?: (E\w+))?")
LOCAL_PLACE = re.compile(r'^connect\(.*sun_path=(@?"[^"]*")')
# Not nscd: it is asked for the name of the user, too, which looks the same from outside.
NAME_SERVICES = ("systemd/resolve",)
INSTALLS = "        bpf.install(_filter("
INSTALLS_NOTHING = "        (lambda _: None)(_filter("


@dataclass(frozen=True)
class Step:
    """A command of the program, or the drive of its window if it has no arguments."""

    name: str
    arguments: tuple[str, ...]

    def command(self, home: Path) -> list[str]:
        if not self.arguments:
            return [sys.executable, "-m", "tests.torture.network", "--drive", str(home)]
        return [*the_program(), *self.arguments]


@dataclass
class Seen:
    """What a step asked the kernel for, by kind: how often it was given and how often refused."""

    opened: Counter[str]
    refused: Counter[str]
    local: int
    places: set[str]


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    code: int
    out: str
    err: str
    seen: Seen


def steps(home: Path) -> list[Step]:
    """All that a person does in the terminal, then in the window."""
    given = home / "a model of mine"
    shutil.copytree(MODEL, given)
    terminal = [
        Step("add, with OCR", ("add", str(ROOT / "resources" / "samples"), "--collection", "All")),
        Step("search", ("search", QUESTION)),
        Step("ask", ("ask", QUESTION, "--keep")),
        Step("models import", ("models", "import", str(given), "--name", "mine")),
        Step("verify", ("verify",)),
        Step("doctor", ("doctor",)),
        Step("privacy-check", ("privacy-check", "--json")),
    ]
    return terminal if IS_BUILT else [*terminal, Step("window", ())]


def run(step: Step, tree: Path, home: Path, before: Sequence[str] = ()) -> Outcome:
    """Run a step from the sources in `tree`; `before` is the program that starts it."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("DISPLAY", None)
    with tempfile.TemporaryDirectory() as traces:
        command = [*before]
        if command[:1] == ["strace"]:
            command += ["-o", f"{traces}/trace"]
        done = subprocess.run(
            [*command, *step.command(home)],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
        seen = read_traces(sorted(Path(traces).iterdir()))
    return Outcome(done.returncode, done.stdout, done.stderr, seen)


def read_traces(files: Sequence[Path]) -> Seen:
    """Count the calls in the traces, one file a process."""
    seen = Seen(Counter(), Counter(), 0, set())
    for file in files:
        for line in file.read_text(errors="replace").splitlines():
            place = LOCAL_PLACE.match(line)
            if place is not None:
                seen.places.add(place[1])
            call = CALL.match(line)
            if call is None or call[1] == "connect":
                continue
            kind = call[2] if call[1] == "socket" else call[1]
            if kind in ("AF_UNIX", "AF_LOCAL"):
                seen.local += 1
            elif int(call[3]) >= 0:
                seen.opened[kind] += 1
            elif call[4] == "EPERM":
                seen.refused[kind] += 1
    return seen


def words(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counted.items())) or "0"


def say(step: Step, outcome: Outcome) -> None:
    seen = outcome.seen
    print(
        f"  {step.name:<14} exit {outcome.code}; opened {words(seen.opened)}; "
        f"refused {words(seen.refused)}; local {seen.local}",
        flush=True,
    )


def guarded(home: Path) -> Iterator[str]:
    """Whatever is wrong in the journey of the program as it is, under strace."""
    places: set[str] = set()
    total = Seen(Counter(), Counter(), 0, set())
    for step in steps(home):
        outcome = run(step, ROOT, home, STRACE)
        say(step, outcome)
        places |= outcome.seen.places
        total.opened += outcome.seen.opened
        total.refused += outcome.seen.refused
        if outcome.code:
            yield f"{step.name} ended with {outcome.code}: {outcome.err[-300:]}"
        if outcome.seen.opened:
            yield f"{step.name} opened {words(outcome.seen.opened)}"
        if step.name == "privacy-check" and not outcome.seen.refused:
            yield "the privacy check asked the kernel for nothing"
    print(f"  in all: opened {words(total.opened)}; refused {words(total.refused)}")
    print(f"  local sockets of other programs that were asked: {', '.join(sorted(places)) or '0'}")
    yield from (
        f"a name service was asked: {place}"
        for place in places
        if any(name in place for name in NAME_SERVICES)
    )


def without_network(home: Path) -> Iterator[str]:
    """Whatever does not work where there is no network at all."""
    for step in steps(home):
        outcome = run(step, ROOT, home, EMPTY_NETWORK)
        print(f"  {step.name:<14} exit {outcome.code}", flush=True)
        if outcome.code:
            yield f"{step.name} ended with {outcome.code}: {outcome.err[-300:]}"


def mutated(home: Path) -> Iterator[str]:
    """The same journey without the guard: whatever this check then fails to find."""
    tree = without_guard(home / "tree")
    by_itself: Counter[str] = Counter()
    for step in steps(home):
        outcome = run(step, tree, home, STRACE)
        say(step, outcome)
        if step.name == "privacy-check":
            yield from unnoticed(outcome)
        else:
            by_itself += outcome.seen.opened
    if not by_itself:
        yield "without the guard no socket was found: this check would see none at all"


def unnoticed(outcome: Outcome) -> Iterator[str]:
    """Ways out that the privacy check does not call open, though there is no guard."""
    verdicts = {one["name"]: one["verdict"] for one in json.loads(outcome.out)["attempts"]}
    print(f"    {sum(said == 'OPEN' for said in verdicts.values())} of {len(verdicts)} OPEN")
    if not outcome.code:
        yield "without the guard the privacy check is content"
    yield from (
        f"without the guard “{name}” is called {said}"
        for name, said in verdicts.items()
        if said == "blocked by the operating system"
    )
    for name in ("TCP", "UDP", "DNS", "child process", "Qt's socket", "LanceDB in a cloud",
                 "model download"):  # fmt: skip
        if verdicts.get(name) != "OPEN":
            yield f"without the guard “{name}” is not found open but {verdicts.get(name)}"


def without_guard(tree: Path) -> Path:
    """A copy of the program whose guard cleans the environment and puts up no filter."""
    for name in ("desktop_rag", "tests"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "resources").symlink_to(ROOT / "resources")
    file = tree / "desktop_rag" / "privacy" / "guard.py"
    source = file.read_text(encoding="utf-8")
    assert source.count(INSTALLS) == 1
    file.write_text(source.replace(INSTALLS, INSTALLS_NOTHING), encoding="utf-8")
    return tree


def drive_window(home: Path) -> None:
    """Add, ask, look at a page, let the privacy page try the ways out, and quit."""
    from tests.ui import journey  # its first import puts the guard up, as the program's own does

    os.environ["XDG_DATA_HOME"] = str(home / "window")
    pictures = home / "pictures"
    pictures.mkdir()
    application = journey.QApplication([])
    drive = journey.Journey(home, pictures, (1360, 860))
    drive._add()  # noqa: SLF001 - the steps of another test
    drive._ask()  # noqa: SLF001
    view, page = drive.space.answers.transcript.latest, drive.space.page
    assert view is not None
    view.open_card(0)
    drive.until("the highlight is there", lambda: page.canvas.highlights_on(page.canvas.page))
    drive.space.sheets.open_settings(1)  # the models
    drive.space.sheets.show_proof()
    settings = drive.space.sheets.settings
    assert settings is not None
    drive.until("the ways out are tried", settings.privacy.processes.topLevelItemCount)
    settings.close()
    drive._quit()  # noqa: SLF001
    application.quit()


def main() -> int:
    """All three, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["guarded", "empty", "mutated"])
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.drive:
        drive_window(options.drive)
        return 0
    faults: list[str] = []
    for name, title, check in (
        ("guarded", "The program as it is, under strace:", guarded),
        ("empty", "The program as it is, in an empty network namespace:", without_network),
        ("mutated", "With the guard taken out, under strace:", mutated),
    ):
        if options.only in (None, name) and not (IS_BUILT and name == "mutated"):
            print(title, flush=True)
            with tempfile.TemporaryDirectory() as home:
                faults += [f"{name}: {fault}" for fault in check(Path(home))]
    print(f"{len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
