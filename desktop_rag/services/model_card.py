"""What the card of a model (its README.md) says of it: an untrusted text, of which little is read.

A few keys of its front matter are taken by form alone; there is no YAML here, and nothing in a card
can do more than be left out.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain import Prefixes

_MOST_BYTES = 2 << 20  # cards with figures of many benchmarks are half a megabyte
_MOST_LANGUAGES = 300
_KEY = re.compile(r"(language|license)\s*:\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?")
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+ _-]{0,60}")
_QUOTES = "\"'“”‘’«»`"
_PAIRS = (Prefixes("query: ", "passage: "), Prefixes("search_query: ", "search_document: "))
_DEMANDS = re.compile(r"\b(?:start(?:s|ed)? with|prefix\w*|prepend\w*|begin(?:s)? with)\b")
# What cards write for a language, where ISO 639-1 has another code: YAML makes “no” a falsehood.
_OTHER_CODES = {
    "in": "id", "iw": "he", "ji": "yi", "eng": "en", "deu": "de", "ger": "de", "fra": "fr",
    "fre": "fr", "spa": "es", "ita": "it", "nld": "nl", "dut": "nl", "por": "pt", "zho": "zh",
    "chi": "zh", "jpn": "ja", "kor": "ko", "rus": "ru", "ara": "ar", "pol": "pl", "swe": "sv",
    "dan": "da", "nor": "no", "nob": "nb", "fin": "fi", "ces": "cs", "tur": "tr", "ukr": "uk",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model from its card; "" and () for what it does not say.

    Attributes:
        languages: two-letter codes, as in `Model`.
        prefixes: what it wants before every question and passage; None if it wants nothing.
    """

    languages: tuple[str, ...] = ()
    licence: str = ""
    prefixes: Prefixes | None = None


def read_card(folder: Path) -> ModelCard:
    """The card that lies in the folder; an empty one if there is none that can be read."""
    file = folder / "README.md"
    try:
        if file.is_symlink() or not file.is_file():
            return ModelCard()
        with file.open("rb") as stream:
            untrusted_text = stream.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ModelCard()
    front, body = _parts(untrusted_text.splitlines())
    found = _keys(front)
    licences = [word for word in found["license"] if _LICENCE.fullmatch(word)]
    return ModelCard(_languages(found["language"]), "".join(licences[:1]), _prefixes(body))


def _parts(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of the front matter, and those that follow it."""
    if not lines or lines[0].strip() != "---":
        return [], lines
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return lines[1:number], lines[number + 1 :]
    return [], lines


def _keys(front: list[str]) -> dict[str, list[str]]:
    """The values of the keys at the left edge; the items below one are its own."""
    found: dict[str, list[str]] = {"language": [], "license": []}
    values: list[str] = []
    for line in front:
        key, item = _KEY.fullmatch(line.rstrip()), _ITEM.fullmatch(line.rstrip())
        if key:
            values = found[key.group(1)]
            values += [_bare(one) for one in key.group(2).strip("[] ").split(",")]
        elif item:
            values.append(_bare(item.group(1)))
        elif line[:1].strip():
            values = []  # another key: what follows is not ours
    return found


def _bare(value: str) -> str:
    return value.partition(" #")[0].strip().strip(_QUOTES)


def _languages(values: list[str]) -> tuple[str, ...]:
    """Codes in their order, each once; what is no code (“multilingual”) is left out."""
    codes: dict[str, None] = {}
    for value in values[:_MOST_LANGUAGES]:
        said = "no" if value.lower() == "false" else value.lower()
        if match := _LANGUAGE.fullmatch(said):
            codes[_OTHER_CODES.get(match.group(1), match.group(1))] = None
    return tuple(codes)


def _prefixes(body: list[str]) -> Prefixes | None:
    """The pair that a line demands in so many words, both in quotation marks."""
    for line in body:
        if not _DEMANDS.search(line[:2000]):
            continue
        for pair in _PAIRS:
            if all(_is_quoted(text, line) for text in (pair.question, pair.passage)):
                return pair
    return None


def _is_quoted(text: str, line: str) -> bool:
    return any(f"{mark}{text.strip()}" in line for mark in _QUOTES)
