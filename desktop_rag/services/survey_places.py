"""Every place where something stands: each passage in scope is looked at, then its sentences."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from desktop_rag.domain import Chunk, SurveyProgress
from desktop_rag.pipeline.fusion import sigmoid
from desktop_rag.pipeline.normalising import comparable
from desktop_rag.pipeline.sought import Sought
from desktop_rag.services.ground import Finding, Ground, Row

MOST_READ = 1500  # passages
MOST_ROWS = 200
# What makes a sentence a row, measured in docs/decisions/016: its own relevance, and that with its
# passage's; less if it has the words of what is sought, or its form. In a passage below the first
# no sentence is read.
_LEAST_OF_PASSAGE = 0.01
_LEAST_RELEVANCE = 0.1
_LEAST_OF_NAMED = 0.03
_LEAST_OF_FORM = 0.05
_AT_A_TIME = 8
_SENTENCES_AT_A_TIME = 24
_NEAREST = 6


def places_holding(sought: Sought, ground: Ground) -> Generator[SurveyProgress, None, Finding]:
    """Yield progress passage by passage; return the sentences that hold what is sought."""
    passages = sum(entry.document.chunk_count for entry in ground.entries)
    total = passages if sought.decides else min(passages, MOST_READ)
    read = 0
    rows: list[Row] = []
    others: list[Row] = []
    for chunks in _portions(sought, ground, passages):
        step = SurveyProgress(min(read, total), total, of_passages=True)
        yield step
        found, close = yield from _rows_of(chunks, sought, ground, step)
        rows += found
        others = sorted([*others, *close], key=lambda row: -row.score)[:_NEAREST]
        read += len(chunks)
    yield SurveyProgress(total, total, of_passages=True)
    ordered = distinct(_in_order(rows, ground))
    kept = _shares(ordered)[:MOST_ROWS]
    return Finding(
        rows=tuple(_in_order(kept, ground)),
        nearest=tuple(others),
        # Of some pages alone, all passages were read unless there were too many.
        passages=passages if ground.pages is None or read >= MOST_READ else read,
        read=read,
        left_out=len(ordered) - len(kept),
        holding=frozenset(row.chunk.document_id for row in ordered),
    )


def distinct(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that say the same in the same document: headings that repeat."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        words = comparable(row.chunk.text[row.start : row.end])
        first.setdefault((row.chunk.document_id, words), row)
    return list(first.values())


def _shares(rows: Sequence[Row]) -> list[Row]:
    """The best row of each document, then the second best of each, and so on."""
    seen: Counter[str] = Counter()
    shares: list[tuple[int, float, int, Row]] = []
    for place, row in enumerate(sorted(rows, key=lambda row: -row.score)):
        shares.append((seen[row.chunk.document_id], -row.score, place, row))
        seen[row.chunk.document_id] += 1
    return [share[-1] for share in sorted(shares, key=lambda share: share[:3])]


def _portions(sought: Sought, ground: Ground, passages: int) -> Iterator[list[Chunk]]:
    """All chunks, or the nearest of too many, a fraction of a second's work at a time."""
    portions: Iterator[list[Chunk]]
    if sought.decides or passages <= MOST_READ:
        portions = (chunks for entry in ground.entries for chunks in ground.chunks(entry))
    else:
        ids = [entry.document.id for entry in ground.entries]
        portions = iter([ground.nearest(sought.query, MOST_READ, ids)])
    size = 10 * _AT_A_TIME if sought.decides else _AT_A_TIME
    for chunks in portions:
        for start in range(0, len(chunks), size):
            yield chunks[start : start + size]


def _rows_of(
    chunks: Sequence[Chunk], sought: Sought, ground: Ground, step: SurveyProgress
) -> Generator[SurveyProgress, None, tuple[list[Row], list[Row]]]:
    """The sentences of these chunks that are rows, and those that were read and are none."""
    fitting = [[row for row in ground.rows(chunk) if sought.holds(row.text)] for chunk in chunks]
    if sought.decides:
        return [replace(row, score=1.0) for rows in fitting for row in rows], []
    if sought.has_form:
        read = _read([row for rows in fitting for row in rows], sought, ground)
        return _parted(read, sought)
    logits = ground.logits(sought.query, [chunk.titled_text for chunk in chunks])
    yield step
    close = [
        (logit, row)
        for logit, rows in zip(logits, fitting, strict=True)
        for row in rows
        if sigmoid(logit) >= _LEAST_OF_PASSAGE
    ]
    own: list[float] = []
    for start in range(0, len(close), _SENTENCES_AT_A_TIME):
        some = close[start : start + _SENTENCES_AT_A_TIME]
        own += ground.logits(sought.query, [row.reads for _, row in some])
        yield step
    read = [
        replace(row, score=sigmoid(min(logit, (of_passage + logit) / 2)))
        for (of_passage, row), logit in zip(close, own, strict=True)
    ]
    return _parted(read, sought)


def _read(rows: Sequence[Row], sought: Sought, ground: Ground) -> list[Row]:
    scores = ground.relevance(sought.query, [row.reads for row in rows])
    return [replace(row, score=score) for row, score in zip(rows, scores, strict=True)]


def _parted(rows: Sequence[Row], sought: Sought) -> tuple[list[Row], list[Row]]:
    """The rows of a table, and the sentences that are none."""
    kept: list[Row] = []
    others: list[Row] = []
    for row in rows:
        (kept if row.score >= _least(row, sought) else others).append(row)
    return kept, others


def _least(row: Row, sought: Sought) -> float:
    if sought.has_form:
        return _LEAST_OF_FORM
    return _LEAST_OF_NAMED if sought.is_named(row.reads) else _LEAST_RELEVANCE


def _in_order(rows: Sequence[Row], ground: Ground) -> list[Row]:
    places = {entry.document.id: place for place, entry in enumerate(ground.entries)}
    return sorted(rows, key=lambda row: (places[row.chunk.document_id], row.place))
