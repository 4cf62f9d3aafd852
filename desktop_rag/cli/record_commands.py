"""record, replay: what a kept answer came from, and whether it comes out the same again."""

import argparse
import json

from desktop_rag.cli.output import Output
from desktop_rag.cli.question_commands import describe_writing
from desktop_rag.services.answer_record import answer_record
from desktop_rag.services.assistant import Assistant

_DONE, _DIFFERENT = 0, 1
_LISTED = 20


def record(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """The record of an answer; without an id, the latest answers with theirs."""
    if chosen.id is None:
        return _list(assistant, output)
    found = answer_record(assistant.history.turn(chosen.id))
    output.result(found)
    for line in json.dumps(found, ensure_ascii=False, indent=2).splitlines():
        output.line(line)
    return _DONE


def replay(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Write the answer again with the recorded prompt; says what is different, if anything is."""
    writing = assistant.history.turn(chosen.id).answer.writing
    if writing is None:
        reason = "No model wrote this answer, or it was kept before records were."
        output.result({"turn_id": chosen.id, "same": False, "reason": reason, "written": ""})
        output.line(f"Nothing to write again. {reason}")
        return _DIFFERENT
    outcome = output.follow(assistant.answers.replay(writing), describe_writing)
    output.result(
        {
            "turn_id": chosen.id,
            "same": outcome.same,
            "reason": outcome.reason,
            "written": outcome.text,
        }
    )
    output.line("The same, word for word." if outcome.same else f"Not the same. {outcome.reason}")
    return _DONE if outcome.same else _DIFFERENT


def _list(assistant: Assistant, output: Output) -> int:
    turns = assistant.history.latest_turns(_LISTED)
    output.result(
        {
            "answers": [
                {"turn_id": turn.id, "asked_at": turn.asked_at, "question": turn.question}
                for turn in turns
            ]
        }
    )
    for turn in turns:
        output.line(f"{turn.id:>6}  {turn.asked_at[:16]}  {turn.question}")
    if not turns:
        output.line("No answer is kept yet. The window keeps them; “ask --keep” does too.")
    return _DONE
