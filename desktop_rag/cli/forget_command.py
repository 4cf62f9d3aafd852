"""forget: erase for good, and prove it."""

import argparse
import sys

from desktop_rag.cli.output import Output
from desktop_rag.domain import Forgotten
from desktop_rag.errors import WrongUsage
from desktop_rag.services.assistant import Assistant

_UNTOUCHED = "The files themselves stay where they are; they are never touched."
_STAY = "Models and settings stay."


def forget(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Exit code 1 if a word of what was forgotten is found in a file that is left."""
    what = "the whole library with its history, vaults and logs"
    if not chosen.all:
        what = f"the collection “{chosen.collection}” with all below it and its conversations"
    if not chosen.yes and not _agreed(what, output):
        output.result({"forgotten": None})
        return 1
    if chosen.all:
        forgotten = assistant.forget_all()
    else:
        forgotten = assistant.forget_collection(chosen.collection)
    output.result(_as_json(forgotten))
    output.line(
        f"Forgotten: {forgotten.documents} documents, {forgotten.conversations} conversations, "
        f"{forgotten.folders} watched folders. {_UNTOUCHED}"
    )
    if chosen.all:
        output.line(_STAY)
    for trace in forgotten.found:
        output.line(f"found: “{trace.word}” in {trace.file}")
    output.line(
        f"{forgotten.sought_words} words sought in {forgotten.files_searched} files: "
        f"{len(forgotten.found)} found."
    )
    return 1 if forgotten.found else 0


def _as_json(forgotten: Forgotten) -> dict[str, object]:
    return {
        "forgotten": {
            "documents": forgotten.documents,
            "conversations": forgotten.conversations,
            "folders": forgotten.folders,
        },
        "sought_words": forgotten.sought_words,
        "files_searched": forgotten.files_searched,
        "found": [{"file": trace.file, "word": trace.word} for trace in forgotten.found],
    }


def _agreed(what: str, output: Output) -> bool:
    if not sys.stdin.isatty():
        raise WrongUsage(f"Nobody is there to agree that {what} is erased.", "Add --yes to agree.")
    output.remark(f"Erase {what}? It cannot be undone. {_UNTOUCHED} [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
