"""A package's life in a clean system: an older one, an upgrade, removal, and once more."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests.package.checks import Checks, need
from tests.package.clean_root import HOME, CleanRoot, Done
from tests.package.terminal import LEASE, QUESTION, printed

NAME = "desktop-rag"
LEDGER = HOME / ".local/share/desktop-rag/library/ledger.sqlite3"
_OLDER = "0.0.1~older"
# The library as an earlier program left it: its third format knew no hidden words, no languages.
_BACK_TO_FORMAT_3 = (
    "ALTER TABLE pages DROP COLUMN hidden",
    "ALTER TABLE documents DROP COLUMN languages",
    "UPDATE facts SET value = '3' WHERE name = 'format_version'",
)
_FROM_THE_FUTURE = ("UPDATE facts SET value = '9999' WHERE name = 'format_version'",)


def install(root: CleanRoot, package: Path) -> Done:
    """Let apt install a file, with all that it depends on and nothing that it only recommends."""
    given = root.path / "srv" / package.name
    shutil.copy(package, given)
    options = ("--yes", "--quiet", "--no-install-recommends")
    installed = root.as_root("apt-get", "install", *options, f"/srv/{package.name}")
    given.unlink()
    root.as_root("apt-get", "clean")
    return installed


def older(package: Path, folder: Path) -> Path:
    """The same package with a lower version number."""
    tree = folder / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {_OLDER}", text), encoding="utf-8")
    made = folder / f"{NAME}_older.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(made)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return made


def version(root: CleanRoot) -> str:
    """The version that is installed; "" if none is."""
    words = ("dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", NAME)
    status, _, number = root.as_root(*words, may_fail=True).out.partition(" ")
    return number if status == "installed" else ""


def check_first(root: CleanRoot, package: Path, scratch: Path, checks: Checks) -> None:
    """The older package on a system that has nothing, and a library of an earlier format."""
    with checks.step("an older package installs on a system that has nothing"):
        install(root, older(package, scratch))
        need(version(root) == _OLDER, f"installed: {version(root)!r}")
    with checks.step("there is no Python in the system"):
        found = [*root.path.glob("usr/bin/python*"), *root.path.glob("usr/local/bin/python*")]
        need(not found, f"{found}")
    with checks.step("it reads a document, whose library is then made an earlier format"):
        printed(root.program("add", str(HOME / "Papers" / LEASE), "--json"))
        change(root, _BACK_TO_FORMAT_3)
        need(format_of(root) == 3, f"the format is {format_of(root)}")


def check_upgrade(root: CleanRoot, package: Path, checks: Checks) -> None:
    """The package over the older one, and over its library."""
    with checks.step("the package upgrades the older one"):
        install(root, package)
        need(version(root) not in ("", _OLDER), f"installed: {version(root)!r}")
    with checks.step("it brings the older library up to date, with what is in it"):
        need(_holds_the_lease(root), "the document is not there")
        need(format_of(root) > 3, f"the format is {format_of(root)}")
        answer = printed(root.program("ask", QUESTION, "--json"))
        need(answer["status"] == "answered", answer["status"])
    with checks.step("a library of a newer program is refused in words, and is not touched"):
        now = format_of(root)
        change(root, _FROM_THE_FUTURE)
        refused = root.program("documents", "--json")
        need(refused.code == 1 and "newer" in refused.json["error"], f"{refused}")
        need(format_of(root) == 9999, "it was changed")
        change(root, (f"UPDATE facts SET value = '{now}' WHERE name = 'format_version'",))


def check_removal(root: CleanRoot, package: Path, checks: Checks) -> None:
    """Nothing is left but the library, and where that is was said."""
    listed = root.as_root("dpkg", "--listfiles", NAME).out.splitlines()
    files = [line for line in listed if not root.inside(Path(line)).is_dir()]
    need(len(files) > 500, f"the package has {len(files)} files")
    for word in ("remove", "purge"):
        with checks.step(f"apt-get {word} takes everything of the program away"):
            said = root.as_root("apt-get", word, "--yes", "--quiet", NAME).out
            left = [line for line in files if root.inside(Path(line)).exists()]
            need(not left and not version(root), f"left: {left[:5]}")
            need(not root.inside(Path("/usr/lib/desktop-rag")).exists(), "its folder is left")
            if word == "remove":
                need(".local/share/desktop-rag" in said, f"it does not say what is kept: {said}")
    with checks.step("the user's library was kept, and is found when it is installed again"):
        need(root.inside(LEDGER).exists(), "the library is gone")
        install(root, package)
        need(_holds_the_lease(root), "the document is not there")


def change(root: CleanRoot, statements: tuple[str, ...]) -> None:
    """Change the ledger behind the program's back. No program may have it open."""
    with closing(sqlite3.connect(root.inside(LEDGER))) as ledger, ledger:
        for statement in statements:
            ledger.execute(statement)
    subprocess.run(["chown", "--reference", f"{root.inside(HOME)}", *_beside(root)], check=True)


def format_of(root: CleanRoot) -> int:
    """The format of the user's library."""
    with closing(sqlite3.connect(f"file:{root.inside(LEDGER)}?mode=ro", uri=True)) as ledger:
        found = ledger.execute("SELECT value FROM facts WHERE name = 'format_version'").fetchone()
    return int(found[0])


def _beside(root: CleanRoot) -> list[str]:
    folder = root.inside(LEDGER).parent
    return [str(path) for path in folder.glob(f"{LEDGER.name}*")]


def _holds_the_lease(root: CleanRoot) -> bool:
    documents = printed(root.program("documents", "--json"))["documents"]
    return LEASE in {Path(one["path"]).name for one in documents}
