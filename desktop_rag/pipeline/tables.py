"""Rows of tables, known from their words alone: a PDF's text has a line a row and no mark-up."""

import re
from collections.abc import Sequence

_FIGURE = re.compile(r"^[<>≤≥±~(+−–-]{0,2}[$€£]?\d[\d.,:/%()±*–−-]*[a-z%*†‡]{0,2}$", re.IGNORECASE)
_EMPTY_CELLS = frozenset("- – — −– n/a na nd nr nil yes no".split())
_LINKING = frozenset(
    "a an the of and or in on at to for from by with as is are was were be been than that which "
    "who shall may must not this these it its".split()
)
_CAPTION = re.compile(r"^\s*(?:table|tab\.|schedule|exhibit)\s+[\dIVXA-Z]+\b", re.IGNORECASE)
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
_LEAST_SHARE = 0.3  # of a row's words that are figures
_MOST_LINKING = 1  # "Number of patients 23 45"; a line of running text has more
_MOST_WORDS = 24
_MOST_HEADER_WORDS = 16
_CAPTION_LINES = 4  # above the header in which a caption is looked for
_ENDS = (".", "!", "?", ";", ":")


def table_rows(lines: Sequence[str]) -> dict[int, int]:
    """For each line that is a row of a table, the number of the line that heads its columns.

    A table is a run of two or more lines of figures. Where no line heads it, a row has its own.
    """
    rows: dict[int, int] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - start >= _FEWEST_ROWS:
            headed = start > 0 and _can_head(lines[start - 1])
            rows |= {row: start - 1 if headed else row for row in range(start, end)}
        start = max(end, start + 1)
    return rows


def caption_of(lines: Sequence[str], header: int) -> str:
    """The caption ("Table 1. Doses by weight") above a header, on one line, or ""."""
    for place in range(header - 1, max(header - 1 - _CAPTION_LINES, -1), -1):
        if _CAPTION.match(lines[place]):
            return " ".join(" ".join(lines[place:header]).split())
    return ""


def _is_row(line: str) -> bool:
    words = line.split()
    if not _FEWEST_FIGURES <= len(words) <= _MOST_WORDS:
        return False
    numbers = sum(bool(_FIGURE.match(word)) for word in words)
    figures = numbers + sum(word.casefold() in _EMPTY_CELLS for word in words)
    linking = sum(word.casefold() in _LINKING for word in words)
    return (
        figures >= _FEWEST_FIGURES
        and numbers > 0
        and figures >= _LEAST_SHARE * len(words)
        and linking <= _MOST_LINKING
        and not (line.rstrip().endswith(_ENDS) and linking)
    )


def _can_head(line: str) -> bool:
    words = line.split()
    return (
        1 < len(words) <= _MOST_HEADER_WORDS
        and not line.rstrip().endswith(_ENDS)
        and sum(word.casefold() in _LINKING for word in words) <= _MOST_LINKING
        and not _CAPTION.match(line)
    )
