"""Writes the lock: every package that is installed, at its exact version, with its SHA-256.

    python packaging/lock.py

pip is asked what it would install for constraints.txt on this machine; nothing is installed. The
lock is that of this system and this Python alone: run it on each that is released for. Install with
    pip install --require-hashes --no-deps -r packaging/lock/NAME.txt
"""

import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
FOLDER = ROOT / "packaging" / "lock"
HEAD = """\
# Every package that is installed, with the SHA-256 of the file that it comes in.
# Made by packaging/lock.py on {system}, Python {python}. What it does not pin: docs/decisions/019.
"""


def canonical(name: str) -> str:
    """The name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lines: str) -> dict[str, str]:
    """Version by name, of lines NAME==VERSION with or without hashes."""
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s\\]+)", lines, flags=re.MULTILINE)
    return {canonical(name): version for name, version in found}


def wanted() -> dict[str, str]:
    """Version by name of all that the lock must hold."""
    return pinned(CONSTRAINTS.read_text(encoding="utf-8"))


def lock_lines(report: Mapping[str, Any]) -> list[str]:
    """One entry a package, in the order of their names; only names, versions and hashes."""
    lines = []
    for package in report["install"]:
        name, version = package["metadata"]["name"], package["metadata"]["version"]
        digest = package["download_info"]["archive_info"]["hashes"]["sha256"]
        public = version.partition("+")[0]  # "+cpu": which build it is, the hash alone says
        lines.append(f"{canonical(name)}=={public} \\\n    --hash=sha256:{digest}")
    return sorted(lines)


def ask_pip(requirements: Mapping[str, str]) -> dict[str, Any]:
    """What pip would install. It needs a connected machine; nothing is installed."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "wanted.txt"), Path(folder, "report.json")
        lines = [f"{name}=={version}\n" for name, version in requirements.items()]
        listed.write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--report", str(report), "-r", str(listed)]
        subprocess.run(command, check=True)
        said: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return said


def main() -> None:
    """Write the lock of this system and this Python."""
    system = f"{platform.system()}-{platform.machine()}".lower()
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    lines = lock_lines(ask_pip(wanted()))
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{system}-py{python.replace('.', '')}.txt"
    head = HEAD.format(system=system, python=python)
    target.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(lines)} packages")


if __name__ == "__main__":
    main()
