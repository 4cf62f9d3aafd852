"""The program killed at random moments while it adds, removes, compacts and embeds anew.

Run by hand: python -m tests.torture.killing [KILLS] [--power]. With --power, what was not synced
when the program was killed is lost as well, see power_cuts.py. After each kill the library is
opened: every document that was reported is there with all its text, none is there in part or
twice, and what the kill left over is cleared up. Exit code 1 if not. DESKTOP_RAG_PROGRAM may name a
built program, which is killed then; the looking is the sources' own.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from desktop_rag import config
from tests.models import BUNDLED, TWIN, make_twin
from tests.support import make_pdf, start_program
from tests.torture.looking import look
from tests.torture.power_cuts import PowerCuts

DOCUMENTS = 80
SEED = 20261123
_LONGEST_S = 9.0
_AT_A_SYNC = 0.7  # of the power cuts come then, the others at any moment
_CUT_AGAIN = 0.3  # of the power cuts come again before anybody has looked
_COMMANDS = ("add", "add", "remove", "compact", "reembed", "reembed")
_OTHER_MODEL = 0.5  # of the times that it is embedded anew; else it goes on, if it was cut off


class Torture:
    """A library, what is known to be in it, and what went wrong so far."""

    def __init__(self, home: Path, cuts: PowerCuts | None) -> None:
        self._home = home
        self._cuts = cuts
        self._folder = home / "files"
        self._folder.mkdir()
        self._data = home / "data" / config.APP_NAME
        self._models = [BUNDLED, TWIN]
        make_twin(self._data / "models")
        for number in range(DOCUMENTS):
            pages = [f"Clause {number} on page {page} binds tenant {number}." for page in range(20)]
            make_pdf(self._folder / f"{number:03}.pdf", pages)
        self._chance = random.Random(SEED)
        self._reported: set[str] = set()
        self._present: dict[str, str] = {}
        self.commands: Counter[str] = Counter()
        self.wrong: list[str] = []

    def kill_once(self) -> None:
        """Start a command, kill it and all that it started, and look at the library."""
        command, arguments = self._command()
        self.commands[command] += 1
        library = self._home / "library"
        seconds = self._chance.uniform(0.5, _LONGEST_S)
        more = {}
        if self._cuts is not None:
            at_a_sync = self._chance.random() < _AT_A_SYNC
            more = self._cuts.begin(library, self._chance.randint(1, 60) if at_a_sync else None)
        program = start_program(
            command, *arguments, "--library", library, home=self._home / "data", more=more
        )
        assert program.stderr is not None
        with suppress(subprocess.TimeoutExpired):
            program.wait(seconds)
        program.kill()
        said = program.stderr.read()
        program.communicate()
        if command == "add":
            self._reported |= {
                line.split(": ", 1)[1].split(",")[0]
                for line in said.splitlines()
                if line.startswith(("ready: ", "unchanged: "))
            }
        if self._cuts is not None:
            self._cuts.cut(library, self._chance)
            if self._chance.random() < _CUT_AGAIN:
                return
        self._look(library, command)

    def _command(self) -> tuple[str, list[str | Path]]:
        command = self._chance.choice(_COMMANDS)
        if command == "remove" and self._present:
            ids = self._chance.sample(sorted(self._present), min(3, len(self._present)))
            self._reported -= {self._present[key] for key in ids}
            return "remove", [*ids]
        if command == "reembed":
            if self._chance.random() < _OTHER_MODEL:
                self._models.reverse()
                config.save(self._data / "settings.toml", {"embedder": self._models[0]})
            return "reembed", []
        return ("compact", []) if command == "compact" else ("add", [self._folder])

    def _look(self, library: Path, command: str) -> None:
        """Open the library as the next start does; whatever does not fit is noted."""
        found = look(library, self._data)
        if found.error:
            self.wrong.append(f"after {command}: it does not open: {found.error}")
            return
        self._present = {document["id"]: document["name"] for document in found.documents}
        names = set(found.names)
        lost = self._reported - names
        if lost or found.partial or len(names) != len(found.names):
            self.wrong.append(f"after {command}: lost {sorted(lost)}, not whole {found.partial}")
        self.wrong += [f"after {command}: {line}" for line in found.problems]
        tables = [*(library / "index.lance").glob("*.lance")]
        if len(tables) > 2:
            self.wrong.append(f"after {command}: tables are left over: {tables}")


def main() -> int:
    """Kill as often as asked, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--power", action="store_true", help="cut the power instead (Linux)")
    chosen = parser.parse_args()
    kills = chosen.kills
    with tempfile.TemporaryDirectory() as name:
        cuts = PowerCuts(Path(name)) if chosen.power else None
        torture = Torture(Path(name), cuts)
        for number in range(1, kills + 1):
            before = len(torture.wrong)
            torture.kill_once()
            for line in torture.wrong[before:]:
                print(f"{number}: {line}", file=sys.stderr)
            if sys.stderr.isatty() or number % 10 == 0:
                print(f"{number} kills, {len(torture.wrong)} faults", file=sys.stderr)
    what = "power cuts" if cuts is not None else "kills"
    print(f"{kills} {what} while: {dict(torture.commands)}; {len(torture.wrong)} faults")
    if cuts is not None:
        print(f"files after the cuts: {dict(cuts.files)}")
    return 1 if torture.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
