"""A text written by the language model, and written again to see whether it is the same."""

from collections.abc import Callable, Generator
from contextlib import closing

from desktop_rag.domain import ModelSettings, PromptRead, Replay, TextWritten, TokensRead, Writing
from desktop_rag.errors import ModelError
from desktop_rag.services.warm_model import WarmModel

Step = PromptRead | TextWritten
_OTHER_MODEL = "It was written by {} ({}…); the model in use is {} ({}…)."
_OTHER_TEXT = "The text is not the same."


def relayed(
    steps: Generator[PromptRead | str, None, TokensRead],
    pieces: list[str],
    note_token: Callable[[], None] = lambda: None,
) -> Generator[Step, None, TokensRead]:
    """Yield what a model does and collect what it writes in `pieces`; closing this closes it."""
    with closing(steps):
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                tokens: TokensRead = end.value
                return tokens
            if isinstance(step, PromptRead):
                pieces.clear()  # it may begin anew, with less of it on a GPU
                yield step
            elif step:
                note_token()
                pieces.append(step)
                yield TextWritten(step)


def replay(warm: WarmModel, writing: Writing) -> Generator[Step, None, Replay]:
    """Write with the recorded prompt anew, and compare word for word.

    Another model is not asked: its text would say nothing. Raises ModelError if the model
    cannot be loaded, or fails.
    """
    pieces: list[str] = []
    try:
        model = warm.get()
        if model.identity.sha256 != writing.model.sha256:
            return Replay(
                False, "", _other_model(writing, model.identity.name, model.identity.sha256)
            )
        steps = model.write(writing.prompt, max_tokens=writing.answer_tokens)
        yield from relayed(steps, pieces)
    except (ModelError, MemoryError):
        warm.drop()
        raise
    finally:
        warm.rest()
    text = "".join(pieces)
    if text == writing.text:
        return Replay(True, text, "")
    different = _differences(writing.settings, model.settings)
    return Replay(False, text, " ".join([_OTHER_TEXT, *different]))


def _other_model(writing: Writing, name: str, sha256: str) -> str:
    return _OTHER_MODEL.format(writing.model.name, writing.model.sha256[:12], name, sha256[:12])


def _differences(before: ModelSettings, now: ModelSettings) -> list[str]:
    """What may be to blame: the settings that were others."""
    names = (
        *("runtime", "threads", "gpu", "gpu_layers"),
        *("step_tokens", "context_tokens", "repeat_penalty"),
    )
    pairs = [(name, getattr(before, name), getattr(now, name)) for name in names]
    return [f"{name}: {old} then, {new} now." for name, old, new in pairs if old != new]
