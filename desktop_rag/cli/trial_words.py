"""How fast a model was when it was tried out, in words and as JSON."""

from typing import Any

from desktop_rag.domain import MemoryFit, ModelRole, ModelTrial

_WORDS, _PASSAGES = 100, 50  # of an answer; that are ordered, or prepared
_GIGABYTE, _MEGABYTE = 1_000_000_000, 1_000_000


def trial_words(role: ModelRole, trial: ModelTrial) -> str:
    """What the figures mean for a person."""
    if role is ModelRole.LANGUAGE_MODEL:
        seconds = _seconds(trial.answer_seconds(_WORDS))
        return f"An answer of {_WORDS} words takes about {seconds} on this computer."
    done = "ordered" if role is ModelRole.RERANKER else "prepared"
    seconds = _seconds(trial.passages_seconds(_PASSAGES))
    return f"{_PASSAGES} places are {done} in about {seconds} on this computer."


def trial_details(trial: ModelTrial) -> str:
    """The figures themselves, where it ran and what memory it took."""
    if trial.passages_per_s:
        rate = f"{trial.passages_per_s:.1f} passages of {trial.passage_words} words a second"
    else:
        rate = f"{trial.read_per_s:.1f} tokens read, {trial.written_per_s:.1f} written a second"
    memory = f", {trial.memory_bytes / _MEGABYTE:.0f} MB of memory" if trial.memory_bytes else ""
    return f"{rate}{memory}, on {trial.device}"


def trial_json(trial: ModelTrial | None) -> Any:
    """As docs/terminal.md has it; None if there was no trial."""
    if trial is None:
        return None
    common = {"device": trial.device, "memory_bytes": trial.memory_bytes or None}
    if trial.passages_per_s:
        return common | {
            "passages_per_second": round(trial.passages_per_s, 2),
            "passage_words": trial.passage_words,
            "seconds_for_50_passages": round(trial.passages_seconds(_PASSAGES), 2),
        }
    return common | {
        "tokens_read_per_second": round(trial.read_per_s, 2),
        "tokens_written_per_second": round(trial.written_per_s, 2),
        "prompt_tokens": trial.prompt_tokens,
        "seconds_for_100_words": round(trial.answer_seconds(_WORDS), 2),
    }


def fit_words(fit: MemoryFit) -> str:
    """What it needs of the memory, to follow “it”."""
    needed, free = fit.needed_bytes / _GIGABYTE, fit.free_bytes / _GIGABYTE
    outcome = "it fits" if fit.fits else "it does not fit"
    return f"needs about {needed:.1f} GB of memory, {free:.1f} GB are free: {outcome}"


def fit_json(fit: MemoryFit | None) -> Any:
    """As docs/terminal.md has it; None where it is not known."""
    if fit is None:
        return None
    return {"needed_bytes": fit.needed_bytes, "free_bytes": fit.free_bytes, "fits": fit.fits}


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 9.5 else f"{max(seconds, 0.1):.1f} s"
