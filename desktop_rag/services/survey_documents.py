"""Which documents hold something: each is searched by itself, and its best places are read."""

from collections.abc import Generator
from dataclasses import replace

from desktop_rag.domain import Chunk, LibraryEntry, SurveyProgress
from desktop_rag.pipeline.fusion import sigmoid
from desktop_rag.pipeline.sought import Sought
from desktop_rag.services.ground import Finding, Ground, Row

# A passage and its best sentence, their logits' mean as relevance: docs/decisions/016.
LEAST_RELEVANCE = 0.1
_PASSAGES = 8
_READ_CLOSELY = 3  # of them, sentence by sentence
_NEAREST = 6


def documents_holding(sought: Sought, ground: Ground) -> Generator[SurveyProgress, None, Finding]:
    """Yield progress document by document; return a row for each one in which it is found."""
    rows: list[Row] = []
    others: list[Row] = []
    total = len(ground.entries)
    for done, entry in enumerate(ground.entries):
        step = SurveyProgress(done, total)
        yield step
        best = yield from _best_of(entry, sought, ground, step)
        if best is not None:
            (rows if best.score >= LEAST_RELEVANCE else others).append(best)
    yield SurveyProgress(total, total)
    others.sort(key=lambda row: -row.score)
    passages = sum(entry.document.chunk_count for entry in ground.entries)
    return Finding(tuple(rows), tuple(others[:_NEAREST]), passages, passages)


def _best_of(
    entry: LibraryEntry, sought: Sought, ground: Ground, step: SurveyProgress
) -> Generator[SurveyProgress, None, Row | None]:
    """The sentence of the document that fits best; None if it has none."""
    chunks = ground.nearest(sought.query, _PASSAGES, [entry.document.id])
    if sought.decides:
        for row in (row for chunk in chunks for row in ground.rows(chunk)):
            if sought.holds(row.reads):
                return replace(row, score=1.0)
    logits = ground.logits(sought.query, [chunk.titled_text for chunk in chunks])
    yield step
    order = sorted(range(len(chunks)), key=lambda place: -logits[place])[:_READ_CLOSELY]
    best = [_best_row(chunks[place], logits[place], sought, ground) for place in order]
    return max((row for row in best if row), key=lambda row: row.score, default=None)


def _best_row(chunk: Chunk, logit: float, sought: Sought, ground: Ground) -> Row | None:
    rows = ground.rows(chunk)
    logits = ground.logits(sought.query, [row.reads for row in rows])
    if not rows:
        return None
    best = max(range(len(rows)), key=lambda place: logits[place])
    return replace(rows[best], score=sigmoid((logit + logits[best]) / 2))
