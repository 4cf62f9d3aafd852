"""The process in which a model is tried out: it loads it, measures it, says what it found."""

import itertools
import json
import math
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag.adapters.encoder_import import Samples
from desktop_rag.domain import GivenPrompt, ModelIdentity, ModelRole, Prompt, PromptRead, ScoreScale
from desktop_rag.errors import DesktopRagError
from desktop_rag.privacy import guard

if TYPE_CHECKING:
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel

_LEAST_S, _MOST_S = 2.5, 4.0  # of each measurement; a language model takes two
_LONG_PASSAGES = 6  # of a prompt that is read for its speed: about a thousand tokens
_MOST_WRITTEN = 64  # tokens
_SOON_S = 0.4  # a group of passages that is done sooner is too small to be measured
_FIRST_GROUP = 2
_SMALL_PROMPT, _USUAL_PROMPT = 300, 1200  # tokens that are new in a question: docs/decisions/014
_INSTRUCTIONS = "Answer the question from the passages, in several long sentences."


@dataclass(frozen=True, slots=True)
class TrialOrder:
    """What is to be tried, and with what.

    `file` computes, in `folder`; `device` is the setting; `free_bytes` None if it is not known.
    """

    role: ModelRole
    folder: Path
    file: Path
    identity: ModelIdentity
    scale: ScoreScale
    threads: int
    device: str
    gpu_is_likely: bool
    free_bytes: int | None
    gpu_layers: int
    samples: Samples


def trial_main(pipe: Connection, order: TrialOrder) -> None:
    """Send {"loaded"} when the model is there; when that is answered, the figures, or {"error"}."""
    guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us

    def say(words: dict[str, object]) -> None:
        pipe.send_bytes(json.dumps(words).encode())

    def wait_for_cores() -> None:
        say({"loaded": True})
        pipe.recv_bytes()

    try:
        is_writer = order.role is ModelRole.LANGUAGE_MODEL
        try_it = _try_writer if is_writer else _try_encoder
        found = try_it(order, wait_for_cores)
    except EOFError:
        return  # nobody wants to know any more
    except DesktopRagError as error:
        say({"error": error.message})
    else:
        say({**found, "memory_bytes": _most_memory()})


def _try_writer(order: TrialOrder, wait_for_cores: Callable[[], None]) -> dict[str, object]:
    from desktop_rag.adapters.llama_cpp_library import load_gpu_parts
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel

    if order.gpu_layers:
        load_gpu_parts()
    model = LlamaCppModel(
        order.file, order.identity, order.threads, order.free_bytes, order.gpu_layers
    )
    short = Prompt(_INSTRUCTIONS, (), (), order.samples.questions[0])
    _read(model, short, math.inf)  # now its weights are in memory, too
    wait_for_cores()
    found: dict[str, object] = {
        "read_per_s": _reading_rate(model, order.samples),
        "written_per_s": _writing_rate(model, order.samples),
        "prompt_tokens": _SMALL_PROMPT if model.is_small else _USUAL_PROMPT,
        "device": "gpu" if model.settings.gpu else "cpu",
    }
    model.close()
    return found


def _reading_rate(model: "LlamaCppModel", samples: Samples) -> float:
    """Tokens of long prompts that are read a second."""
    tokens, began = 0, time.monotonic()
    for start in itertools.count(0, _LONG_PASSAGES):
        tokens += _read(model, _long_prompt(model, samples, start), began + _MOST_S)
        if time.monotonic() - began > _LEAST_S:
            break
    return tokens / (time.monotonic() - began)


def _long_prompt(model: "LlamaCppModel", samples: Samples, start: int) -> Prompt:
    """As many passages as the model can read at once, and no more than are wanted."""
    passages = _turned(samples.passages, start)
    for count in range(_LONG_PASSAGES, 0, -1):
        prompt = Prompt(_INSTRUCTIONS, (), tuple(passages[:count]), samples.questions[0])
        if model.count_tokens(prompt) < model.settings.context_tokens:
            return prompt
    return replace(prompt, passages=())


def _read(model: "LlamaCppModel", prompt: Prompt, end: float) -> int:
    """Tokens that were evaluated until the prompt, or the time, came to its end."""
    size, kept, done = model.settings.step_tokens, -1, 0
    steps = model.write(model.lay_out(prompt), max_tokens=1)
    for step in steps:
        if isinstance(step, PromptRead):
            kept = (step.done - 1) // size * size if kept < 0 else kept  # before the first step
            done = step.done
        if not isinstance(step, PromptRead) or time.monotonic() > end:
            steps.close()
            break
    return done - kept


def _writing_rate(model: "LlamaCppModel", samples: Samples) -> float:
    """Tokens that are written a second, after short prompts; reading them is not counted."""
    pieces, writing_s, began = 0, 0.0, time.monotonic()
    for question in itertools.cycle(samples.questions):
        given = model.lay_out(Prompt(_INSTRUCTIONS, (), (question,), question))
        count, seconds = _written(model, given, began + 2 * _MOST_S)
        pieces, writing_s = pieces + count, writing_s + seconds
        waited = time.monotonic() - began
        if waited > 2 * _MOST_S or (pieces and (writing_s > _LEAST_S or waited > _MOST_S)):
            break
    return pieces / writing_s


def _written(model: "LlamaCppModel", given: GivenPrompt, end: float) -> tuple[int, float]:
    """Tokens that were written, about one a piece, and the seconds that took."""
    count, began = 0, time.monotonic()
    steps = model.write(given, max_tokens=_MOST_WRITTEN)
    for step in steps:
        if isinstance(step, PromptRead):
            began = time.monotonic()
            continue
        count += bool(step)
        if time.monotonic() > end:
            steps.close()
            break
    return count, time.monotonic() - began


def _try_encoder(order: TrialOrder, wait_for_cores: Callable[[], None]) -> dict[str, object]:
    work, where = _encoder(order)
    passages = order.samples.passages
    work(passages[:1])  # what is loaded at the first call is no speed
    wait_for_cores()
    group, count, began, start = _FIRST_GROUP, 0, time.monotonic(), time.monotonic()
    while True:
        work(_turned(passages, count)[:group])
        count += group
        now = time.monotonic()
        if now - began < _SOON_S and group < len(passages):
            group, count, began = min(2 * group, len(passages)), 0, time.monotonic()
        elif now - start > _LEAST_S:
            break
    words = sum(len(passage.split()) for passage in passages) / len(passages)
    return {
        "passages_per_s": count / (now - began),
        "passage_words": round(words),
        "device": where(),
    }


def _encoder(
    order: TrialOrder,
) -> tuple[Callable[[Sequence[str]], object], Callable[[], str]]:
    """What takes passages, and what says where it runs."""
    from desktop_rag.adapters.encoders import (
        EncoderPlan,
        choose_device,
        open_embedder,
        open_reranker,
    )

    device, words = choose_device(order.folder, order.device, lambda: order.gpu_is_likely)
    plan = EncoderPlan(order.folder, order.identity, order.scale, order.threads, device, words)
    if order.role is ModelRole.EMBEDDER:
        embedder, where = open_embedder(plan)
        return embedder.embed, where
    reranker, where = open_reranker(plan)
    question = order.samples.questions[0]
    return lambda passages: reranker.score(question, passages), where


def _turned(passages: Sequence[str], start: int) -> Sequence[str]:
    """The passages in their order, beginning with another one."""
    place = start % len(passages)
    return [*passages[place:], *passages[:place]]


def _most_memory() -> int:
    """The most bytes that this process has had in memory; 0 where the system does not say."""
    if sys.platform == "linux":  # what `getrusage` says there includes the parent's
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        found = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return 1024 * int(next(found, "0"))
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0
