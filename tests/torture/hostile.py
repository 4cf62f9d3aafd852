"""Hostile packs, models, folders, PDFs and settings through the program's own doors.

Run by hand: python -m tests.torture.hostile [KIND…]. KIND is packs, ggufs, folders, settings, pdfs
or names; without one, all. More than 350 files, generated, the same ones each time. Each must end
in words, within a time limit; nothing may be written outside its place, and no code run: payloads
would create a marker. Exit code 1 if one did otherwise.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_rag.privacy import guard
from tests.hostile import Case
from tests.hostile.folders import folders
from tests.hostile.models import ggufs
from tests.hostile.packs import packs
from tests.hostile.pdfs import NAMES, document, pdfs
from tests.hostile.running import (
    TAKEN,
    Ending,
    Ground,
    open_library,
    try_model,
    try_pdf,
    try_settings,
)
from tests.hostile.settings import settings
from tests.support import run_program

KINDS: dict[str, Callable[[Path], Iterator[Case]]] = {
    "packs": packs,
    "ggufs": ggufs,
    "folders": folders,
    "settings": lambda marker: settings(),
    "pdfs": pdfs,
}


def run_kind(kind: str, root: Path) -> Iterator[Ending]:
    """Every case of a kind, each on a ground of its own; the PDFs share one library."""
    marker = root / "marker"
    if kind == "pdfs":
        shared = Ground(root / kind, marker)
        assistant = open_library(shared)
        yield from (try_pdf(case, shared, assistant) for case in KINDS[kind](marker))
        assistant.close()
        return
    attempt = try_settings if kind == "settings" else try_model
    for number, case in enumerate(KINDS[kind](marker)):
        yield attempt(case, Ground(root / f"{kind}-{number}", marker))


def run_names(root: Path) -> Iterator[str]:
    """What is wrong when the terminal command reads files whose names are attacks."""
    ground = Ground(root / "names", root / "marker")
    for number, name in enumerate(NAMES.values()):
        text = b"BT /F 12 Tf 60 700 Td (Clause %d of the lease.) Tj ET" % number
        file = ground.files / name.replace("!", "-").replace("/", "-")
        file.write_bytes(document(text=text))
    run = run_program("add", ground.files, "--no-ocr", home=ground.home.parent)
    shown = run.out + run.err
    if run.code not in (0, 3) or "Traceback" in shown:
        yield f"exit code {run.code}: {shown[-500:]}"
    steering = [character for character in shown.replace("\n", "") if ord(character) < 32]
    if steering or "\u202e" in shown:
        yield f"the terminal was sent {set(steering)!r}"


def show(kind: str, endings: list[Ending], loud: bool) -> int:
    """A line of the table, and what was found; the number of faulty endings."""
    seconds = [ending.seconds for ending in endings]
    faulty = [ending for ending in endings if ending.faults]
    taken = sum(ending.words == TAKEN for ending in endings)
    words = Counter(ending.words.partition(":")[0] for ending in endings)
    extra = f"  {dict(words)}" if kind == "pdfs" else f"  taken, harmless: {taken}"
    print(
        f"{kind:<10}{len(endings):>5} files {len(faulty):>4} faults   median "
        f"{statistics.median(seconds):6.2f} s  slowest {max(seconds):6.2f} s{extra}"
    )
    for ending in endings if loud else faulty:
        print(f"  {ending.case.name}: {ending.words[:300]}")
        for fault in ending.faults:
            print(f"    FAULT {fault}")
    sys.stdout.flush()
    return len(faulty)


def main() -> int:
    guard.activate()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--loud", action="store_true", help="show the words of every ending")
    chosen = parser.parse_args()
    kinds = chosen.kinds or [*KINDS, "names"]
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        os.environ["TMPDIR"] = str(root / "temporary")
        (root / "temporary").mkdir()
        for kind in kinds:
            if kind == "names":
                found = list(run_names(root))
                print(f"names     {len(NAMES):>5} files {len(found):>4} faults", *found, sep="\n  ")
                faults += len(found)
            else:
                faults += show(kind, list(run_kind(kind, root)), chosen.loud)
        left = [str(path) for path in Path("/tmp").glob("evil*")]
        if left:
            print(f"FAULT left in the folder for temporary files: {left}")
    return 1 if faults or left else 0


if __name__ == "__main__":
    sys.exit(main())
