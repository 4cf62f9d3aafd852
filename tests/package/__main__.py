"""The package in a clean Debian 12: installed, used, upgraded, removed.

    sudo make package-test            (python -m tests.package [--dist DIR] [--kills N])

Needs root, mmdebstrap, Xvfb, openbox, xdotool, ImageMagick, dbus, at-spi2-core and libatspi2.0-0.
The system is made once and kept in build/package-test/root.tar; pictures of the window lie beside
it. Ends with how many steps passed, and exit code 1 if one did not.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.package.checks import Checks, Failure, need
from tests.package.clean_root import HOME, CleanRoot
from tests.package.life import check_first, check_removal, check_upgrade
from tests.package.screen import Screen
from tests.package.terminal import Terminal, check_portable
from tests.package.window_steps import check_window

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "package-test"
PAPERS = HOME / "Papers"
QUESTIONS = HOME / "questions.jsonl"


def run(package: Path, archive: Path | None, kills: int, checks: Checks, held: ExitStack) -> None:
    """All of it. What is made or started is ended by `held`."""
    scratch = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="package-test-")))
    root = CleanRoot(scratch / "root")
    held.callback(root.close)
    root.prepare(BUILD / "root.tar")
    root.give(ROOT / "resources" / "samples", PAPERS)
    root.inside(PAPERS / "make_samples.py").unlink()
    root.give(ROOT / "tests" / "quality" / "questions.jsonl", QUESTIONS)
    check_first(root, package, scratch, checks)
    check_upgrade(root, package, checks)
    before = root.files()
    Terminal(root, checks).go(PAPERS, QUESTIONS)
    Terminal(root, checks, cut_off=True).go(PAPERS, QUESTIONS)
    for picture in BUILD.glob("*.png"):  # of a run before this one
        picture.unlink()
    (scratch / "sockets").mkdir()
    screen = Screen(scratch / "sockets", BUILD, root.path / "etc")
    held.callback(screen.close)
    for folder in screen.shared:
        root.share(folder)
    check_window(root, screen, checks, kills)
    with checks.step("nothing was written outside the home and the folders for temporary files"):
        after = root.files()
        changed = [place for place in before | after if before.get(place) != after.get(place)]
        need(not changed, f"{changed[:10]}")
    if archive is not None:
        check_portable(root, archive, checks)
    check_removal(root, package, checks)


def newest(folder: Path, pattern: str) -> Path | None:
    """The newest file of this pattern."""
    return max(folder.glob(pattern), key=lambda file: file.stat().st_mtime, default=None)


def main() -> int:
    """Find the package, and run everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the package lies")
    parser.add_argument("--kills", type=int, default=1, help="of the engine and of the reader")
    chosen = parser.parse_args()
    package = newest(chosen.dist, "desktop-rag_*_amd64.deb")
    if os.geteuid() != 0 or package is None:
        print("It needs root, and a package in dist: make package, then sudo make package-test.")
        return 1
    archive = newest(chosen.dist, "desktop-rag-[0-9]*-linux-x86_64.tar.zst")
    began, checks = time.monotonic(), Checks()
    with ExitStack() as held:
        try:
            run(package, archive, chosen.kills, checks, held)
        except (Failure, OSError) as error:
            with checks.step("all steps were made"):
                raise Failure(f"it ended early: {error}") from error
    if archive is None:
        print("There is no portable archive in dist: it was not tried.")
    print(f"{time.monotonic() - began:.0f} s")
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
