"""Sentences and headings, found from the words alone: a PDF's text carries no mark-up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_rag.pipeline.tables import caption_of, table_rows

_LINE = re.compile(r"[^\r\n]+")
_BOUNDARY = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9§•])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[a-z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|No|Nos|Art|Sec|Secs|Inc|Ltd|Co|Corp|v|vs|cf|al|Fig|Figs|Eq|"
    r"Ref|Refs|Tab|approx|ca|e\.g|i\.e|etc|pp?|para|paras|cl|Cir|Cal|Rev|Vol|Ed|ed|Dept|Gen|Gov|Hon)"
    r"|\b[A-Z]\.[A-Z]|^\s*\d{1,3})\.$"
)
# German dates: “am 31. Dezember 2026”.
_DAY = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember)\b"
)
_LIST_ITEM = re.compile(
    r"^\s*(?:[•●▪■◦‣–—*-]\s|\(?(?:[a-z]|[ivx]{1,4}|[A-Z]|\d{1,2})[).]\s|\d+(?:\.\d+)+\.?\s|§\s*\d)"
)
_NAMED = re.compile(
    r"^\s*(?:(?:Article|Section|Chapter|Part|Schedule|Exhibit|Appendix|Annex|Clause|Title)|"
    r"(?:ARTICLE|SECTION|CHAPTER|PART|SCHEDULE|EXHIBIT|APPENDIX|ANNEX|CLAUSE|TITLE))"
    r"\s+[\dIVXLA-Z]+\b"
)
_NUMBERED = re.compile(r"^\s*(?:§\s*)?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+[A-Z]")
_RUN_IN = re.compile(
    r"\s*((?:(?:Section|Article|Clause|§)\s*)?\d{1,3}(?:\.\d{1,3}){0,3}[.)]?\s+[A-Z][^.\r\n:;]{2,60}?)[.:]\s+\S"
)
_LONGEST_HEADING = 90
_MOST_HEADING_WORDS = 12
_MOST_PLAIN_HEADING_WORDS = 7
_MOSTLY = 0.5
_ENDS = ".!?:"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item, row or heading: `text[start:end]`, without white space at its ends.

    Attributes:
        heading: what the unit names its section; "" if it opens none. A heading line names
            itself; a run-in heading ("7.2 Notice. The tenant …") is part of its sentence.
        is_heading: True if the unit is nothing but a heading.
        lead: what stands before it and is meant for it too: a table's caption and the names of
            its columns for a row; "" for others (`leads.with_leads` adds those of lists).
    """

    start: int
    end: int
    heading: str = ""
    is_heading: bool = False
    lead: str = ""


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of `text`, in order, without the white space around them."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        last_line = text[start : match.end()].rpartition("\n")[2]
        is_day = _DAY.search(last_line) and _MONTH.match(text, match.end())
        if not _ABBREVIATION.search(last_line) and not is_day:
            ranges.append((start, match.end()))
            start = match.end()
    ranges.append((start, len(text)))
    return [trimmed for left, right in ranges if (trimmed := _trim(text, left, right))]


def units(text: str, page_breaks: frozenset[int] = frozenset()) -> Iterator[Unit]:
    """Cut `text` into headings, list items, rows and sentences; none runs over a page break."""
    start = 0
    lines = [*_LINE.finditer(text)]
    words = [line.group() for line in lines]
    rows = table_rows(words)
    headers = frozenset(rows.values())
    for index, line in enumerate(lines):
        if index in rows:
            yield from _sentences(text, start, line.start())
            yield from _row(text, line, "" if rows[index] == index else _lead(words, rows[index]))
            start = line.end()
            continue
        if index in headers:
            yield from _sentences(text, start, line.start())
            start = line.start()
            continue
        before = words[index - 1] if index and index - 1 not in rows else ""
        after = words[index + 1] if index + 1 < len(lines) else ""
        if is_heading(line.group(), before, after):
            yield from _sentences(text, start, line.start())
            heading = " ".join(line.group().split())
            trimmed = _trim(text, *line.span())
            if trimmed:
                yield Unit(*trimmed, heading=heading, is_heading=True)
            start = line.end()
        elif _LIST_ITEM.match(line.group()) or _breaks_between(lines, index, page_breaks):
            yield from _sentences(text, start, line.start())
            start = line.start()
    yield from _sentences(text, start, len(text))


def is_heading(line: str, before: str, after: str) -> bool:
    """Whether `line` is a heading, judged by its words and by the lines around it."""
    words = line.split()
    stripped = line.strip()
    if not 2 < len(stripped) <= _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS:
        return False
    if stripped[-1] in ",;-." or not any(character.isalpha() for character in stripped):
        return False
    if _is_capitals(stripped):
        return not _is_capitals(before.strip()) and not _is_capitals(after.strip())
    ended = not before.strip() or before.rstrip()[-1] in _ENDS or before.strip()[-1].isdigit()
    if _NAMED.match(stripped) or _NUMBERED.match(stripped):
        return ended or _capitalised_share(words) > _MOSTLY
    return (
        ended
        and len(words) <= _MOST_PLAIN_HEADING_WORDS
        and stripped[0].isupper()
        and stripped[-1] not in _ENDS
        and after.strip()[:1].isupper()
    )


def _row(text: str, line: re.Match[str], lead: str) -> Iterator[Unit]:
    trimmed = _trim(text, *line.span())
    if trimmed:
        yield Unit(*trimmed, lead=lead)


def _lead(lines: list[str], header: int) -> str:
    """The caption of a table and the names of its columns, which stand in line `header`."""
    columns = " ".join(lines[header].split())
    return " ".join(filter(None, [caption_of(lines, header), columns]))


def _sentences(text: str, start: int, end: int) -> Iterator[Unit]:
    run_in = _RUN_IN.match(text, start, end)
    heading = " ".join(run_in.group(1).split()) if run_in else ""
    ranges = sentence_ranges(text[start:end])
    if run_in and len(ranges) > 1 and start + ranges[0][1] <= run_in.end(1) + 1:
        ranges[:2] = [(ranges[0][0], ranges[1][1])]  # "7.2 Notice." is no sentence of its own
    for left, right in ranges:
        yield Unit(start + left, start + right, heading=heading)
        heading = ""


def _breaks_between(lines: list[re.Match[str]], index: int, page_breaks: frozenset[int]) -> bool:
    if not index:
        return False
    return any(at in page_breaks for at in range(lines[index - 1].end(), lines[index].start()))


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 3 and all(character.isupper() for character in letters)


def _capitalised_share(words: list[str]) -> float:
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long_words) / len(long_words) if long_words else 0.0


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    return (left, right) if left < right else None
