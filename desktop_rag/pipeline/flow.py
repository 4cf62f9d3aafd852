"""The running text of a document, without running headers, with a way back to each page."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain import Page, Span

_LINE = re.compile(r"[^\r\n]+")
_PAGE_NUMBER = re.compile(
    r"^(?:page|p\.|-|–|—|\[|\()?\s*(\d{1,4}|[ivxlc]{1,7})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—\])]?$",
    re.I,
)
_BARE_NUMBER = re.compile(r"^\s*(\d{1,4})\s*$")
_EDGE_LINES = 3
_FEWEST_REPEATS = 3
_REPEATED_SHARE = 0.4
_CONNECTIVES = frozenset(
    "a an and as at by for from in into is of on or shall than that the to which who will "
    "with".split()
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """`length` characters of page `page` from `page_start`; they stand at `start` of the flow."""

    start: int
    page: int
    page_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of all `blocks`, joined by one newline.

    Attributes:
        page_breaks: positions in `text` where a page ends and no sentence runs over.
    """

    text: str
    blocks: tuple[Block, ...]
    page_breaks: frozenset[int]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The characters `text[start:end]` on their pages.

        The slices at the spans, joined by one newline, are exactly that text, provided that it
        neither starts nor ends with the newline between two blocks.
        """
        spans: list[Span] = []
        first = bisect_right([block.start for block in self.blocks], start) - 1
        for block in self.blocks[max(first, 0) :]:
            if block.start >= end:
                break
            left = max(start, block.start)
            right = min(end, block.start + block.length)
            if left < right:
                spans.append(Span(block.page, block.page_start + left - block.start, right - left))
        return tuple(spans)


def make_flow(pages: Sequence[Page]) -> Flow:
    """Lay the pages' texts end to end, leaving out what only repeats from page to page."""
    running = _running_lines(pages)
    offsets = _number_offsets(pages)
    seen: set[tuple[int, str]] = set()
    texts: list[str] = []
    blocks: list[Block] = []
    breaks: set[int] = set()
    position = 0
    for page in pages:
        for start, end in _kept_ranges(page, running, offsets, seen):
            piece = page.text[start:end]
            if blocks and blocks[-1].page != page.number and not _runs_on(texts[-1], piece):
                breaks.add(position - 1)
            blocks.append(Block(position, page.number, start, end - start))
            texts.append(piece)
            position += len(piece) + 1
    return Flow("\n".join(texts), tuple(blocks), frozenset(breaks))


def _runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs over the edge between two pages."""
    tail, head = before.rstrip(), after.lstrip()
    if not tail or not head or _SENTENCE_END.search(tail):
        return False
    last_word = tail.split()[-1].casefold()
    return head[0].islower() or tail[-1] in ",-\u00ad\ufffe" or last_word in _CONNECTIVES


def _key(line: str, page: Page) -> str:
    """The line without its page's number and stamp. Other digits stay: a dose is no header."""
    unstamped = line.replace(page.bates, "#") if page.bates else line
    words = unstamped.casefold().split()
    own = (str(page.number), page.label.casefold())
    place = next((index for index, word in enumerate(words) if word in own), None)
    if place is not None:
        words[place] = "#"
    return " ".join(words)


def _edge_lines(text: str) -> list[tuple[int, re.Match[str]]]:
    """The first and last lines with their place: 0, 1, 2 from the top, -1, -2, -3 from the foot."""
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    head = min(_EDGE_LINES, (len(lines) + 1) // 2)
    foot = min(_EDGE_LINES, len(lines) - head)
    places = [*range(head), *range(-foot, 0)]
    return [(place, lines[place]) for place in places]


def _running_lines(pages: Sequence[Page]) -> frozenset[tuple[int, str]]:
    """Lines that stand at the same place of the edge of many pages: headers and footers."""
    counts = Counter(
        (place, _key(line.group(), page))
        for page in pages
        for place, line in _edge_lines(page.text)
    )
    enough = max(_FEWEST_REPEATS, _REPEATED_SHARE * len(pages))
    return frozenset(key for key, count in counts.items() if count >= enough)


def _number_offsets(pages: Sequence[Page]) -> frozenset[int]:
    """By how much bare numbers at the edge of at least three pages differ from the page's own."""
    counts = Counter(
        int(match.group(1)) - page.number
        for page in pages
        for place, line in _edge_lines(page.text)
        if place in (0, -1) and (match := _BARE_NUMBER.match(line.group()))
    )
    return frozenset(offset for offset, count in counts.items() if count >= _FEWEST_REPEATS)


def _is_page_number(line: str, page: Page, offsets: frozenset[int]) -> bool:
    """Whether a line is nothing but the number of its page: a lone figure can be a dose."""
    match = _PAGE_NUMBER.match(line.strip())
    if match is None:
        return False
    number = match.group(1).casefold()
    if number in (str(page.number), page.label.casefold()):
        return True
    return number.isdigit() and int(number) - page.number in offsets


def _kept_ranges(
    page: Page,
    running: frozenset[tuple[int, str]],
    offsets: frozenset[int],
    seen: set[tuple[int, str]],
) -> list[tuple[int, int]]:
    """Ranges of the page without its number and without running lines that were seen before."""
    text = page.text
    dropped: list[tuple[int, int]] = []
    for place, line in _edge_lines(text):
        key = (place, _key(line.group(), page))
        is_number = place in (0, -1) and _is_page_number(line.group(), page, offsets)
        if is_number or (key in running and key in seen):
            dropped.append(line.span())
        elif key in running:
            seen.add(key)
    ranges: list[tuple[int, int]] = []
    position = 0
    for start, end in [*dropped, (len(text), len(text))]:
        piece = text[position:start]
        if piece.strip():
            left = position + len(piece) - len(piece.lstrip())
            ranges.append((left, position + len(piece.rstrip())))
        position = end
    return ranges
