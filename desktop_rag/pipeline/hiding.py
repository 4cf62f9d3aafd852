"""What of a passage is not visible on its pages, and the passage without that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_rag.domain import Chunk, Evidence, Passage, Ranges, Span
from desktop_rag.pipeline.normalising import searchable


def hidden_in(chunk: Chunk, hidden: Mapping[int, Ranges]) -> tuple[Span, ...]:
    """The characters of a chunk that are not visible; `hidden` has those of each page by number."""
    return tuple(
        common
        for span in chunk.spans
        for start, length in hidden.get(span.page, ())
        if (common := _common(span, Span(span.page, start, length))) is not None
    )


def is_hidden(spans: Iterable[Span], hidden: Sequence[Span]) -> bool:
    """Whether one of the spans holds something that is hidden."""
    return any(_common(span, one) is not None for span in spans for one in hidden)


def with_marks(passage: Passage) -> Passage:
    """The passage, each piece of its evidence saying whether it is visible."""
    if not passage.hidden:
        return passage
    evidence = tuple(
        replace(one, hidden=is_hidden([one.span], passage.hidden)) for one in passage.evidence
    )
    return replace(passage, evidence=evidence)


def as_seen(passage: Passage) -> Passage:
    """The passage as somebody who looks at its pages reads it: its texts alone, not its spans."""
    if not passage.hidden:
        return passage
    chunk, position, pieces = passage.chunk, 0, []
    for span in chunk.spans:
        pieces.append(_visible(chunk.text[position : position + span.length], span, passage.hidden))
        position += span.length + 1
    text = "\n".join(pieces)
    plain = searchable(text)
    heading_is_gone = chunk.heading in chunk.plain_text and chunk.heading not in plain
    seen = replace(
        chunk, text=text, searchable=plain, heading="" if heading_is_gone else chunk.heading
    )
    evidence = (_evidence_as_seen(one, passage.hidden) for one in passage.evidence)
    return replace(passage, chunk=seen, evidence=tuple(one for one in evidence if one.text.strip()))


def has_something_seen(passage: Passage) -> bool:
    """Whether a letter or digit of the passage is visible."""
    return any(character.isalnum() for character in as_seen(passage).chunk.text)


def _evidence_as_seen(evidence: Evidence, hidden: Sequence[Span]) -> Evidence:
    return replace(evidence, text=_visible(evidence.text, evidence.span, hidden))


def _visible(text: str, span: Span, hidden: Sequence[Span]) -> str:
    """The text at `span` with a space for each hidden piece of it."""
    shown = list(text)
    for one in hidden:
        common = _common(span, one)
        if common is not None:
            start = common.start - span.start
            shown[start : start + common.length] = " " * common.length
    return "".join(shown)


def _common(span: Span, other: Span) -> Span | None:
    start = max(span.start, other.start)
    end = min(span.start + span.length, other.start + other.length)
    return Span(span.page, start, end - start) if span.page == other.page and start < end else None
