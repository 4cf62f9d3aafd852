"""A language model is opened once in a process apart before it is taken among the models.

llama.cpp may end the process that opens a damaged file. What has been opened here once, and is
checked against its hash ever after, does not do so in the middle of somebody's work.
"""

import json
import multiprocessing
import signal
from collections.abc import Generator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.adapters.cores import Cores
from desktop_rag.adapters.untrusted_replies import checked_words
from desktop_rag.domain import ImportProgress, ImportStep, ModelIdentity, Prompt
from desktop_rag.errors import DesktopRagError, ModelError, ModelTooLarge
from desktop_rag.privacy import guard

_LOOK_S = 0.2
_MOST_S = 600.0  # several gigabytes from a slow disk
_MOST_REPLY_BYTES = 65_536
_PROMPT = Prompt("Answer in one word.", (), ("The sky is blue.",), "What colour is it?")


def try_out(file: Path, name: str, cores: Cores) -> Generator[ImportProgress, None, None]:
    """Have the model write one word. Raises ModelError if it does not load, or ends its process.

    One that is too large for the memory that is free now passes. It writes while `cores` are held.
    """
    spawn = multiprocessing.get_context("spawn")
    pipe, theirs = spawn.Pipe()
    process = spawn.Process(target=_trial_main, args=(theirs, file, name))
    process.start()
    theirs.close()
    try:
        untrusted_reply = yield from _reply(pipe, name)
        if untrusted_reply is not None and "loaded" in untrusted_reply:
            with cores.all(urgent=False):
                pipe.send_bytes(b"go on")
                untrusted_reply = yield from _reply(pipe, name)
    finally:
        process.kill()
        process.join()
        process.close()
        pipe.close()
    if untrusted_reply is None:
        raise _refusal(name, "It is damaged: the process that opened it was ended by it.")
    if "error" in untrusted_reply:
        words = checked_words(untrusted_reply["error"])
        raise _refusal(name, words or "It does not load.")


def _trial_main(pipe: Connection, file: Path, name: str) -> None:
    guard.activate()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel

    try:
        model = LlamaCppModel(file, ModelIdentity(name, ""), threads=1)
        pipe.send_bytes(json.dumps({"loaded": True}).encode())
        pipe.recv_bytes()  # it may compute now
        given = model.lay_out(_PROMPT)
        for _ in model.write(given, max_tokens=1):
            pass
        model.close()
        reply: dict[str, str] = {}
    except (ModelTooLarge, EOFError):
        reply = {}
    except DesktopRagError as error:
        reply = {"error": error.message}
    pipe.send_bytes(json.dumps(reply).encode())


def _reply(pipe: Connection, name: str) -> Generator[ImportProgress, None, dict[str, Any] | None]:
    """The next thing that the process says, as `_received`. Raises ModelError if none comes."""
    waits = 0
    while not pipe.poll(_LOOK_S):
        yield ImportProgress(ImportStep.PREPARING, 0, 0)
        waits += 1
        if waits * _LOOK_S > _MOST_S:
            raise _refusal(name, f"It did not load within {_MOST_S:.0f} seconds.")
    return _received(pipe)


def _received(pipe: Connection) -> dict[str, Any] | None:
    """What the process has to say; None if it ended without a word."""
    with suppress(EOFError, OSError, ValueError, RecursionError):
        untrusted_reply = json.loads(pipe.recv_bytes(_MOST_REPLY_BYTES))
        if isinstance(untrusted_reply, dict):
            return untrusted_reply
    return None


def _refusal(name: str, reason: str) -> ModelError:
    return ModelError(
        f"The language model {name} was not taken. {reason}",
        "Copy the file again from where it came, or choose another.",
    )
