"""How fast a model is on this computer: tried in a process of its own, which can be ended.

What the process says is checked before it is believed: the model that it opened came from
elsewhere.
"""

import json
import math
import multiprocessing
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.encoder_import import Samples
from desktop_rag.adapters.gguf_header import check_header
from desktop_rag.adapters.speed_process import TrialOrder, trial_main
from desktop_rag.adapters.untrusted_replies import checked_words
from desktop_rag.domain import (
    Model,
    ModelIdentity,
    ModelRole,
    ModelTrial,
    TrialProgress,
    TrialStep,
)
from desktop_rag.errors import ModelError

_LOOK_S = 0.2
_ENDED = "The process that opened it was ended by it."
_MOST_S = 240.0  # several gigabytes from a slow disk, and the measuring itself
_MOST_REPLY_BYTES = 65_536
_MOST_NUMBER = 1e15
_RATES = ("read_per_s", "written_per_s", "passages_per_s")
_COUNTS = ("memory_bytes", "prompt_tokens", "passage_words")


class SpeedTrials:
    """A `ports.TrialRunner`. `device` is the setting.

    A model is measured while it has all `cores` to itself; `free_memory` says what it may have,
    `gpu_layers` how many layers of the language model with this hash a GPU is known to take.
    """

    def __init__(
        self,
        samples: Callable[[], Samples],
        cores: Cores,
        device: str,
        gpu_is_likely: Callable[[], bool],
        free_memory: Callable[[], int | None],
        gpu_layers: Callable[[str], int] = lambda sha256: 0,
    ) -> None:
        self._samples = samples
        self._cores = cores
        self._device = device
        self._gpu_is_likely = gpu_is_likely
        self._free_memory = free_memory
        self._gpu_layers = gpu_layers

    def needed_memory(self, file: Path) -> int | None:
        check_header(file, file.stem)
        import llama_cpp

        from desktop_rag.adapters.llama_cpp_fit import read_shape
        from desktop_rag.adapters.llama_cpp_library import load_variant

        load_variant()
        if llama_cpp.llama_supports_gpu_offload():
            return None
        try:
            return read_shape(file).least_bytes
        except (ValueError, OSError) as error:
            raise _refusal(file.stem, f"{error}.") from error

    def run(self, model: Model, folder: Path) -> Generator[TrialProgress, None, ModelTrial]:
        order = TrialOrder(
            role=model.role,
            folder=folder,
            file=folder / model.main_file.path,
            identity=ModelIdentity(model.name, model.main_file.sha256),
            scale=model.scale,
            threads=self._cores.count,
            device=self._device,
            gpu_is_likely=self._gpu_is_likely(),
            free_bytes=self._free_memory(),
            gpu_layers=self._gpu_layers(model.main_file.sha256),
            samples=self._samples(),
        )
        untrusted_reply = yield from _followed(order, self._cores)
        trial = _checked(untrusted_reply, model)
        if trial is None:
            raise _refusal(model.name, checked_words(untrusted_reply.get("error")) or "")
        return trial


def _followed(order: TrialOrder, cores: Cores) -> Generator[TrialProgress, None, dict[str, Any]]:
    """The last thing that the process says. Raises ModelError if it ends, or never does."""
    spawn = multiprocessing.get_context("spawn")
    pipe, theirs = spawn.Pipe()
    process = spawn.Process(target=trial_main, args=(theirs, order))
    process.start()
    theirs.close()
    name, began = order.identity.name, time.monotonic()
    try:
        untrusted_reply = yield from _next_reply(pipe, name, TrialStep.LOADING, began)
        if "loaded" in untrusted_reply:
            with cores.all(urgent=True):
                pipe.send_bytes(b"go on")
                untrusted_reply = yield from _next_reply(pipe, name, TrialStep.MEASURING, began)
        return untrusted_reply
    except OSError as error:
        raise _refusal(name, _ENDED) from error
    finally:
        process.kill()
        process.join()
        process.close()
        pipe.close()


def _next_reply(
    pipe: Connection, name: str, step: TrialStep, began: float
) -> Generator[TrialProgress, None, dict[str, Any]]:
    while not pipe.poll(_LOOK_S):
        seconds = time.monotonic() - began
        yield TrialProgress(step, seconds)
        if seconds > _MOST_S:
            raise _refusal(name, f"It took more than {_MOST_S:.0f} seconds.")
    untrusted_reply = _received(pipe)
    if untrusted_reply is None:
        raise _refusal(name, _ENDED)
    return untrusted_reply


def _received(pipe: Connection) -> dict[str, Any] | None:
    """What the process has to say; None if it ended without a word."""
    with suppress(EOFError, OSError, ValueError, RecursionError):
        untrusted_reply = json.loads(pipe.recv_bytes(_MOST_REPLY_BYTES))
        if isinstance(untrusted_reply, dict):
            return untrusted_reply
    return None


def _checked(untrusted_reply: dict[str, Any], model: Model) -> ModelTrial | None:
    """The trial that is told of, if the numbers that its role needs are numbers."""
    device = checked_words(untrusted_reply.get("device"))
    found = {name: untrusted_reply.get(name, 0) for name in (*_RATES, *_COUNTS)}
    if not device or not all(map(_is_number, found.values())):
        return None
    is_writer = model.role is ModelRole.LANGUAGE_MODEL
    needed = _RATES[:2] if is_writer else _RATES[2:]
    if not all(found[name] > 0 for name in needed):
        return None
    return ModelTrial(
        sha256=model.main_file.sha256,
        device=device,
        read_per_s=float(found["read_per_s"]),
        written_per_s=float(found["written_per_s"]),
        passages_per_s=float(found["passages_per_s"]),
        **{name: int(found[name]) for name in _COUNTS},
    )


def _is_number(untrusted_value: object) -> bool:
    if isinstance(untrusted_value, bool) or not isinstance(untrusted_value, int | float):
        return False
    return math.isfinite(untrusted_value) and 0 <= untrusted_value < _MOST_NUMBER


def _refusal(name: str, reason: str) -> ModelError:
    return ModelError(
        f"The model {name} could not be tried out. {reason}".rstrip(),
        "Run “desktop-rag models verify”, or choose another.",
    )
