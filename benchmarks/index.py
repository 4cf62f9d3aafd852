"""Index PDFs: this program beside the plain pipeline, in turns in one process.

The plain pipeline is what a tutorial writes: text by pypdf, windows of 160 words,
`SentenceTransformer.encode` (torch, fp32), `table.add`. It reads no scans, keeps no spans and
survives no damaged file. Printed are pages a second and their ratio.

    python benchmarks/index.py [FOLDER]      the samples without the scan, if no folder is named
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import lancedb  # noqa: E402
import pypdf  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402

from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.wiring import open_assistant  # noqa: E402

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
WORDS, ROUNDS = 160, 3


def plain(files: list[Path], folder: Path, model: SentenceTransformer) -> int:
    """The tutorial's pipeline; returns the number of pages."""
    windows, pages = [], 0
    for file in files:
        for page in pypdf.PdfReader(file).pages:
            words = page.extract_text().split()
            windows += [" ".join(words[i : i + WORDS]) for i in range(0, len(words), WORDS)]
            pages += 1
    rows = [
        {"text": text, "vector": vector}
        for text, vector in zip(windows, model.encode(windows), strict=True)
    ]
    lancedb.connect(folder).create_table("chunks", rows)
    return pages


def ours(files: list[Path], assistant: Assistant) -> int:
    """The program's own way; returns the number of pages."""
    steps = assistant.library.add(files, ocr=False)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return sum(file.page_count for file in end.value.files)


def rate(action: Callable[[], int]) -> float:
    """Pages a second."""
    started = time.perf_counter()
    pages = action()
    return pages / (time.perf_counter() - started)


def main() -> None:
    """Print both rates and their ratio, models loaded beforehand."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RESOURCES / "samples"
    files = [file for file in sorted(folder.glob("*.pdf")) if "fax" not in file.name]
    embedder = RESOURCES / "models" / "all-MiniLM-L6-v2"
    model = SentenceTransformer(str(embedder), device="cpu", local_files_only=True)
    rates: dict[str, list[float]] = {"this program": [], "plain pipeline": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            assistant, _ = open_assistant(Path(home) / "ours")
            assistant.retriever.retrieve("warm")
            rates["this program"].append(rate(lambda: ours(files, assistant)))  # noqa: B023
            assistant.close()
            rates["plain pipeline"].append(rate(lambda: plain(files, Path(home), model)))
    for name, values in rates.items():
        print(f"{name:<16} {statistics.median(values):6.1f} pages/s  {sorted(values)}")
    ratio = statistics.median(rates["this program"]) / statistics.median(rates["plain pipeline"])
    print(f"ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
