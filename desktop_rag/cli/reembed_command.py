"""reembed, and what other commands say while it is due."""

import argparse

from desktop_rag.cli import as_json
from desktop_rag.cli.as_json import Json
from desktop_rag.cli.output import Output
from desktop_rag.domain import ReembedProgress, ReembedReport
from desktop_rag.errors import ModelMissing
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.diagnosis import change_words

_TENTHS = 10


def reembed(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 0 also if nothing is to be done."""
    told = 0

    def describe(step: ReembedProgress) -> tuple[str, float, float]:
        what = "Making the search index" if step.indexing else f"Preparing for {step.model}"
        return what, step.done, step.total

    def say(step: ReembedProgress) -> str | None:
        nonlocal told
        tenths = step.done * _TENTHS // step.total if step.total else 0
        if tenths <= told:
            return None
        told = tenths
        return f"{step.done} of {step.total} passages"

    try:
        report = output.follow(assistant.library.reembed(), describe, say)
    except KeyboardInterrupt:
        output.remark(
            "Stopped: searches go on as before. Run the same command again to go on; what is made "
            "so far is kept."
        )
        output.result({"stopped": True})
        return 1
    output.result(as_json.of_reembed(report))
    output.line(_sentence(report))
    return 0


def note_change(assistant: Assistant, output: Output) -> Json:
    """Remark that the library was made with another model, if it was; the JSON to go with it."""
    try:
        change = assistant.library.model_change()
    except ModelMissing as error:
        output.remark(f"warning: {error}")
        return {"model_change": None}
    if change is not None:
        output.remark(f"note: {change_words(change)}")
    return {"model_change": None if change is None else as_json.of_change(change)}


def _sentence(report: ReembedReport) -> str:
    if not report.was_due:
        return f"Nothing to do: the library was made with {report.model}."
    return f"{report.passages} passages are prepared for {report.model}, {report.seconds:.1f} s."
