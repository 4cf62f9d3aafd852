"""What a vault leaves on the disk: nothing that can be read, and no file outside of it.

But for one: `vaults-seen` holds a number for each vault, see `adapters/vault_witness.py`. The
folders that each process has for temporary files stay empty.

Run by hand: python -m tests.torture.vault_traces. A vault is made, filled (a text, a scan), asked
and read anew by real commands under strace; the words of its documents, their names, the question
and the passphrase are then sought in every file below the home folder. Exit code 1 if one is found,
if a file was made outside of the vault, or if the same search finds nothing in the open library.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.privacy import guard
from tests.support import make_pdf, make_scan

TEXT, SCAN, NAME, QUESTION = "zanzibarette", "HONOLULUWORD", "Kiribatissimo", "vanuatuesque"
PASSPHRASE = "correct tuvalunian battery"
CANARIES = (TEXT, SCAN, NAME, QUESTION, PASSPHRASE)
_MADE = re.compile(
    r'(?:open|openat|creat|mkdir|mkdirat|rename|renameat2?|link|symlink)\([^"]*"([^"]+)"'
    r'(?:[^"]*"([^"]+)")?([^)]*)\)\s+= [0-9]'
)


def made(trace: Path, allowed: tuple[str, ...]) -> Iterator[str]:
    """Files and folders that the commands made, but for those that begin so."""
    for line in trace.read_text(errors="replace").splitlines():
        found = _MADE.search(line)
        if not found:
            continue
        is_open = re.search(r"\bopen(at)?\(", line) is not None
        target = found[2] or found[1]
        if is_open and "O_CREAT" not in found[3]:
            continue
        is_temporary = re.search(r"/temporary/[^/]+/", target) is not None
        if is_temporary or not target.startswith(allowed):
            yield target


def holders(home: Path, documents: Path) -> Iterator[str]:
    """Where a canary can be read, in the bytes of a file or in its name."""
    for file in home.rglob("*"):
        if file.is_relative_to(documents):
            continue
        content = file.read_bytes() if file.is_file() else b""
        for canary in CANARIES:
            forms = (canary.encode(), canary.encode("utf-16-le"))
            if any(form in content for form in forms) or canary in file.name:
                yield f"{canary} in {file.relative_to(home)}"


class Desk:
    """Runs commands as a user would, everything that they may write below `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.trace = home.with_name("trace.txt")
        self._environment = dict(os.environ)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR", "HOME"):
            (home / name).mkdir()
            self._environment[name] = str(home / name)
        self.library = home / "XDG_DATA_HOME" / "desktop-rag" / "library"
        self._secret = home.with_name("passphrase")
        self._secret.write_text(PASSPHRASE + "\n")

    def run(self, *words: str, traced: bool = False) -> str:
        """The standard output of a command. Raises if it fails."""
        command = [sys.executable, "-B", "-m", "desktop_rag", *words]
        command += ["--passphrase-file", str(self._secret)]
        if traced:
            calls = "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,symlink"
            command = ["strace", "-f", "-qq", "-A", "-o", str(self.trace), "-e", calls, *command]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{words[0]}: {done.stderr[-2000:]}")
        return done.stdout


def look(desk: Desk, documents: Path) -> Iterator[str]:
    """Live with a vault, and tell what is wrong."""
    desk.run("vault", "create")
    in_vault = ("--vault", "1")
    desk.run("add", str(documents), "--collection", NAME, *in_vault, traced=True)
    question = f"Who repairs the {TEXT} of the {QUESTION}?"
    desk.run("search", question, *in_vault, traced=True)
    desk.run("ask", question, "--keep", *in_vault, traced=True)
    desk.run("reembed", *in_vault, traced=True)
    listed = desk.run("documents", *in_vault, traced=True) + desk.run("record", *in_vault)
    for canary in (NAME, QUESTION):
        if canary not in listed:
            yield f"the open vault does not tell of {canary}"
    for canary in (TEXT, SCAN):
        if canary.lower() not in desk.run("search", canary, *in_vault).lower():
            yield f"the open vault does not find {canary}"
    seen = str(desk.library.parent / "vaults-seen")
    folders = str(desk.library / "temporary")  # each process has one there; none holds a file
    allowed = (str(desk.library / "vaults"), seen, folders, "/dev/", "/proc/")
    yield from (f"made outside: {path}" for path in sorted(set(made(desk.trace, allowed))))
    yield from (f"readable: {where}" for where in holders(desk.home, documents))
    for path in desk.library.rglob("*"):
        if path.stat().st_mode & 0o077:
            yield f"open to others: {path.name}"


def control(desk: Desk, documents: Path) -> Iterator[str]:
    """The same search must find them all where nothing is encrypted."""
    desk.run("add", str(documents), "--collection", NAME)
    desk.run("ask", f"Who repairs the {TEXT} of the {QUESTION}?", "--keep")
    found = {where.partition(" in ")[0] for where in holders(desk.home, documents)}
    yield from (f"the control misses {one}" for one in {TEXT, NAME, QUESTION} - found)


def main() -> int:
    """A vault, then the control."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        home.mkdir()
        documents = home / "documents"
        documents.mkdir()
        make_pdf(documents / f"{NAME}.pdf", [f"The tenant keeps the {TEXT} in repair."])
        make_scan(documents / "scan.pdf", f"The {SCAN} was prescribed.")
        guard.activate()
        desk = Desk(home)
        faults = list(look(desk, documents))
        faults += list(control(desk, documents))
    print(f"{len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
