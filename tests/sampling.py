"""How many threads of the program's models compute at the same time, seen from /proc."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# How the threads of models are named: encoders, language model, recognition of text.
OF_MODELS = ("encoder", "writer", "recogniser")
_LANCEDB = ("lance", "jemalloc")  # how the names of its threads begin
_PROC = Path("/proc")
_EVERY_S = 0.01
_READY_TO_RUN = "R"
_LOOKS = 3  # a look takes a millisecond, in which one thread may end and another begin


@dataclass
class Sample:
    """What was seen: how often so many threads computed, or wanted to, at the same time.

    `of_models` counts the threads of models, `of_lancedb` those of LanceDB, which read files and
    search for milliseconds, `others` all else: Python, PDFium, the ledger. `threads`: the most
    that there were in each process.
    """

    of_models: Counter[int] = field(default_factory=Counter)
    of_lancedb: Counter[int] = field(default_factory=Counter)
    others: Counter[int] = field(default_factory=Counter)
    threads: dict[str, int] = field(default_factory=dict)
    above: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def looks(self) -> int:
        return sum(self.of_models.values())

    def looks_above(self, cores: int) -> int:
        """How often more threads of models computed than there are cores."""
        return sum(times for count, times in self.of_models.items() if count > cores)


@contextmanager
def sampled(pid: int, cores: int) -> Iterator[Sample]:
    """Look at the process and all below it every 10 ms."""
    sample, over = Sample(), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_S):
            _look(pid, cores, sample)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield sample
    finally:
        over.set()
        looking.join()


def _look(pid: int, cores: int, sample: Sample) -> None:
    computing: list[str] = []
    for number in range(_LOOKS):
        seen = [list(_states(one)) for one in (pid, *_below(pid))]
        now = [name for states in seen for name, state in states if state == _READY_TO_RUN]
        if number == 0 or len(_models(now)) < len(_models(computing)):
            computing = now
        if len(_models(computing)) <= cores:
            break
    models = _models(computing)
    sample.of_models[len(models)] += 1
    of_lancedb = sum(name.startswith(_LANCEDB) for name in computing)
    sample.of_lancedb[of_lancedb] += 1
    sample.others[len(computing) - len(models) - of_lancedb] += 1
    if len(models) > cores:
        sample.above[tuple(sorted(models))] += 1
    for states in seen:
        process = next((name for name, _ in states), "")
        sample.threads[process] = max(sample.threads.get(process, 0), len(states))


def _models(names: Sequence[str]) -> list[str]:
    return [name for name in names if name in OF_MODELS]


def _states(pid: int) -> Iterator[tuple[str, str]]:
    """Name and state of each thread, the first thread first."""
    threads = (_PROC / str(pid) / "task").glob("*")
    for thread in sorted(threads, key=lambda path: int(path.name)):
        try:
            before, _, after = (thread / "stat").read_text().rpartition(")")
        except OSError:
            continue
        yield before.partition("(")[2], after.split()[0]


def _below(pid: int) -> Iterator[int]:
    for children in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            found = [int(word) for word in children.read_text().split()]
        except OSError:
            continue
        for child in found:
            yield child
            yield from _below(child)
