"""Whose files are in the package: Python packages, and libraries of the building system."""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from sbom import ROOT, canonical


@dataclass(frozen=True, slots=True)
class System:
    """A package of the building Debian of which libraries were taken in, or CPython itself."""

    name: str
    version: str
    files: tuple[str, ...]
    licence_text: str

    @property
    def licences(self) -> str:
        """The licences that its copyright file names, in Debian's words."""
        if self.name == "cpython":
            return "PSF-2.0"
        named = re.findall(r"^License: *(\S.*)$", self.licence_text, flags=re.MULTILINE)
        return ", ".join(sorted({name.strip() for name in named})) or "see its copyright file"


def what_is_inside(sources: Iterable[Path]) -> tuple[list[str], list[System]]:
    """Names of the Python packages that these files are of, and what came from the system."""
    owners = _owners()
    packages: set[str] = set()
    others: dict[str, list[Path]] = {}
    for source in sources:
        if not source.is_absolute():
            continue  # a link within the package, to a file that is listed itself
        real = source.resolve()
        if real in owners:
            packages.add(owners[real])
        elif ".so" in source.name and not real.is_relative_to(ROOT):
            others.setdefault(_package_of(source), []).append(source)
    packages.add("llama-cpp-python")  # it is taken from a build of its own
    packages.discard("desktop-rag")
    return sorted(packages), [_system(name, files) for name, files in sorted(others.items())]


def _owners() -> dict[Path, str]:
    """Package by file, of all that is installed in this environment."""
    found: dict[Path, str] = {}
    for one in metadata.distributions():
        for file in one.files or []:
            found[Path(str(one.locate_file(file))).resolve()] = canonical(one.metadata["Name"])
    return found


def _package_of(library: Path) -> str:
    """The Debian package that a library came in; “cpython” for what came with this Python."""
    for name in (library, library.resolve()):
        said = subprocess.run(["dpkg", "-S", str(name)], capture_output=True, text=True)
        if said.returncode == 0:
            package = said.stdout.split(":")[0]
            return "cpython" if package.startswith("libpython") else package
    if library.resolve().is_relative_to(Path(sys.base_prefix).resolve()):
        return "cpython"
    raise SystemExit(f"{library.name} goes into the package, and no package owns it.")


def _system(name: str, files: list[Path]) -> System:
    listed = tuple(sorted({file.name for file in files}))
    if name == "cpython":
        return System(name, sys.version.split()[0], listed, _licence_of_python())
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", name], check=True, capture_output=True, text=True
    )
    text = Path("/usr/share/doc", name, "copyright").read_text(encoding="utf-8", errors="replace")
    return System(name, asked.stdout.strip(), listed, text)


def _licence_of_python() -> str:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for place in (
        Path(sys.base_prefix) / "lib" / version / "LICENSE.txt",
        Path("/usr/share/doc") / version / "copyright",
        Path("/usr/share/doc") / f"{version}-minimal" / "copyright",
    ):
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    raise SystemExit("The licence of this Python was not found.")
