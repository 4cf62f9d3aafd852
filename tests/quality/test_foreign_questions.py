"""German and French questions find passages that say it in other forms of the words."""

from pathlib import Path

import numpy as np
import pytest

from desktop_rag.adapters.lancedb_store import LanceChunkStore
from desktop_rag.domain import Chunk, Span
from desktop_rag.pipeline.keywords import keyword_query
from desktop_rag.pipeline.letter_runs import with_pieces

HERE = Path(__file__).parent
WIDTH = 4


def judged(name: str) -> list[tuple[str, str]]:
    """Each question with the passage that answers it."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        (question, passage) for question, _, passage in (line.partition("\t") for line in lines)
    ]


def chunk_of(document_id: str, ordinal: int, text: str) -> Chunk:
    return Chunk(document_id, ordinal, text, text, "", (Span(1, 0, len(text)),))


def mean_reciprocal_rank(folder: Path, name: str, language: str, *, has_pieces: bool) -> float:
    """Of each question's passage among those of both languages, by the keyword index alone."""
    chunks: list[Chunk] = []
    for other, code in (("german", "de"), ("french", "fr")):
        own = [chunk_of(other, number, text) for number, (_, text) in enumerate(judged(other))]
        chunks += with_pieces(own, [code] * len(own), [code]) if has_pieces else own
    store = LanceChunkStore(folder, lambda: WIDTH)
    store.add(chunks, np.ones((len(chunks), WIDTH), dtype=np.float32))
    store.compact(purge=False)
    ranks = []
    for number, (question, _) in enumerate(judged(name)):
        query = keyword_query(question, (language,) if has_pieces else ())
        found = [hit.chunk.id for hit in store.keyword(query, None, 50, None)]
        wanted = f"{name}:{number}"
        ranks.append(1 / (found.index(wanted) + 1) if wanted in found else 0.0)
    return sum(ranks) / len(ranks)


@pytest.mark.parametrize(
    ("name", "language", "least", "most_before"),
    [("german", "de", 0.72, 0.35), ("french", "fr", 0.84, 0.6)],
)
def test_other_forms_of_the_words_are_found(
    name: str, language: str, least: float, most_before: float, tmp_path: Path
) -> None:
    assert mean_reciprocal_rank(tmp_path / "a", name, language, has_pieces=True) > least
    assert mean_reciprocal_rank(tmp_path / "b", name, language, has_pieces=False) < most_before
