"""A power cut, simulated: what a file was given after its last sync is lost, wholly or in part.

A small library of C, preloaded into the program, copies each file when it is synced. After the
program was killed, a file that was never synced is emptied, cut short, or kept, by chance; one that
was is put back to its copy, given part of what came after, or kept. Names are not lost: a file that
was synced stays in its folder, as on file systems with a journal, and one that was deleted is gone.
"""

import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

_SOURCE = Path(__file__).with_name("synced.c")
_BLOCK = 4096


class PowerCuts:
    """Linux, with a C compiler. `files` counts what became of the files that were not synced."""

    def __init__(self, home: Path) -> None:
        self._copies = home / "synced"
        self._preloaded = home / "synced.so"
        self.files: Counter[str] = Counter()
        build = ["cc", "-shared", "-fPIC", "-o", str(self._preloaded), str(_SOURCE)]
        subprocess.run(build, check=True)

    def begin(self, library: Path, last_sync: int | None) -> dict[str, str]:
        """All that is there now is on the disk; returns the environment of the program.

        With `last_sync` the power fails as that sync begins, when most is not yet synced.
        """
        shutil.rmtree(self._copies, ignore_errors=True)
        self._copies.mkdir()
        for file in _files(library):
            shutil.copyfile(file, self._copy_of(file))
        more = {"LD_PRELOAD": str(self._preloaded), "SYNCED": str(self._copies)}
        return more if last_sync is None else more | {"LAST_SYNC": str(last_sync)}

    def cut(self, library: Path, chance: random.Random) -> None:
        """Leave of each file what may be left of it."""
        for file in _files(library):
            written = file.read_bytes()
            copy = self._copy_of(file)
            if not copy.exists():
                fate, left = _unsynced(written, chance)
            elif (synced := copy.read_bytes()) != written:
                fate, left = _changed(synced, written, chance)
            else:
                continue
            self.files[fate] += 1
            file.write_bytes(left)

    def _copy_of(self, file: Path) -> Path:
        about = file.stat()
        return self._copies / f"{about.st_dev}-{about.st_ino}"


def _unsynced(written: bytes, chance: random.Random) -> tuple[str, bytes]:
    fate = chance.choice(["emptied", "cut short", "kept"])
    length = {"emptied": 0, "cut short": chance.randrange(len(written) + 1), "kept": len(written)}
    return fate, written[: length[fate]]


def _changed(synced: bytes, written: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Each block may be as it was or as it is; at the end there may be less of what was added."""
    fate = chance.choice(["put back", "mixed", "kept"])
    if fate == "put back":
        return fate, synced
    if fate == "kept":
        return fate, written
    length = chance.randint(*sorted((len(synced), len(written))))
    blocks = (
        chance.choice([source for source in (synced, written) if len(source) > at])[
            at : at + _BLOCK
        ]
        for at in range(0, length, _BLOCK)
    )
    return fate, b"".join(blocks)[:length]


def _files(library: Path) -> list[Path]:
    return sorted(path for path in library.rglob("*") if path.is_file())
