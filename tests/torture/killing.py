"""The program killed at random moments while it adds, removes and compacts.

Run by hand: python -m tests.torture.killing [KILLS]. After each kill the library is opened: every
document that was reported is there with all its text, none is there in part or twice, and what the
kill left over is cleared up. Exit code 1 if not.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from desktop_rag import config, wiring
from desktop_rag.privacy import guard
from desktop_rag.services.assistant import Assistant
from tests.support import make_pdf, start_program

DOCUMENTS = 80
SEED = 20261123
_LONGEST_S = 9.0
_COMMANDS = ("add", "add", "remove", "compact")


class Torture:
    """A library, what is known to be in it, and what went wrong so far."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / "files"
        self._folder.mkdir()
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
        program = start_program(command, *arguments, "--library", library, home=self._home / "data")
        assert program.stderr is not None
        time.sleep(self._chance.uniform(0.5, _LONGEST_S))
        os.kill(program.pid, signal.SIGKILL)
        said = program.stderr.read()
        program.communicate()
        if command == "add":
            self._reported |= {
                line.split(": ", 1)[1].split(",")[0]
                for line in said.splitlines()
                if line.startswith(("ready: ", "unchanged: "))
            }
        self._look(library, command)

    def _command(self) -> tuple[str, list[str | Path]]:
        command = self._chance.choice(_COMMANDS)
        if command == "remove" and self._present:
            ids = self._chance.sample(sorted(self._present), min(3, len(self._present)))
            self._reported -= {self._present[key] for key in ids}
            return "remove", [*ids]
        return ("compact", []) if command == "compact" else ("add", [self._folder])

    def _look(self, library: Path, command: str) -> None:
        """Open the library as the next start does; whatever does not fit is noted."""
        settings = config.Settings(data_folder=self._home, library_folder=library)
        assistant = wiring.build(settings)
        try:
            self._check_whole(assistant, command)
        except Exception as error:  # whatever it is, the library did not open
            self.wrong.append(f"after {command}: {type(error).__name__}: {error}")
        finally:
            assistant.close()

    def _check_whole(self, assistant: Assistant, command: str) -> None:
        assistant.library.pending()
        entries = assistant.library.documents()
        self._present = {entry.document.id: entry.path.name for entry in entries}
        lost = self._reported - set(self._present.values())
        partial = [entry.path.name for entry in entries if not entry.document.searchable]
        if lost or partial or len(set(self._present.values())) != len(entries):
            self.wrong.append(f"after {command}: lost {sorted(lost)}, not whole {partial}")
        self.wrong += [f"after {command}: {line}" for line in assistant.library.verify()]


def main() -> int:
    """Kill as often as asked, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=200)
    kills = parser.parse_args().kills
    guard.activate()
    with tempfile.TemporaryDirectory() as name:
        torture = Torture(Path(name))
        for number in range(1, kills + 1):
            torture.kill_once()
            if sys.stderr.isatty() or number % 10 == 0:
                print(f"{number} kills, {len(torture.wrong)} faults", file=sys.stderr)
    print(f"{kills} kills while: {dict(torture.commands)}; {len(torture.wrong)} faults")
    for line in torture.wrong:
        print(f"  {line}")
    return 1 if torture.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
