"""Files that mean harm, generated: packs, model folders, GGUF files, PDFs, settings.

Each case writes itself into a folder of its own. Payloads are given the path of a marker outside of
it: one that ran would create that file, and nothing else does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """`make(folder)` writes it into the folder and returns what is to be opened.

    `harmless`: it may be taken, because what is hostile in it is left out or never looked at.
    """

    name: str
    make: Callable[[Path], Path]
    harmless: bool = False
