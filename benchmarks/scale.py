"""What a large library costs beside a small one: opening, searching, one more document, removing.

Both libraries are written straight through the store (benchmarks/synthetic.py), 100 passages a
document, and are then used through the program's own services, in turns in one process. Printed are
medians in milliseconds with their quartiles, the factor between them, what the index over the
vectors finds, and the memory of a process of its own that searches.

    python benchmarks/scale.py [PASSAGES] [ROUNDS]      100000 and 5, if they are not named
"""

from desktop_rag.privacy import guard

guard.activate()

import multiprocessing  # noqa: E402 - the guard goes first
import statistics  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import closing, contextmanager  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402

import synthetic  # noqa: E402
from steps import finish  # noqa: E402

# The reader process imports this file when it starts: what is heavy is imported where it is used.

SMALL = 1_000
SEARCHES = 10
QUESTION = "what notice must the tenant give to the landlord"


def fill(library: Path, passages: int) -> None:
    """Make a library of so many passages, compacted, with an index if it is a large one."""
    from desktop_rag.adapters.lancedb_store import LanceChunkStore
    from desktop_rag.adapters.sqlite_ledger import SqliteLedger
    from desktop_rag.wiring import open_assistant

    with closing(open_assistant(library)[0]) as assistant:
        page = make_pdf(library.parent / f"first-{library.name}.pdf", "The first page of all.")
        finish(assistant.library.add([page]))  # so that the library is made by the program itself
        ledger = SqliteLedger(library / "ledger.sqlite3")
        store = LanceChunkStore(library / "index.lance", lambda: synthetic.WIDTH)
        source = synthetic.Source(QUESTION)
        with said(f"writing {passages:,} passages"):
            synthetic.write(store, ledger, passages, source, library.parent / "away")
        if store.vector_index_is_due():
            with said("making the index over the vectors, with its check"):
                store.build_vector_index()
            print(store.vector_index_quality())
        with said("compacting, with the keyword index"):
            assistant.library.compact()


@contextmanager
def said(what: str) -> Iterator[None]:
    """Print how many seconds it took."""
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.0f} s", flush=True)


def memory(library: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Megabytes of this process, models loaded but nothing searched, and after ten searches."""
    from desktop_rag.wiring import open_assistant

    with closing(open_assistant(library)[0]) as assistant:
        assistant.retriever.retrieve("nothing", rerank=True)
        before = _megabytes()
        for number in range(10):
            assistant.retriever.retrieve(f"{QUESTION} {number}")
        return before, _megabytes()


def _megabytes() -> dict[str, int]:
    """Proportional shares: what is anonymous, and what is mapped from files."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith("kB")}
    return {"anonymous": int(sizes["Pss_Anon"]) // 1024, "mapped": int(sizes["Pss_File"]) // 1024}


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
        for number in range(SEARCHES):
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
            if number == 0:  # it takes minutes in a very large library
                with self._timed("remove one of the first, purged"):
                    assistant.library.remove([synthetic.document_id(number)])


def line(what: str, times: list[float], others: list[float]) -> str:
    """Medians and quartiles of both, and the factor between the medians."""
    one, other = statistics.median(times), statistics.median(others)
    return f"{what:<32}{_spread(times):>22}{_spread(others):>26}   {other / one:6.2f}"


def _spread(times: list[float]) -> str:
    low, middle, high = statistics.quantiles(times * 2, n=4)
    return f"{middle:.1f} ({low:.0f}–{high:.0f})"


def main() -> None:
    """Print what both cost, and the factors."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as home:
        trials = [Trial(Path(home) / str(passages), passages) for passages in (SMALL, large)]
        for trial in trials:
            fill(Path(home) / str(trial.passages), trial.passages)
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as process:
            for trial in trials:
                before, after = process.apply(memory, [Path(home) / str(trial.passages)])
                print(f"MB of a process that searches {trial.passages:,}: {before}, then {after}")
        print(f"MB of the vectors of {large:,}: {large * synthetic.WIDTH * 4 // 2**20}")
        for number in range(rounds):
            for trial in trials:
                trial.run(number)
    small, big = (trial.times for trial in trials)
    print(f"{'median ms (quartiles)':<32}{SMALL:>22,}{large:>26,}   factor")
    for what, times in small.items():
        print(line(what, times, big[what]))


if __name__ == "__main__":
    main()
