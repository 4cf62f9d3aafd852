"""The pages of the guide, as they lie in the program's resources."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FIRST = "en"  # the language that has every page
_KEYBOARD = "keyboard"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide.

    Attributes:
        name: of its file, by which other pages link to it.
        title: what the list of contents calls it.
        text: Markdown, without the title.
    """

    name: str
    title: str
    text: str

    def has(self, words: Iterable[str]) -> bool:
        """Whether all of the words stand in it, in any case."""
        own = f"{self.title}\n{self.text}".casefold()
        return all(word.casefold() in own for word in words)


def guide_pages(folder: Path, language: str, keys: Iterable[tuple[str, str]]) -> list[GuidePage]:
    """All pages, in their order, in the language if it has them, else in English.

    `keys`: shortcut and what it does, for the page about the keyboard.
    """
    pages = []
    for first in sorted((folder / _FIRST).glob("*.md")):
        own = folder / language / first.name
        content = (own if own.is_file() else first).read_text(encoding="utf-8")
        title, _, text = content.partition("\n")
        if _KEYBOARD in first.name:
            text += _as_table(keys)
        pages.append(GuidePage(first.name, title.removeprefix("# ").strip(), text.strip()))
    return pages


def _as_table(keys: Iterable[tuple[str, str]]) -> str:
    rows = [f"| {_plain(key)} | {_plain(meaning)} |" for key, meaning in keys]
    head, *others = rows
    return "\n".join(["", head, "|---|---|", *others, ""])


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{one}" if one in "\\|*_`[]<>#" else one for one in text)
