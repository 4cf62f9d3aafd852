"""What is inside this program: the builder's list and the licences beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MOST_TEXT = 400_000  # characters of a licence; beyond that it is cut


@dataclass(frozen=True, slots=True)
class Component:
    """Something that the program is made of.

    Attributes:
        licence: its short name; "" if the list does not say.
    """

    name: str
    version: str
    licence: str


def edition(resources: Path) -> str:
    """“cpu” or “gpu”; "" for a program that runs from its sources."""
    file = resources / "edition.txt"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def components(resources: Path) -> list[Component]:
    """All that the builder put in, by name; nothing if the program runs from its sources."""
    file = resources / "sbom.json"
    if not file.is_file():
        return []
    bill = json.loads(file.read_text(encoding="utf-8"))
    found = (
        Component(str(part["name"]), str(part.get("version", "")), _licence(part))
        for part in bill["components"]
    )
    return sorted(found, key=lambda one: one.name.casefold())


def licence_text(resources: Path, name: str) -> str:
    """All licences and notices of a component, one after the other; "" if there are none."""
    folder = resources / "licences" / name
    if not folder.is_dir() or folder.resolve().parent != (resources / "licences").resolve():
        return ""
    texts = "\n\n\n".join(_texts(folder))
    return texts if len(texts) <= _MOST_TEXT else texts[:_MOST_TEXT] + "\n…"


def _texts(folder: Path) -> Iterator[str]:
    files = sorted(folder.iterdir(), key=lambda file: (not file.name.startswith("README"), file))
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").strip()
        yield f"{file.name}\n{'=' * len(file.name)}\n\n{text}"


def _licence(part: dict[str, Any]) -> str:
    """The short names of its licences."""
    names = []
    for one in part.get("licenses", ()):
        said = one.get("license", {})
        names.append(one.get("expression") or said.get("id") or said.get("name") or "")
    return ", ".join(filter(None, names))
