"""A vault while the program is killed: before a change or after it, and never in between.

Run by hand: python -m tests.torture.vault_kills [KILLS]. Half of the kills come while documents are
added to a vault, removed from it or prepared anew, half while its passphrase is changed. After each
one of the two passphrases opens it, every file of it is whole, and every document that was reported
is there. Exit code 1 if not.
"""

import json
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired

from tests.support import Run, make_pdf, run_program, start_program

DOCUMENTS = 30
SEED = 20261128
_LONGEST_S = {"add": 9.0, "remove": 4.0, "reembed": 5.0, "passphrase": 4.5}


class Torture:
    """A vault, its two passphrases, and what went wrong so far."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._chance = random.Random(SEED)
        self._folder = home / "files"
        self._folder.mkdir()
        for number in range(DOCUMENTS):
            pages = [f"Clause {number} on page {page} binds tenant {number}." for page in range(9)]
            make_pdf(self._folder / f"{number:03}.pdf", pages)
        self._secrets = [home / "first", home / "second"]
        for secret in self._secrets:
            secret.write_text(f"{secret.name} long passphrase\n")
        self._reported: set[str] = set()
        self._present: dict[str, str] = {}
        self.wrong: list[str] = []
        self._run("vault", "create")

    def kill_once(self) -> None:
        """Start a command, kill it at some moment, and look at the vault."""
        command, arguments = self._command()
        program = start_program(*arguments, *self._opened_by(0), home=self._home / "data")
        assert program.stderr is not None
        with suppress(TimeoutExpired):
            program.wait(self._chance.uniform(0.3, _LONGEST_S[command]))
        program.kill()
        said = program.stderr.read()
        program.communicate()
        if command == "add":
            lines = [line for line in said.splitlines() if line.startswith(("ready", "unchanged"))]
            self._reported |= {line.split(": ", 1)[1].split(",")[0] for line in lines}
        self._look(command)

    def _command(self) -> tuple[str, list[str | Path]]:
        chosen = self._chance.choice(["add", "remove", "reembed", *["passphrase"] * 3])
        if chosen == "passphrase":
            return chosen, ["vault", chosen, "--new-passphrase-file", self._secrets[1]]
        if chosen == "remove" and self._present:
            ids = self._chance.sample(sorted(self._present), min(2, len(self._present)))
            self._reported -= {self._present[key] for key in ids}
            return chosen, ["remove", *ids]
        return ("reembed", ["reembed"]) if chosen == "reembed" else ("add", ["add", self._folder])

    def _look(self, command: str) -> None:
        if self._run("vault", "check").code:
            self._secrets.reverse()
        checked = self._run("vault", "check")
        listed = self._run("documents", "--json")
        if checked.code or listed.code:
            self.wrong.append(f"after {command}: {checked.err} {listed.err}")
            return
        documents = json.loads(listed.out)["documents"]
        self._present = {one["document_id"]: Path(one["path"]).name for one in documents}
        lost = self._reported - set(self._present.values())
        verified = self._run("verify")
        if lost or (verified.code and command != "add"):
            self.wrong.append(f"after {command}: lost {sorted(lost)}; {verified.out}")

    def _opened_by(self, number: int) -> list[str | Path]:
        return ["--vault", "1", "--passphrase-file", self._secrets[number]]

    def _run(self, *words: str) -> Run:
        vault = self._opened_by(0) if words != ("vault", "create") else self._opened_by(0)[2:]
        return run_program(*words, *vault, home=self._home / "data")


def main() -> int:
    """Kill as often as is wanted."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as name:
        torture = Torture(Path(name))
        for _ in range(kills):
            torture.kill_once()
    print(f"{kills} kills, {len(torture.wrong)} faults")
    for fault in torture.wrong:
        print(f"  {fault}")
    return 1 if torture.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
