"""What a large library costs beside a small one: opening, searching, one more document, removing.

Both libraries are made of random words and random vectors of unit length, 100 passages a document,
and are then used through the program's own services, in turns in one process. Printed are medians
in milliseconds and the factor between them.

    python benchmarks/scale.py [PASSAGES] [ROUNDS]      100000 and 5, if they are not named
"""

from desktop_rag.privacy import guard

guard.activate()

import hashlib  # noqa: E402 - the guard goes first
import statistics  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import closing, contextmanager  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.domain import (  # noqa: E402
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

# The reader process imports this file when it starts: what is heavy is imported where it is used.

SMALL = 1_000
PER_DOCUMENT, PER_PAGE = 100, 4
WORDS = 120
AT_ONCE = 100  # documents in one commit
QUESTION = "what notice must the tenant give to the landlord"


class Words:
    """Texts of random words, often the same few, as in a language; some are in the question."""

    def __init__(self) -> None:
        self._dice = np.random.default_rng(20261124)
        known = QUESTION.split()
        self._words = np.array([*known, *(f"word{number}" for number in range(30_000))])
        weights = 1.0 / np.arange(10, len(self._words) + 10)
        self._shares = weights / weights.sum()

    def texts(self, count: int) -> list[str]:
        """`count` texts of 120 words."""
        drawn = self._dice.choice(self._words, (count, WORDS), p=self._shares)
        return [" ".join(words) for words in drawn]

    def vectors(self, count: int, width: int) -> np.ndarray:
        """Random directions, (count, width)."""
        drawn = self._dice.standard_normal((count, width), dtype=np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def fill(library: Path, passages: int) -> None:
    """Make a library of so many passages, compacted."""
    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.sqlite_ledger import SqliteLedger
    from desktop_rag.wiring import open_assistant

    with closing(open_assistant(library)[0]) as assistant:
        page = make_pdf(library.parent / f"first-{library.name}.pdf", "The first page of all.")
        finish(assistant.library.add([page]))  # so that the library is made by the program itself
        ledger = SqliteLedger(library / "ledger.sqlite3")
        store = LanceChunkStore(library / "index.lance", lambda: 384)
        words = Words()
        for first in range(0, passages // PER_DOCUMENT, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, passages // PER_DOCUMENT))
            documents = [document(number, words, library) for number in numbers]
            chunks = [chunk for _, its_chunks in documents for chunk in its_chunks]
            store.add(chunks, words.vectors(len(chunks), 384))
            ledger.record_all([record for record, _ in documents])
        assistant.library.compact()


def document_id(number: int) -> str:
    """The id of the document of this number."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:16]


def document(number: int, words: Words, library: Path) -> tuple[DocumentRecord, list[Chunk]]:
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
        for place, text in enumerate(words.texts(PER_DOCUMENT))
    ]
    records = tuple(
        PageRecord(page, str(page), PageMethod.PDFIUM, "", "") for page in range(1, pages + 1)
    )
    path = library.parent / "away" / f"{number:06}.pdf"
    file = DocumentFile(path, kept.id, "Documents", FileStamp(1, 1))
    return DocumentRecord(kept, records, file), chunks


def make_pdf(path: Path, text: str) -> Path:
    """Ten pages that say this."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for page in range(10):
        canvas.drawString(60, 700, f"{text} Page {page}.")
        canvas.showPage()
    canvas.save()
    return path


class Trial:
    """One library's times, in milliseconds."""

    def __init__(self, library: Path, passages: int) -> None:
        self._library = library
        self.passages = passages
        self.times: dict[str, list[float]] = {}

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.times.setdefault(what, []).append(1000 * (time.perf_counter() - started))

    def _repeated(self, what: str, action: Callable[[int], object]) -> None:
        for number in range(5):
            with self._timed(what):
                action(number)

    def run(self, number: int) -> None:
        """Open, list, search, add one document, find it, remove it and an old one."""
        from desktop_rag.wiring import open_assistant

        with self._timed("open, models too, and find"):
            assistant = open_assistant(self._library)[0]
            assistant.retriever.retrieve(QUESTION, rerank=False, evidence=False)
        with closing(assistant):
            search = assistant.retriever.retrieve

            def asked(turn: int) -> str:
                return f"{QUESTION} {turn} {number}"  # the same question is not searched twice

            plain_search = partial(search, rerank=False, evidence=False)
            with self._timed("list all documents"):
                assistant.library.documents()
            self._repeated("search, two first stages", lambda n: plain_search(asked(n)))
            self._repeated("search, reranked", lambda n: search(asked(n)))
            file = make_pdf(
                self._library.parent / f"{self._library.name}-{number}.pdf",
                f"The badger of round {number} gives notice.",
            )
            with self._timed("add one document"):
                report = finish(assistant.library.add([file]))
            with self._timed("find it"):
                found = plain_search("badger")
            assert report.files[0].document_id == found.passages[0].chunk.document_id
            with self._timed("remove it, purged"):
                assistant.library.remove([report.files[0].document_id])
            with self._timed("remove one of the first, purged"):
                assistant.library.remove([document_id(number)])


def main() -> None:
    """Print what both cost, and the factors."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as home:
        trials = [Trial(Path(home) / str(passages), passages) for passages in (SMALL, large)]
        for trial in trials:
            started = time.perf_counter()
            fill(Path(home) / str(trial.passages), trial.passages)
            print(f"made {trial.passages:,} passages in {time.perf_counter() - started:.0f} s")
        for number in range(rounds):
            for trial in trials:
                trial.run(number)
    small, big = (trial.times for trial in trials)
    print(f"{'median ms':<34}{SMALL:>9,}{large:>11,}   factor")
    for what, times in small.items():
        one, other = statistics.median(times), statistics.median(big[what])
        print(f"{what:<34}{one:9.1f}{other:11.1f}   {other / one:6.2f}")


if __name__ == "__main__":
    main()
