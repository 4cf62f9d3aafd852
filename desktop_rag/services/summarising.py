"""A document in a few of its own sentences: each stands for a part and repeats no other.

The sentence nearest to what the document and its part are about is taken from each part, less what
it repeats of those taken before (maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998).
"""

from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np

from desktop_rag.domain import Chunk, SurveyProgress
from desktop_rag.errors import WrongUsage
from desktop_rag.ports import Vectors
from desktop_rag.services.ground import Finding, Ground, Row

MOST_DOCUMENTS = 20
_MOST_CHUNKS = 150  # of a document; more are read at even distances
_AT_A_TIME = 24  # sentences
_FEWEST_WORDS, _MOST_WORDS = 8, 60
_LEAST_LETTERS = 0.7  # of a sentence's characters: rows of figures sum nothing up
_SENTENCES = ((0, 5), (60, 6), (150, 7), (400, 8))  # from so many sentences on, so many are taken
_OF_PART, _REPEATED = 0.5, 0.6
_FIRST_OF_SECTION = 0.05

_Steps = Generator[SurveyProgress, None, list[Row]]


def summaries(ground: Ground) -> Generator[SurveyProgress, None, Finding]:
    """Yield progress document by document; return five to eight sentences of each.

    Raises WrongUsage for more than 20 documents.
    """
    total = len(ground.entries)
    if total > MOST_DOCUMENTS:
        raise WrongUsage(
            f"These are {total:,} documents; {MOST_DOCUMENTS} at most are summed up at a time.",
            "Choose a collection or select the documents that you mean, and ask again.",
        )
    rows: list[Row] = []
    passages = read = 0
    for done, entry in enumerate(ground.entries):
        step = SurveyProgress(done, total)
        yield step
        chunks = [chunk for portion in ground.chunks(entry) for chunk in portion]
        passages += len(chunks)
        chunks = _spread(chunks)
        read += len(chunks)
        rows += yield from _summary(chunks, ground, step)
    yield SurveyProgress(total, total)
    return Finding(tuple(rows), passages=passages, read=read)


def _summary(chunks: Sequence[Chunk], ground: Ground, step: SurveyProgress) -> _Steps:
    rows = [row for chunk in chunks for row in ground.rows(chunk)]
    rows = [row for row in rows if _is_telling(row)] or rows
    count = max(number for least, number in _SENTENCES if len(rows) >= least)
    if len(rows) <= count:
        return rows
    vectors = yield from _vectors([row.reads for row in rows], ground, step)
    firsts = np.array([_FIRST_OF_SECTION * is_first for is_first in _first_of_section(rows)])
    return [replace(rows[place], score=1.0) for place in chosen(vectors, firsts, count)]


def chosen(vectors: Vectors, bonus: Vectors, count: int) -> list[int]:
    """Places of `count` sentences, one from each of as many equal parts, in their order.

    `vectors`: unit vectors of the sentences, shape (sentences, dimension); `bonus`: what speaks
    for each beside what it says.
    """
    about = vectors @ vectors.mean(axis=0)
    taken: list[int] = []
    for part in np.array_split(np.arange(len(vectors)), count):
        of_part = vectors[part] @ vectors[part].mean(axis=0)
        repeated = (vectors[part] @ vectors[taken].T).max(axis=1) if taken else 0.0
        worth = about[part] + _OF_PART * of_part - _REPEATED * repeated + bonus[part]
        taken.append(int(part[int(np.argmax(worth))]))
    return taken


def _vectors(
    texts: Sequence[str], ground: Ground, step: SurveyProgress
) -> Generator[SurveyProgress, None, Vectors]:
    """Unit vectors; all zero where the library's model is gone."""
    if ground.embedder is None:
        return np.zeros((len(texts), 1), np.float32)
    made: list[Vectors] = []
    for start in range(0, len(texts), _AT_A_TIME):
        made.append(ground.embedder.embed(texts[start : start + _AT_A_TIME]))
        yield step
    return np.concatenate(made)


def _spread(chunks: Sequence[Chunk]) -> list[Chunk]:
    """All chunks, or as many as are read at even distances."""
    if len(chunks) <= _MOST_CHUNKS:
        return list(chunks)
    places = np.linspace(0, len(chunks) - 1, _MOST_CHUNKS).round().astype(int)
    return [chunks[place] for place in places]


def _is_telling(row: Row) -> bool:
    text = row.chunk.text[row.start : row.end]
    letters = sum(character.isalpha() or character.isspace() for character in text)
    words = len(text.split())
    return (
        _FEWEST_WORDS <= words <= _MOST_WORDS
        and letters >= _LEAST_LETTERS * len(text)
        and text.rstrip("\"'”’»)]").endswith((".", "!", "?"))
    )


def _first_of_section(rows: Sequence[Row]) -> list[bool]:
    before = ["", *(row.chunk.heading for row in rows)]
    return [place == 0 or row.chunk.heading != before[place] for place, row in enumerate(rows)]
