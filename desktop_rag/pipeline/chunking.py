"""Cut a document into chunks that the bi-encoder can read whole."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_rag.domain import Chunk, Page
from desktop_rag.pipeline.bates import bates_words
from desktop_rag.pipeline.flow import Flow, make_flow
from desktop_rag.pipeline.identifiers import identifiers
from desktop_rag.pipeline.leads import with_leads
from desktop_rag.pipeline.normalising import searchable, words_of
from desktop_rag.pipeline.segmenting import Unit, units

CountTokens = Callable[[Sequence[str]], list[int]]
_SPECIAL_TOKENS = 2
_WORD = re.compile(r"\S{1,100}")
_MOST_SECTION_TOKENS = 40
_MOST_LEAD_WORDS = 30
_MOST_CONTEXT_TOKENS = 90  # a section and a lead; more is left out


@dataclass(frozen=True, slots=True)
class ChunkingOptions:
    """Sizes in wordpieces of the bi-encoder.

    Attributes:
        max_tokens: the most that a chunk may hold, heading and special tokens included.
        section_tokens: a heading opens a new chunk once the current one holds so many.
        overlap_tokens: how much of a full chunk's end the next one of the same section repeats.
    """

    max_tokens: int = 256
    section_tokens: int = 96
    overlap_tokens: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit, or a part of a long one.

    Attributes:
        tokens: wordpieces of its searchable text.
        context: what a chunk that begins with it needs to be told: the heading in force, its own
            included, and what leads in its list or table; `context_tokens` is what that costs.
        opens_page: True if it is the first after a page edge that no sentence crosses.
    """

    unit: Unit
    tokens: int
    context: str
    context_tokens: int
    opens_page: bool


def chunk_pages(
    document_id: str,
    pages: Sequence[Page],
    count_tokens: CountTokens,
    options: ChunkingOptions = ChunkingOptions(),
) -> list[Chunk]:
    """Chunks of all pages that have text, in reading order.

    A chunk ends at the page edge unless a sentence runs over it. `count_tokens` gives the
    wordpieces of each text, special tokens not counted.
    """
    flow = make_flow(pages)
    stamps = {page.number: page.bates for page in pages}
    vocabulary = words_of(flow.text)
    chunks: list[Chunk] = []
    for group in _groups(_pieces(flow, vocabulary, count_tokens, options), options):
        start, end = group[0].unit.start, group[-1].unit.end
        text = flow.text[start:end]
        words = searchable(text, vocabulary)
        if words:
            spans = flow.spans(start, end)
            chunk = Chunk(document_id, len(chunks), text, words, group[0].context, spans)
            chunks.append(replace(chunk, searchable=_with_exact_words(chunk, stamps)))
    return chunks


def _with_exact_words(chunk: Chunk, stamps: Mapping[int, str]) -> str:
    """The searchable text with what must be found exactly as it is written.

    These are the Bates numbers of its pages, in all their parts, and its identifiers.
    """
    known = set(chunk.searchable.casefold().split())
    exact = [
        *bates_words([stamps[page] for page in chunk.pages]),
        *identifiers(chunk.searchable),
    ]
    words = dict.fromkeys(word for word in exact if word.casefold() not in known)
    return "\n".join(filter(None, [chunk.searchable, " ".join(words)]))


def _pieces(
    flow: Flow, vocabulary: frozenset[str], count_tokens: CountTokens, options: ChunkingOptions
) -> Iterator[_Piece]:
    whole = list(with_leads(flow.text, units(flow.text, flow.page_breaks)))
    texts = [searchable(flow.text[unit.start : unit.end], vocabulary) for unit in whole]
    costs = count_tokens(texts)
    contexts = _contexts(whole, vocabulary, count_tokens)
    breaks = sorted(flow.page_breaks)
    passed = 0
    for unit, tokens, (context, context_tokens) in zip(whole, costs, contexts, strict=True):
        longest = options.max_tokens - _SPECIAL_TOKENS - max(context_tokens, _MOST_SECTION_TOKENS)
        now_passed = bisect_right(breaks, unit.start)
        for part, cost in _parts(flow.text, unit, tokens, longest, count_tokens):
            yield _Piece(part, cost, context, context_tokens, now_passed > passed)
            passed = now_passed


def _contexts(
    whole: Sequence[Unit], vocabulary: frozenset[str], count_tokens: CountTokens
) -> list[tuple[str, int]]:
    """For each unit, section and lead, as in “7. Termination › may be ended:”, and their cost."""
    costs = count_tokens([unit.heading for unit in whole])
    sections: list[str] = []
    for unit, cost in zip(whole, costs, strict=True):
        latest = sections[-1] if sections else ""
        sections.append(unit.heading if unit.heading and cost <= _MOST_SECTION_TOKENS else latest)
    contexts = [
        _joined(section, searchable(unit.lead, vocabulary))
        for section, unit in zip(sections, whole, strict=True)
    ]
    costs = count_tokens(contexts)
    too_long = [place for place, cost in enumerate(costs) if cost > _MOST_CONTEXT_TOKENS]
    for place, cost in zip(too_long, count_tokens([sections[at] for at in too_long]), strict=True):
        contexts[place], costs[place] = sections[place], cost
    return list(zip(contexts, costs, strict=True))


def _joined(section: str, lead: str) -> str:
    """The section, then the last words of what leads in; a section that the lead names is not."""
    words = lead.split()
    if len(words) > _MOST_LEAD_WORDS:
        words = ["…", *words[-_MOST_LEAD_WORDS:]]
    told = " ".join(words)
    return told if told.startswith(section) else " › ".join(filter(None, [section, told]))


def _parts(
    text: str, unit: Unit, tokens: int, longest: int, count_tokens: CountTokens
) -> Iterator[tuple[Unit, int]]:
    """The unit itself, or its parts at word boundaries if it is too long to be read whole."""
    if tokens <= longest:
        yield unit, tokens
        return
    words = list(_WORD.finditer(text, unit.start, unit.end))
    costs = count_tokens([searchable(word.group()) for word in words])
    start, end, held = unit.start, unit.start, 0
    for word, cost in zip(words, costs, strict=True):
        if held and held + cost > longest:
            yield replace(unit, start=start, end=end), held
            start, held = word.start(), 0
        end = word.end()
        held += cost
    yield replace(unit, start=start, end=end), held


def _groups(pieces: Iterable[_Piece], options: ChunkingOptions) -> Iterator[list[_Piece]]:
    """Consecutive pieces that make one chunk."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and piece.opens_page:
            yield group
            group = []
        elif group and (_is_full(group, piece, options) or _opens_section(group, piece, options)):
            body, headings = _split_trailing_headings(group)
            if body:
                yield body
            group = headings or _overlap(body, piece, options)
            if group and _is_full(group, piece, options):
                yield group
                group = []
        group.append(piece)
    if group:
        yield group


def _is_full(group: list[_Piece], piece: _Piece, options: ChunkingOptions) -> bool:
    room = options.max_tokens - _SPECIAL_TOKENS - group[0].context_tokens
    return _tokens(group) + piece.tokens > room


def _opens_section(group: list[_Piece], piece: _Piece, options: ChunkingOptions) -> bool:
    return bool(piece.unit.heading) and _tokens(group) >= options.section_tokens


def _split_trailing_headings(group: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """A heading belongs to what follows it, not to the chunk that it would end."""
    end = len(group)
    while end and group[end - 1].unit.is_heading:
        end -= 1
    if not end:  # nothing but headings, and full: they must go somewhere
        return group, []
    return group[:end], group[end:]


def _overlap(body: list[_Piece], piece: _Piece, options: ChunkingOptions) -> list[_Piece]:
    """The end of a full chunk, to be repeated if the section goes on."""
    if piece.unit.heading:
        return []
    first = len(body)
    while first > 1 and _tokens(body[first - 1 :]) <= options.overlap_tokens:
        first -= 1
    return body[first:]


def _tokens(group: Sequence[_Piece]) -> int:
    return sum(piece.tokens for piece in group)
