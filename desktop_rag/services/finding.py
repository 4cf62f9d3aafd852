"""From what a person dropped to the files that are meant."""

import os
import stat
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
            found.update((file.path, file) for file in inside)
        else:
            found[path] = _checked(path)
    return list(found.values())


def _checked(path: Path) -> FoundFile:
    """The file, or why it is none that could be read: a pipe or a device would never end."""
    try:
        str(path).encode()
        mode = path.stat().st_mode
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        return FoundFile(path, f"The name {shown} is not in UTF-8. Rename the file.")
    except FileNotFoundError:
        return FoundFile(path, f"There is no file {path}.")
    except OSError as error:
        return FoundFile(path, f"{path} cannot be opened: {error.strerror}.")
    if not stat.S_ISREG(mode):
        return FoundFile(path, f"{path} is no file that can be read.")
    return FoundFile(path)


def _pdfs_under(folder: Path) -> list[FoundFile]:
    """Every PDF under the folder, and the folders under it that cannot be looked into."""
    closed: list[FoundFile] = []

    def note(error: OSError) -> None:
        problem = f"The folder {error.filename} cannot be opened: {error.strerror}."
        closed.append(FoundFile(Path(str(error.filename)), problem))

    found = [
        _checked(Path(parent, name))
        for parent, _, names in os.walk(folder, onerror=note)
        for name in names
        if name.lower().endswith(".pdf") and not name.startswith("._")
    ]
    return sorted([*found, *closed], key=lambda file: file.path)
