"""From what a person dropped to the files that are meant."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to add, or what is wrong with the path that was given."""

    path: Path
    problem: str | None = None

    @property
    def is_pdf(self) -> bool:
        return self.path.suffix.lower() == ".pdf"


def find_files(paths: Sequence[Path]) -> list[FoundFile]:
    """The files named, and every PDF under the folders named, each once, in a steady order.

    Links to folders are not followed: they can lead in circles or out of what was meant.
    """
    found: dict[Path, FoundFile] = {}
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - keeps links, unlike resolve()
        if path.is_dir():
            inside = _pdfs_under(path)
            if not inside:
                found[path] = FoundFile(path, f"The folder {path} holds no PDF.")
            found.update((file, FoundFile(file)) for file in inside)
        elif path.is_file():
            found[path] = FoundFile(path)
        else:
            found[path] = FoundFile(path, f"There is no file {path}.")
    return list(found.values())


def _pdfs_under(folder: Path) -> list[Path]:
    return sorted(
        Path(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(".pdf") and not name.startswith("._")
    )
