"""What the program adds to the models' own time, up to the first evidence and the first word.

For each question, in turns in one process: the question is asked; then the very calls that the
encoders got are made again, bare, and a plain llama.cpp context reads the same prompt in large
batches up to its first token. Printed are the medians, their ratio (the aim is 1.15 at most), and
how many tokens of a prompt are evaluated for another question on the same passages.

    python benchmarks/answering.py [ROUNDS] [cpu]      3, if it is not named

With “cpu”, seconds of the processor are counted instead: on a machine that others use, the only
ones that say anything.
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import closing  # noqa: E402
from functools import wraps  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

from steps import finish  # noqa: E402

# The reader process imports this file when it starts: what is heavy is imported where it is used.
if TYPE_CHECKING:
    from desktop_rag.domain import Answer
    from desktop_rag.services.assistant import Assistant

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FILE = RESOURCES / "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
QUESTIONS = (
    "How much notice must the tenant give to end the lease?",
    "Which antibiotic is given first for pneumonia?",
    "What happens if an invoice is paid late?",
    "Who keeps the boiler in repair?",
    "How long should the patient avoid lifting?",
)
FOLLOW_UPS = ("Who pays for the repairs?", "How large is the deposit?", "When is the rent due?")
Call = Callable[[], object]


class Calls:
    """Notes the calls that methods get, so that they can be made again."""

    def __init__(self) -> None:
        self.made: list[Call] = []

    def note(self, owner: type, method: str) -> None:
        """Note every call of this method."""
        plain = getattr(owner, method)

        @wraps(plain)
        def noted(*arguments: Any, **options: Any) -> Any:
            self.made.append(lambda: plain(*arguments, **options))
            return plain(*arguments, **options)

        setattr(owner, method, noted)


def clock() -> float:
    """Seconds; of the processor, all threads together, if the command line says “cpu”."""
    return time.process_time() if "cpu" in sys.argv else time.perf_counter()


def timed(action: Call) -> float:
    """Seconds that the action takes."""
    started = clock()
    action()
    return clock() - started


def asked(assistant: "Assistant", question: str) -> tuple[float, float, "Answer"]:
    """Seconds to the evidence and to the first word, and the answer."""
    from desktop_rag.domain import TextWritten

    started = clock()
    steps = assistant.answers.ask(question)
    next(steps)
    evidence, first = clock() - started, 0.0
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            return evidence, first, end.value
        if isinstance(step, TextWritten):
            first = first or clock() - started


def plain_model(threads: int) -> Callable[[str], object]:
    """The first token after a prompt, by llama.cpp as its own wrapper runs it."""
    import llama_cpp

    options: dict[str, Any] = {"n_ctx": 4096, "n_threads": threads, "n_threads_batch": threads}
    model = llama_cpp.Llama(str(FILE), verbose=False, **options)

    def first_token(text: str) -> object:
        tokens = model.tokenize(text.encode(), add_bos=True, special=True)
        with closing(model.generate(tokens, temp=0.0, repeat_penalty=1.1)) as stream:
            return next(stream)

    return first_token


def line(name: str, ours: list[float], bare: list[float]) -> str:
    """Medians of both, and their ratio."""
    mine, theirs = statistics.median(ours), statistics.median(bare)
    return f"{name:<16} {1000 * mine:8.0f} ms   bare {1000 * theirs:8.0f} ms   {mine / theirs:.3f}"


def compare(assistant: "Assistant", rounds: int) -> Iterator[str]:
    """Yield a line for the evidence and one for the first word."""
    from desktop_rag.adapters.onnx_encoders import OnnxEmbedder, OnnxReranker
    from desktop_rag.services.machine import physical_cores

    calls, plain = Calls(), plain_model(physical_cores())
    calls.note(OnnxEmbedder, "embed")
    calls.note(OnnxReranker, "score")
    evidence: list[float] = []
    word: list[float] = []
    bare_evidence: list[float] = []
    bare_word: list[float] = []
    # Numbered, because the same question is not searched twice.
    for question in (f"{one} {turn}" for turn in range(rounds + 1) for one in QUESTIONS):
        calls.made.clear()
        to_evidence, to_word, answer = asked(assistant, question)
        if answer.writing is None:
            raise SystemExit(f"nothing was written: {question}")
        encoders = sum(timed(call) for call in list(calls.made))
        text = answer.writing.prompt.text
        both = encoders + timed(lambda: plain(text))  # noqa: B023
        evidence.append(to_evidence)
        word.append(to_word)
        bare_evidence.append(encoders)
        bare_word.append(both)
    warm = len(QUESTIONS)  # the first round loads and warms everything
    yield line("to the evidence", evidence[warm:], bare_evidence[warm:])
    yield line("to the first word", word[warm:], bare_word[warm:])


def follow_ups(assistant: "Assistant") -> Iterator[str]:
    """Yield how much of its prompt a larger model would evaluate for each question in turn."""
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
    from desktop_rag.domain import ModelIdentity
    from desktop_rag.pipeline.prompting import make_prompt

    model = LlamaCppModel(FILE, ModelIdentity("bundled", ""), 2)
    passages = assistant.retriever.retrieve(QUESTIONS[0], top=6).passages
    for question in (QUESTIONS[0], *FOLLOW_UPS):
        prompt, issued = make_prompt(
            question,
            passages,
            small_model=False,
            budget=3900,
            count_tokens=model.count_tokens,
        )
        tokens = finish(model.write(model.lay_out(prompt), max_tokens=1))
        share = 1 - tokens.evaluated / tokens.prompt
        yield (
            f"{len(issued)} passages, {tokens.prompt} tokens, {tokens.evaluated} evaluated "
            f"({share:.0%} fewer): {question}"
        )
    model.close()


def main() -> None:
    """Print both comparisons."""
    from desktop_rag.wiring import open_assistant

    rounds = next((int(word) for word in sys.argv[1:] if word.isdecimal()), 3)
    with (
        tempfile.TemporaryDirectory() as home,
        closing(open_assistant(Path(home) / "library")[0]) as assistant,
    ):
        finish(assistant.library.add([RESOURCES / "samples"], ocr=False))
        for text in follow_ups(assistant):
            print(text, flush=True)
        for text in compare(assistant, rounds):
            print(text, flush=True)


if __name__ == "__main__":
    main()
