"""A library of any size without reading or embedding: rows written straight through the store.

Texts are of the words that the embedder's tokeniser knows, often the same few, as in a language.
Vectors lie in bunches: topics, within them documents, within these passages. Nothing heavy is
imported at the top: the reader process imports this as well.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desktop_rag.domain import (
    Chunk,
    Document,
    DocumentFile,
    DocumentRecord,
    DocumentStatus,
    FileStamp,
    PageMethod,
    PageRecord,
    Span,
)

if TYPE_CHECKING:
    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.sqlite_ledger import SqliteLedger

EMBEDDER = Path(__file__).resolve().parent.parent / "resources" / "models" / "all-MiniLM-L6-v2"
PER_DOCUMENT, PER_PAGE = 100, 4
WIDTH = 384
WORDS = 120
TOPICS = 200
AT_ONCE = 100  # documents in one commit


class Source:
    """Texts and vectors, the same ones at each run."""

    def __init__(self, known: str) -> None:
        self._dice = np.random.default_rng(20261124)
        tokens = json.loads((EMBEDDER / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        words = [word for word in tokens if word.isascii() and word.isalpha() and len(word) > 2]
        self._words = np.array([*known.split(), *words])
        shares = 1.0 / np.arange(10, len(self._words) + 10)
        self._until = np.cumsum(shares / shares.sum())
        self._strength = np.arange(1, WIDTH + 1, dtype=np.float32) ** -0.4
        self._topics = self._drawn(TOPICS)

    def texts(self, count: int) -> list[str]:
        """`count` texts of 120 words, each a sentence of twelve after the other."""
        last = len(self._words) - 1
        drawn = np.searchsorted(self._until, self._dice.random((count, WORDS)))
        return [_sentences(words) for words in self._words[np.minimum(drawn, last)]]

    def vectors(self, documents: int) -> np.ndarray:
        """Unit vectors of the passages of so many documents, (passages, 384)."""
        topics = self._topics[self._dice.integers(0, TOPICS, documents)]
        centres = np.repeat(topics + self._drawn(documents), PER_DOCUMENT, axis=0)
        vectors: np.ndarray = centres + self._drawn(len(centres))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _drawn(self, count: int) -> np.ndarray:
        drawn = self._dice.standard_normal((count, WIDTH), dtype=np.float32)
        return drawn * self._strength


def write(
    store: "LanceChunkStore", ledger: "SqliteLedger", passages: int, source: Source, away: Path
) -> None:
    """Write so many passages, 100 a document of 25 pages, as if read from files under `away`."""
    documents = passages // PER_DOCUMENT
    for first in range(0, documents, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, documents))
        made = [document(number, source, away) for number in numbers]
        chunks = [chunk for _, its_chunks in made for chunk in its_chunks]
        store.add(chunks, source.vectors(len(numbers)))
        ledger.record_all([record for record, _ in made])


def document_id(number: int) -> str:
    """The id of the document of this number."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:16]


def document(number: int, source: Source, away: Path) -> tuple[DocumentRecord, list[Chunk]]:
    """A document of 25 pages with four passages each."""
    pages = PER_DOCUMENT // PER_PAGE
    kept = Document(
        id=document_id(number),
        sha256=4 * document_id(number),
        status=DocumentStatus.READY,
        page_count=pages,
        chunk_count=PER_DOCUMENT,
        message="",
        used_ocr=False,
        added_at="2026-11-24T00:00:00+00:00",
    )
    chunks = [
        Chunk(kept.id, place, text, text, "", (Span(place // PER_PAGE + 1, 0, len(text)),))
        for place, text in enumerate(source.texts(PER_DOCUMENT))
    ]
    records = tuple(
        PageRecord(page, str(page), PageMethod.PDFIUM, "", "") for page in range(1, pages + 1)
    )
    file = DocumentFile(away / f"{number:06}.pdf", kept.id, "Documents", FileStamp(1, 1))
    return DocumentRecord(kept, records, file), chunks


def _sentences(words: np.ndarray) -> str:
    parts = [" ".join(words[start : start + 12]) for start in range(0, WORDS, 12)]
    return " ".join(f"{part.capitalize()}." for part in parts)
