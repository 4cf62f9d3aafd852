"""From what a person dropped to the files that are meant: PDFs, and mails that may hold some."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain import FileStamp


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to add, or what is wrong with the path that was given.

    Attributes:
        stamp: its size and time as it was found.
        named: whether it was given itself, not found in a folder.
    """

    path: Path
    problem: str | None = None
    stamp: FileStamp | None = None
    named: bool = True

    @property
    def bytes(self) -> int:
        return self.stamp.bytes if self.stamp is not None else 0

    @property
    def is_pdf(self) -> bool:
        return self.path.suffix.lower() == ".pdf"

    @property
    def is_mail(self) -> bool:
        return self.path.suffix.lower() == ".eml"


def find_files(paths: Sequence[Path]) -> list[FoundFile]:
    """The files named, and every PDF and mail under the folders named, each once, in steady order.

    Links to folders are not followed: they can lead in circles or out of what was meant.
    """
    found: dict[Path, FoundFile] = {}
    for given in paths:
        path = absolute(given)
        if path.is_dir():
            inside = sorted(filter(None, files_under(path)), key=lambda file: file.path)
            if not inside:
                found[path] = holds_nothing(path)
            for file in inside:
                found.setdefault(file.path, file)
        else:
            found[path] = checked(path)
    return list(found.values())


def absolute(path: Path) -> Path:
    """The path from the root, with its links kept, unlike `resolve`."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def files_under(folder: Path) -> Iterator[FoundFile | None]:
    """Every file under the folder as it is come upon; None for each that is neither PDF nor mail.

    Folders that cannot be looked into come as files with a problem, at the end.
    """
    closed: list[FoundFile] = []

    def note(error: OSError) -> None:
        problem = f"The folder {error.filename} cannot be opened: {error.strerror}."
        closed.append(FoundFile(Path(str(error.filename)), problem, named=False))

    for parent, _, names in os.walk(folder, onerror=note):
        for name in names:
            wanted = name.lower().endswith((".pdf", ".eml", ".msg")) and not name.startswith("._")
            yield checked(Path(parent, name), named=False) if wanted else None
    yield from closed


def checked(path: Path, *, named: bool = True) -> FoundFile:
    """The file, or why it is none that could be read: a pipe or a device would never end."""
    try:
        str(path).encode()
        status = path.stat()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        problem = f"The name {shown} is not in UTF-8. Rename the file."
    except FileNotFoundError:
        problem = f"There is no file {path}."
    except OSError as error:
        problem = f"{path} cannot be opened: {error.strerror}."
    else:
        if not stat.S_ISREG(status.st_mode):
            problem = f"{path} is no file that can be read."
        elif path.suffix.lower() == ".msg":
            problem = (
                f"{path.name} is an Outlook message, which cannot be opened here. Save it as .eml, "
                "or save what is attached to it, and add that."
            )
        else:
            stamp = FileStamp(status.st_size, status.st_mtime_ns)
            return FoundFile(path, stamp=stamp, named=named)
    return FoundFile(path, problem, named=named)


def holds_nothing(path: Path) -> FoundFile:
    """A folder or a mail in which there is nothing to add."""
    kind = "mail" if path.suffix.lower() == ".eml" and not path.is_dir() else "folder"
    return FoundFile(path, f"The {kind} {path} holds no PDF.")
