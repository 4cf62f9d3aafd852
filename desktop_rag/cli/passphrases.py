"""Passphrases come from a file or are typed; never from the command line, which others can see."""

import getpass
import sys
from pathlib import Path

from desktop_rag.errors import WrongUsage


def passphrase_of(file: Path | None, prompt: str, *, twice: bool = False) -> str:
    """The first line of the file, or what is typed (unseen) at the terminal. Raises WrongUsage."""
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise WrongUsage(
            "A passphrase is needed, and nobody is there to type it.",
            "Name a file that holds it: --passphrase-file F, or --app-lock-file F.",
        )
    typed = getpass.getpass(f"{prompt}: ")
    if twice and typed != getpass.getpass("The same once more: "):
        raise WrongUsage("The two are not the same.", "Begin again.")
    return typed


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(
            f"The passphrase file {file} cannot be read.", "It holds one line of text."
        ) from error
    if not lines or not lines[0]:
        raise WrongUsage(f"The passphrase file {file} is empty.", "Write it into the first line.")
    return lines[0]
