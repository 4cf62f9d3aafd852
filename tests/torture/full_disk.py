"""The disk becomes full at twenty points while documents are added.

Run by hand, on Linux: unshare -rm python -m tests.torture.full_disk. The library lies on a small
disk in memory. Each time the program must end with words that say what to do; what it reported is
there; and when there is room again, the same order brings all documents, each once and whole. Exit
code 1 if not.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import make_pdf, run_program
from tests.torture.looking import look

POINTS = 20
DOCUMENTS = 40
_ROOM = 512 * 2**20


class Disk:
    """A disk in memory at `place`, of a size in bytes that can be changed."""

    def __init__(self, place: Path, size: int) -> None:
        self._place = place
        self._mount("-t", "tmpfs", "-o", f"size={size}", "none")

    def enlarge(self) -> None:
        """Make room."""
        self._mount("-o", f"remount,size={_ROOM}")

    def _mount(self, *options: str) -> None:
        subprocess.run(["mount", *options, str(self._place)], check=True)


@contextmanager
def disk(place: Path, size: int) -> Iterator[Disk]:
    """A disk that is taken away at the end."""
    made = Disk(place, size)
    try:
        yield made
    finally:
        subprocess.run(["umount", str(place)], check=True)


class Torture:
    """The documents, and what went wrong so far."""

    def __init__(self, home: Path) -> None:
        self._home = home / "data"
        self._files = home / "files"
        self._place = home / "disk"
        self._library = self._place / "library"
        self.full = 0
        self.wrong: list[str] = []
        for folder in (self._files, self._place):
            folder.mkdir()
        for number in range(DOCUMENTS):
            pages = [f"Clause {number} on page {page} binds tenant {number}." for page in range(20)]
            make_pdf(self._files / f"{number:02}.pdf", pages)

    def needed(self) -> int:
        """The most bytes that the whole order had on the disk at a moment at its end."""
        with disk(self._place, _ROOM):
            self._add()
            return sum(file.stat().st_size for file in self._place.rglob("*") if file.is_file())

    def fill_up(self, size: int) -> None:
        """Add documents to a disk of so many bytes, look, make room, and add them again."""
        with disk(self._place, size) as small:
            code, said = self._add()
            ready = {line.split()[1].rstrip(",") for line in said if line.startswith("ready: ")}
            if code:
                self.full += 1
                last = " ".join(said[-2:])
                if "Traceback" in " ".join(said) or "pace" not in last or "Free" not in last:
                    self.wrong.append(f"{size}: it said {said[-2:]}")
            small.enlarge()
            self._expect(size, ready, "with room again")
            code, said = self._add()
            everything = {f"{number:02}.pdf" for number in range(DOCUMENTS)}
            if code:
                self.wrong.append(f"{size}: with room again it ended with {code}: {said[-2:]}")
            self._expect(size, everything, "added again")

    def _add(self) -> tuple[int, list[str]]:
        run = run_program("add", self._files, "--library", self._library, home=self._home)
        return run.code, run.err.splitlines()

    def _expect(self, size: int, names: set[str], when: str) -> None:
        """Look as the next start does: these documents at least, each once and whole."""
        found = look(self._library)
        wrong = [found.error, *found.problems, *(f"{name} is in part" for name in found.partial)]
        if not names <= set(found.names) or len(set(found.names)) != len(found.names):
            wrong.append(f"{sorted(found.names)} instead of {sorted(names)}")
        self.wrong += [f"{size}, {when}: {line}" for line in wrong if line]


def main() -> int:
    """Fill disks of growing size, and print what was found."""
    with tempfile.TemporaryDirectory() as name:
        torture = Torture(Path(name))
        needed = torture.needed()
        for point in range(1, POINTS + 1):
            torture.fill_up(needed * point // POINTS)
    print(
        f"{POINTS} disks of up to {needed:,} bytes, {torture.full} became full; "
        f"{len(torture.wrong)} faults"
    )
    for line in torture.wrong:
        print(f"  {line}")
    return 1 if torture.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
