"""The running text of a document, without running headers, with a way back to each page."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain import Page, Span

_LINE = re.compile(r"[^\r\n]+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I
)
_EDGE_LINES = 3
_FEWEST_REPEATS = 2
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
    seen: set[str] = set()
    texts: list[str] = []
    blocks: list[Block] = []
    breaks: set[int] = set()
    position = 0
    for page in pages:
        for start, end in _kept_ranges(page, running, seen):
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
    """The line without its page number. Other digits stay: two doses are not one header."""
    words = line.casefold().split()
    own = (str(page.number), page.label.casefold())
    place = next((index for index, word in enumerate(words) if word in own), None)
    if place is not None:
        words[place] = "#"
    return " ".join(words)


def _edge_lines(text: str) -> list[re.Match[str]]:
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    if len(lines) <= 2 * _EDGE_LINES:
        return lines
    return lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]


def _running_lines(pages: Sequence[Page]) -> frozenset[str]:
    """Keys of lines that stand at the edge of many pages: headers and footers."""
    counts = Counter(
        key
        for page in pages
        for key in {_key(line.group(), page) for line in _edge_lines(page.text)}
    )
    enough = max(_FEWEST_REPEATS, _REPEATED_SHARE * len(pages))
    return frozenset(key for key, count in counts.items() if count >= enough)


def _kept_ranges(page: Page, running: frozenset[str], seen: set[str]) -> list[tuple[int, int]]:
    """Ranges of the page without page numbers and without running lines that were seen before."""
    text = page.text
    dropped: list[tuple[int, int]] = []
    for line in _edge_lines(text):
        key = _key(line.group(), page)
        if _PAGE_NUMBER.match(line.group()) or (key in running and key in seen):
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
