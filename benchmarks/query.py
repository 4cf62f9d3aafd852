"""Question to evidence on 10,000 pages: this program beside the plain way, in turns.

The plain way: `SentenceTransformer.encode` (torch, fp32), LanceDB's exact search for 50 passages,
`CrossEncoder.predict` on them; it ends there, without keyword search, fusing and evidence. The
library is that of benchmarks/synthetic.py with the samples read into it. Printed are medians and
quartiles, their ratio, and where this program's time goes: the time in which at least one graph
runs, and everything else, of which the aim is a fifth at most.

    python benchmarks/query.py [ROUNDS] [PAGES]      5 and 10000, if they are not named
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from contextlib import closing  # noqa: E402
from functools import wraps  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

import synthetic  # noqa: E402
from steps import finish  # noqa: E402

# The reader process imports this file when it starts: what is heavy is imported where it is used.
if TYPE_CHECKING:
    from desktop_rag.services.assistant import Assistant

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
RERANKER = RESOURCES / "models" / "minilm-l6-reranker"
QUESTIONS = (
    "How much notice must the tenant give to end the lease?",
    "Which antibiotic is given first for pneumonia?",
    "What happens if an invoice is paid late?",
    "Who keeps the boiler in repair?",
    "How long should the patient avoid lifting?",
    "Is the water safe to drink?",
)
Span = tuple[float, float]


class Spans:
    """When each of several things was going on, in seconds; from any thread."""

    def __init__(self) -> None:
        self.of: dict[str, list[Span]] = {}

    def watch(self, name: str, owner: type, method: str) -> None:
        """Note the time of every call of a method under `name`."""
        plain = getattr(owner, method)

        @wraps(plain)
        def timed(*arguments: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return plain(*arguments, **options)
            finally:
                self.of.setdefault(name, []).append((started, time.perf_counter()))

        setattr(owner, method, timed)

    def seconds(self, *names: str) -> float:
        """How long at least one of these was going on."""
        total, until = 0.0, 0.0
        for start, end in sorted(span for name in names for span in self.of.get(name, ())):
            total += max(0.0, end - max(start, until))
            until = max(until, end)
        return total


def watched() -> Spans:
    """Clocks in the graphs and in what is around them."""
    import onnxruntime

    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker
    from desktop_rag.adapters.sqlite_ledger import SqliteLedger

    spans = Spans()
    spans.watch("graphs", onnxruntime.InferenceSession, "run")
    spans.watch("encoders", OnnxEmbedder, "embed")
    spans.watch("encoders", OnnxReranker, "score")
    spans.watch("dense search", LanceChunkStore, "dense")
    spans.watch("keyword search", LanceChunkStore, "keyword")
    spans.watch("ledger", SqliteLedger, "entries")
    spans.watch("ledger", SqliteLedger, "pages")
    return spans


def profile(spans: Spans, total: float) -> dict[str, float]:
    """Where `total` seconds went."""
    parts = {
        "graphs": spans.seconds("graphs"),
        "encoders beside them": spans.seconds("graphs", "encoders") - spans.seconds("graphs"),
    }
    parts |= {name: spans.seconds(name) for name in ("dense search", "keyword search", "ledger")}
    return parts | {"the rest": total - sum(parts.values())}


def fill(assistant: "Assistant", library: Path, pages: int) -> None:
    """The samples, and synthetic documents up to so many pages."""
    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.sqlite_ledger import SqliteLedger

    finish(assistant.library.add([RESOURCES / "samples"], ocr=False))
    store = LanceChunkStore(library / "index.lance", lambda: synthetic.WIDTH)
    ledger = SqliteLedger(library / "ledger.sqlite3")
    passages = pages * synthetic.PER_PAGE
    source = synthetic.Source(" ".join(QUESTIONS))
    synthetic.write(store, ledger, passages, source, library.parent / "away")
    assistant.library.compact()


def plain_way(library: Path) -> Callable[[str], object]:
    """The search that a tutorial writes, on the same table."""
    import lancedb
    import torch
    from sentence_transformers import CrossEncoder, SentenceTransformer

    kind = {"dtype": torch.float32}  # else the stored fp16 is computed with, many times slower
    options: dict[str, Any] = {"device": "cpu", "local_files_only": True, "model_kwargs": kind}
    encoder = SentenceTransformer(str(synthetic.EMBEDDER), **options)
    reranker = CrossEncoder(str(RERANKER), **options)
    table = lancedb.connect(library / "index.lance").open_table("chunks")

    def search(question: str) -> object:
        query = table.search(encoder.encode(question), vector_column_name="vector")
        rows = query.distance_type("cosine").limit(50).to_list()
        return reranker.predict([(question, row["text"]) for row in rows])

    return search


def timed(action: Callable[[], object]) -> float:
    """Seconds that the action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def line(name: str, seconds: Sequence[float]) -> str:
    """Median and quartiles in milliseconds."""
    low, middle, high = (1000 * value for value in statistics.quantiles(seconds, n=4))
    return f"{name:<32} {middle:8.1f} ms  ({low:.1f}–{high:.1f})"


def main() -> None:
    """Print both, their ratio, and where the time of this program goes."""
    from desktop_rag.wiring import open_assistant

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    spans = watched()
    ours: list[float] = []
    plain: list[float] = []
    parts: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home:
        library = Path(home) / "library"
        with closing(open_assistant(library)[0]) as assistant:
            fill(assistant, library, pages)
            tutorial = plain_way(library)
            assistant.retriever.retrieve(QUESTIONS[0])
            tutorial(QUESTIONS[0])
            # Numbered, because the same question is not searched twice.
            for question in (f"{one} {turn}" for turn in range(rounds) for one in QUESTIONS):
                spans.of.clear()
                ours.append(timed(lambda: assistant.retriever.retrieve(question)))  # noqa: B023
                for name, seconds in profile(spans, ours[-1]).items():
                    parts.setdefault(name, []).append(seconds)
                plain.append(timed(lambda: tutorial(question)))  # noqa: B023
    print(line("this program", ours))
    print(line("the plain way", plain))
    print(f"ratio {statistics.median(plain) / statistics.median(ours):.2f}")
    for name, values in parts.items():
        print(f"  {line(name, values)}  {sum(values) / sum(ours):6.1%}")
    share = 1 - sum(parts["graphs"]) / sum(ours)
    print(f"everything but the graphs: {share:.1%} of the time (aim: 20 % at most)")


if __name__ == "__main__":
    main()
