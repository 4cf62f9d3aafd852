"""How long Stop takes while the language model reads a long prompt, and while it writes.

Asked and stopped through a lane of the engine, as the window does it, at random moments. Printed
are the median and the worst of the seconds from the Stop to its confirmation, and what is left
behind: memory and threads. The aim is a second at most, and nothing left.

    python benchmarks/stopping.py [STOPS] [TOKENS]      50 and 3500, if they are not named
"""

import os
import queue
import random
import statistics
import sys
import time
from collections.abc import Generator
from pathlib import Path

from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.domain import GivenPrompt, ModelIdentity, PromptRead, TokensRead
from desktop_rag.engine.lanes import Lane
from desktop_rag.engine.messages import Cancelled, Progress, Reply, Request
from desktop_rag.services.machine import physical_cores

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "resources/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
_LONGEST_WAIT_S = 4.0  # before the Stop, into a prompt that takes some ten seconds
_ANSWER_TOKENS = 400


class Services:
    """What the lane runs."""

    def __init__(self, model: LlamaCppModel) -> None:
        self._model = model

    def write(self, text: str) -> Generator[PromptRead | str, None, TokensRead]:
        """The model reads the text, and goes on."""
        return self._model.write(GivenPrompt(text), max_tokens=_ANSWER_TOKENS)


class Desk:
    """Asks the lane and stops it."""

    def __init__(self, model: LlamaCppModel) -> None:
        self._replies: queue.Queue[Reply] = queue.Queue()
        self._lane = Lane(Services(model), self._replies.put, lambda number, error: None)
        self._lane.start()
        self._number = 0

    def stopped_after(self, text: str, wait_s: float, *, writing: bool) -> float:
        """Seconds that a Stop takes which comes `wait_s` after the first step of its kind."""
        self._number += 1
        self._lane.put(Request(self._number, "write", (text,)))
        while not self._is_step(self._replies.get(), writing=writing):
            pass
        time.sleep(wait_s)
        stopped = time.perf_counter()
        self._lane.cancel(self._number)
        while not isinstance(reply := self._replies.get(), Cancelled):
            if not isinstance(reply, Progress):
                raise SystemExit(f"it ended before it could be stopped: {reply}")
        return time.perf_counter() - stopped

    @staticmethod
    def _is_step(reply: Reply, *, writing: bool) -> bool:
        if not isinstance(reply, Progress):
            raise SystemExit(f"it ended before it could be stopped: {reply}")
        return isinstance(reply.value, str) is writing


def text_of(model: LlamaCppModel, tokens: int, first: int) -> str:
    """A text of about so many tokens that begins with a number, so that nothing can be kept."""
    source = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    words = f"{first} {' '.join([source] * 4)}".split(" ")
    per_word = model.count_given(GivenPrompt(" ".join(words))) / len(words)
    return " ".join(words[: int(tokens / per_word)])


def thread_count() -> int:
    """Threads of this process."""
    return len(list(Path("/proc/self/task").iterdir()))


def resident_megabytes() -> float:
    """Memory of this process."""
    pages = Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print how long stopping takes, and what it leaves behind."""
    stops = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    tokens = int(sys.argv[2]) if len(sys.argv) > 2 else 3500
    model = LlamaCppModel(FILE, ModelIdentity("bundled", ""), physical_cores())
    desk, chance = Desk(model), random.Random(6)
    length = model.count_given(GivenPrompt(text_of(model, tokens, 0)))
    desk.stopped_after(text_of(model, 200, 0), 0.0, writing=True)
    memory, threads = resident_megabytes(), thread_count()
    for name, writing in (("reading", False), ("writing", True)):
        seconds: list[float] = []
        for number in range(stops // 2):
            text = text_of(model, tokens, 0 if writing else number + 1)
            wait_s = chance.random() * (1.0 if writing else _LONGEST_WAIT_S)
            seconds.append(desk.stopped_after(text, wait_s, writing=writing))
        print(
            f"{len(seconds)} stops while {name} ({length} tokens): "
            f"median {statistics.median(seconds):.3f} s, worst {max(seconds):.3f} s",
            flush=True,
        )
    print(f"memory {memory:.0f} MB before, {resident_megabytes():.0f} MB after")
    print(f"threads {threads} before, {thread_count()} after")


if __name__ == "__main__":
    main()
