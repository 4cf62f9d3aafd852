"""A language model is opened once in a process apart before it is taken among the models.

llama.cpp may end the process that opens a damaged file. What has been opened here once, and is
checked against its hash ever after, does not do so in the middle of somebody's work.
"""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from desktop_rag.adapters.apart import Ending, Reply, done_apart
from desktop_rag.domain import ImportProgress, ImportStep, ModelIdentity, Prompt
from desktop_rag.errors import ModelError

_MOST_S = 600.0  # several gigabytes from a slow disk
_PROMPT = Prompt("Answer in one word.", (), ("The sky is blue.",), "What colour is it?")


def try_out(file: Path, name: str) -> Generator[ImportProgress, None, None]:
    """Have the model write one word. Raises ModelError if it does not load, or ends its process.

    One that is too large for the memory that is free now passes.
    """
    trial = done_apart(_write_one_word, file, name, limit_s=_MOST_S, starts_others=True)
    with closing(trial) as steps:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                outcome = end.value
                break
            yield ImportProgress(ImportStep.PREPARING, 0, 0)
    if outcome.ending is Ending.LATE:
        raise _refusal(name, f"It did not load within {_MOST_S:.0f} seconds.")
    if outcome.ending is Ending.DIED:
        raise _refusal(name, "It is damaged: the process that opened it was ended by it.")
    if outcome.ending is Ending.FAILED:
        raise _refusal(name, outcome.words or "It does not load.")


def _write_one_word(file: Path, name: str) -> Reply:
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel

    model = LlamaCppModel(file, ModelIdentity(name, ""), threads=1)
    for _ in model.write(model.lay_out(_PROMPT), max_tokens=1):
        pass
    model.close()
    return {}


def _refusal(name: str, reason: str) -> ModelError:
    return ModelError(
        f"The language model {name} was not taken. {reason}",
        "Copy the file again from where it came, or choose another.",
    )
