"""The sentences of a passage that bear on a question, with their exact place."""

from collections.abc import Sequence

from desktop_rag.domain import Chunk, Evidence, Span
from desktop_rag.pipeline.leads import with_leads
from desktop_rag.pipeline.normalising import searchable
from desktop_rag.pipeline.segmenting import Unit, units

_FEWEST_WORDS = 4


def sentences(chunk: Chunk) -> list[tuple[int, int]]:
    """Ranges of `chunk.text` that hold one sentence, list item or row each; no headings."""
    return [(unit.start, unit.end) for unit in _units(chunk)]


def sentence_texts(chunk: Chunk) -> list[str]:
    """The chunk's sentences as the encoders read them, in the order of `sentences`.

    An item is read with what leads its list in, a row with the names of its columns.
    """
    return [
        searchable(f"{unit.lead} {chunk.text[unit.start : unit.end]}") for unit in _units(chunk)
    ]


def _units(chunk: Chunk) -> list[Unit]:
    whole = list(with_leads(chunk.text, units(chunk.text)))
    return [unit for unit in whole if not unit.is_heading] or whole


def best_evidence(chunk: Chunk, scores: Sequence[float], most: int) -> tuple[Evidence, ...]:
    """The `most` best-scored sentences, best first. `scores`: one for each of `sentences`.

    Fragments of fewer than four words ("Bull Hist Med.") come last. A sentence that runs over a
    page edge becomes one piece of evidence for each page.
    """
    ranges = sentences(chunk)
    words = [len(chunk.text[start:end].split()) for start, end in ranges]
    order = sorted(
        range(len(ranges)), key=lambda index: (words[index] < _FEWEST_WORDS, -scores[index])
    )
    best = order[:most]
    return tuple(
        Evidence(span, text, float(scores[index]))
        for index in best
        for span, text in locate(chunk, *ranges[index])
    )


def locate(chunk: Chunk, start: int, end: int) -> list[tuple[Span, str]]:
    """Where the characters `chunk.text[start:end]` stand on their pages, with those characters."""
    found: list[tuple[Span, str]] = []
    position = 0
    for span in chunk.spans:
        left, right = max(start, position), min(end, position + span.length)
        if left < right:
            place = Span(span.page, span.start + left - position, right - left)
            found.append((place, chunk.text[left:right]))
        position += span.length + 1
    return found


def sentence_around(chunk: Chunk, span: Span) -> tuple[int, int]:
    """The range of `chunk.text` with the whole sentence that holds the span's first character."""
    for start, end in sentences(chunk):
        for place, _ in locate(chunk, start, end):
            if place.page == span.page and place.start <= span.start < place.start + place.length:
                return start, end
    return 0, len(chunk.text)
