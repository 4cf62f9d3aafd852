"""Bates numbers: what the parties of a lawsuit stamp on each page of a production ("ABC000123").

A stamp proves itself: it stands at the edge of its page, and counts on from page to page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_rag.domain import Page

_STAMP = re.compile(
    r"(?<![\w.,/-])([A-Z](?:[A-Z0-9]*[A-Z])?(?:[_-][A-Z][A-Z0-9]*)*)([ _-]?)(\d{4,10})"
    r"(?![\w/-]|[.,]\d)"
)
_ALONE = re.compile(r"(?:[A-Z][A-Za-z ’'-]{2,40} [-–—|] )?([A-Z]{2,}[ _-]?(?:0\d{4,9}|\d{6,10}))")
_EDGE_LINES = 4
_LEAST_SHARE = 0.6
_NEIGHBOURS = 2
_FEWEST_UNPADDED = 3
# What counts pages, dates or things, but is no stamp.
_NO_PREFIX = frozenset(
    "PAGE PAGES PG SEITE FOLIO SHEET SLIDE CHAPTER SECTION FIGURE FIG TABLE PART NO NR NUMBER ITEM "
    "LINE ROW VERSION REV FY ISBN ISSN DOI PMID ARXIV JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV "
    "DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER TEL FAX "
    "PHONE ZIP ISO RFC EN DIN IEC".split()
)
# What a reader of scans confuses.
_LOOKS_LIKE = str.maketrans("OoQDIl|SBZ", "0000111582")
_SEPARATORS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A number that may be a Bates number: `series` is all of it but the number."""

    series: tuple[str, str, int]
    number: int

    @property
    def is_padded(self) -> bool:
        return len(str(self.number)) < self.series[2]

    def counted_on(self, by: int) -> "_Stamp":
        return replace(self, number=self.number + by)

    def __str__(self) -> str:
        prefix, separator, width = self.series
        return f"{prefix}{separator}{self.number:0{width}d}"


def with_bates(pages: Sequence[Page]) -> list[Page]:
    """The pages of a document, each with the Bates number that it bears, or "".

    Numbers of one prefix must count on by one from page to page on most of the pages that have
    text. A stamp that OCR misread (O for 0) is known by those of its neighbours. On a document of
    one page the number must stand alone on the first or last line.
    """
    readable = [page for page in pages if page.text]
    if len(pages) == 1:
        return [replace(page, bates=_alone(page)) for page in pages]
    stamps = _best_series(readable)
    for _ in range(2):  # forwards from what is proved, then from what that has proved
        stamps |= _misread(readable, stamps)
    return [
        replace(page, bates=str(stamps[page.number]) if page.number in stamps else "")
        for page in pages
    ]


def bates_words(numbers: Sequence[str]) -> list[str]:
    """What a search should find pages by: each number in one piece, and its figures alone."""
    found: list[str] = []
    for number in numbers:
        if number:
            found += [_SEPARATORS.sub("", number), re.split(r"\D+", number)[-1]]
    return found


def _edge_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _alone(page: Page) -> str:
    lines = _edge_lines(page.text)
    for line in lines[:1] + lines[-1:]:
        match = _ALONE.fullmatch(line)
        if match is not None and _prefix(match.group(1)) not in _NO_PREFIX:
            return match.group(1)
    return ""


def _prefix(number: str) -> str:
    return re.split(r"[\W\d_]", number)[0]


def _candidates(page: Page) -> list[_Stamp]:
    return [
        _Stamp((prefix, separator, len(figures)), int(figures))
        for line in _edge_lines(page.text)
        for prefix, separator, figures in _STAMP.findall(line)
        if prefix not in _NO_PREFIX
    ]


def _best_series(pages: Sequence[Page]) -> dict[int, _Stamp]:
    """By page, the stamps of the series that counts on over most pages; none if that are few."""
    found: dict[tuple[str, str, int], dict[int, set[_Stamp]]] = defaultdict(dict)
    for page in pages:
        for stamp in _candidates(page):
            found[stamp.series].setdefault(page.number, set()).add(stamp)
    best: dict[int, _Stamp] = {}
    for by_page in found.values():
        proved = _proved(by_page)
        if len(proved) > len(best):
            best = proved
    fewest = 2 if any(stamp.is_padded for stamp in best.values()) else _FEWEST_UNPADDED
    return best if len(best) >= max(fewest, _LEAST_SHARE * len(pages)) else {}


def _proved(by_page: dict[int, set[_Stamp]]) -> dict[int, _Stamp]:
    """Stamps that a page near by counts on from, or to; pages without text may lie between."""
    proved: dict[int, _Stamp] = {}
    for number, stamps in by_page.items():
        support = Counter(
            {
                stamp: sum(
                    stamp.counted_on(step) in by_page.get(number + step, ())
                    for step in (*range(-_NEIGHBOURS, 0), *range(1, _NEIGHBOURS + 1))
                )
                for stamp in stamps
            }
        )
        stamp, neighbours = support.most_common(1)[0]
        if neighbours:
            proved[number] = stamp
    return proved


def _misread(pages: Sequence[Page], stamps: dict[int, _Stamp]) -> dict[int, _Stamp]:
    """Stamps of other pages that read like what their neighbours say they must be."""
    found: dict[int, _Stamp] = {}
    for page in pages:
        if page.number in stamps:
            continue
        seen = "\n".join(_alike(line) for line in _edge_lines(page.text))
        for step in (1, -1, 2, -2):
            neighbour = stamps.get(page.number - step)
            if neighbour is not None and neighbour.number + step > 0:
                expected = neighbour.counted_on(step)
                if _alike(str(expected)) in seen:
                    found[page.number] = expected
                    break
    return found


def _alike(text: str) -> str:
    """The text with everything that looks alike made the same."""
    return _SEPARATORS.sub("", text.translate(_LOOKS_LIKE)).upper()
