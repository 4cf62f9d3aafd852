"""How long the packaged program takes to start, beside the program run from its sources.

    python benchmarks/start.py [PROGRAM] [RUNS]       (dist/cpu/desktop-rag/desktop-rag, 5)

Both by turns: from the start to the window on the screen (Xvfb and xdotool are needed), and a
search in the terminal. "Cold": what the files hold is taken out of the system's memory before.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = ROOT / "dist" / "cpu" / "desktop-rag" / "desktop-rag"
SOURCE = [str(ROOT / ".venv" / "bin" / "python"), "-m", "desktop_rag"]
QUESTION = "How much notice must the tenant give to end the lease?"
_LONGEST_S = 120


def forget(folders: list[Path]) -> None:
    """Take the files out of the page cache; needs no rights, and works for what is on the disk."""
    os.sync()
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file():
                with suppress(OSError), file.open("rb") as stream:
                    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def screen() -> Iterator[str]:
    """A display of its own."""
    number = f":{os.getpid() % 1000 + 100}"
    server = subprocess.Popen(
        ["Xvfb", number, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL
    )
    try:
        while not Path(f"/tmp/.X11-unix/X{number[1:]}").exists():
            time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait()


def window_s(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until the window is on the screen."""
    begin = time.perf_counter()
    program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, cwd=ROOT)
    look = ["xdotool", "search", "--onlyvisible", "--name", "Desktop RAG"]
    try:
        while time.perf_counter() - begin < _LONGEST_S:
            if subprocess.run(look, env=environment, capture_output=True).stdout:
                return time.perf_counter() - begin
            time.sleep(0.02)
        raise SystemExit("No window appeared.")
    finally:
        program.kill()
        program.wait()
        time.sleep(1)  # what it started ends by itself


def search_s(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of a whole search in the terminal."""
    begin = time.perf_counter()
    subprocess.run(
        [*command, "search", QUESTION], env=environment, check=True, capture_output=True, cwd=ROOT
    )
    return time.perf_counter() - begin


def main() -> None:
    """Print a table of medians, and their ratios."""
    packaged = [sys.argv[1] if len(sys.argv) > 1 else str(PACKAGED)]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    for needed in ("Xvfb", "xdotool"):
        if shutil.which(needed) is None:
            sys.exit(f"{needed} is needed to see the window.")
    folders = [Path(packaged[0]).parent, ROOT / ".venv" / "lib", ROOT / "desktop_rag"]
    folders.append(ROOT / "resources")
    with tempfile.TemporaryDirectory() as home, screen() as display:
        environment = {"HOME": home, "XDG_DATA_HOME": home, "DISPLAY": display, "LANG": "C.UTF-8"}
        environment["PATH"] = "/usr/bin:/bin"
        samples = [str(ROOT / "resources" / "samples")]
        subprocess.run(
            [*SOURCE, "add", *samples], env=environment, check=True, capture_output=True, cwd=ROOT
        )
        print(f"medians of {runs}, in seconds             source  packaged  ratio")
        for what, measure in (("window", window_s), ("search in the terminal", search_s)):
            for cold in (True, False):
                found: dict[str, list[float]] = {"source": [], "packaged": []}
                for _ in range(runs):
                    for name, command in (("source", SOURCE), ("packaged", packaged)):
                        if cold:
                            forget(folders)
                        found[name].append(measure(command, environment))
                one, other = (statistics.median(times) for times in found.values())
                title = f"{what}, {'cold' if cold else 'warm'}"
                print(f"{title:40} {one:6.2f} {other:9.2f} {other / one:6.2f}")


if __name__ == "__main__":
    main()
