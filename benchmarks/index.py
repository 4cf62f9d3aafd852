"""Index PDFs: this program beside the plain pipeline, in turns in one process.

The plain pipeline is what a tutorial writes: text by pypdf, windows of 160 words,
`SentenceTransformer.encode` (torch, fp32), `table.add`. It reads no scans, keeps no spans and
survives no damaged file. Printed are pages a second, their ratio, and where the time goes: the
plain pipeline does one step after the other; this program's steps overlap, so that they are also
done one by one, to be timed.

    python benchmarks/index.py [FOLDER] [FILES]      the samples without the scan, if none is named
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

import pypdf  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.domain import Chunk, ModelIdentity  # noqa: E402
from desktop_rag.pipeline.chunking import chunk_pages  # noqa: E402
from desktop_rag.services.machine import physical_cores  # noqa: E402

# The reader process imports this file when it starts: what is heavy is imported where it is used.
if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from desktop_rag.services.assistant import Assistant

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
EMBEDDER = RESOURCES / "models" / "all-MiniLM-L6-v2"
WORDS, ROUNDS = 160, 3


class Clock:
    """Seconds that were spent on each step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.steps[step] = self.steps.get(step, 0.0) + time.perf_counter() - started

    def line(self) -> str:
        """All steps, with their shares."""
        whole = sum(self.steps.values())
        return ", ".join(f"{step} {s:.1f} s ({s / whole:.0%})" for step, s in self.steps.items())


def plain(files: list[Path], folder: Path, model: "SentenceTransformer", clock: Clock) -> int:
    """The tutorial's pipeline; returns the number of pages."""
    import lancedb

    windows, pages = [], 0
    with clock("pypdf"):
        for file in files:
            for page in pypdf.PdfReader(file).pages:
                words = page.extract_text().split()
                windows += [" ".join(words[i : i + WORDS]) for i in range(0, len(words), WORDS)]
                pages += 1
    with clock("encode, fp32"):
        vectors = model.encode(windows)
    with clock("table.add"):
        rows = [
            {"text": text, "vector": vector} for text, vector in zip(windows, vectors, strict=True)
        ]
        lancedb.connect(folder).create_table("chunks", rows)
    return pages


def one_by_one(files: list[Path], folder: Path, clock: Clock) -> None:
    """This program's steps, none of which overlaps with another."""
    from desktop_rag.adapters.isolated_reader import IsolatedPageReader
    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.onnx_encoders import OnnxEmbedder

    embedder = OnnxEmbedder(EMBEDDER, ModelIdentity("embedder", ""), physical_cores())
    store = LanceChunkStore(folder, lambda: embedder.dimension)
    with clock("read"):
        reader = IsolatedPageReader(physical_cores())
        documents = [finish(reader.read(file, passwords=(), ocr=False)) for file in files]
        reader.close()
    chunks: list[Chunk] = []
    with clock("cut"):
        for number, document in enumerate(documents):
            chunks += chunk_pages(f"{number:016}", document.pages, embedder.count_tokens)
    with clock("embed, int8"):
        vectors = embedder.embed([chunk.plain_text for chunk in chunks])
    with clock("store and sync"):
        store.add(chunks, vectors)


def ours(files: list[Path], assistant: "Assistant") -> int:
    """The program's own way; returns the number of pages."""
    report = finish(assistant.library.add(files, ocr=False))
    return sum(file.page_count for file in report.files)


def rate(action: Callable[[], int]) -> float:
    """Pages a second."""
    started = time.perf_counter()
    pages = action()
    return pages / (time.perf_counter() - started)


def main() -> None:
    """Print both rates and their ratio, models loaded beforehand."""
    from sentence_transformers import SentenceTransformer

    from desktop_rag.wiring import open_assistant

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RESOURCES / "samples"
    files = [file for file in sorted(folder.rglob("*.pdf")) if "fax" not in file.name]
    files = files[: int(sys.argv[2])] if len(sys.argv) > 2 else files
    model = SentenceTransformer(str(EMBEDDER), device="cpu", local_files_only=True)
    rates: dict[str, list[float]] = {"this program": [], "plain pipeline": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            assistant, _ = open_assistant(Path(home) / "ours")
            assistant.retriever.retrieve("warm")
            rates["this program"].append(rate(lambda: ours(files, assistant)))  # noqa: B023
            assistant.close()
            clock, steps = Clock(), Clock()
            rates["plain pipeline"].append(
                rate(lambda: plain(files, Path(home), model, clock))  # noqa: B023
            )
            one_by_one(files, Path(home) / "steps", steps)
    for name, values in rates.items():
        print(f"{name:<16} {statistics.median(values):6.1f} pages/s  {sorted(values)}")
    ratio = statistics.median(rates["this program"]) / statistics.median(rates["plain pipeline"])
    print(f"ratio {ratio:.2f}")
    print(f"the plain pipeline's last round: {clock.line()}")
    print(f"this program, one step after the other: {steps.line()}")


if __name__ == "__main__":
    main()
