"""Run one command and turn whatever happens into words and an exit code."""

import argparse
import sys
from collections.abc import Callable, Sequence

from desktop_rag import config, wiring
from desktop_rag.cli import library_commands, model_commands, question_commands, system_commands
from desktop_rag.cli.arguments import parser
from desktop_rag.cli.output import Output
from desktop_rag.errors import DesktopRagError, WrongUsage
from desktop_rag.wiring import Assistant

DONE, FAILED, WRONG_USAGE = 0, 1, 2

Command = Callable[[Assistant, argparse.Namespace, Output], int]
_COMMANDS: dict[str, Command] = {
    "add": library_commands.add,
    "documents": library_commands.documents,
    "remove": library_commands.remove,
    "collections": library_commands.collections,
    "verify": library_commands.verify,
    "compact": library_commands.compact,
    "search": question_commands.search,
    "ask": question_commands.ask,
    "evaluate": question_commands.evaluate,
    "models": model_commands.models,
    "privacy-check": system_commands.privacy_check,
    "doctor": system_commands.doctor,
}


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    chosen = parser().parse_args(arguments)
    output = Output(chosen.json)
    try:
        settings, warnings = config.load(chosen.library)
        for warning in warnings:
            output.remark(f"warning: {warning}")
        if chosen.command is None:
            return _window(chosen)
        assistant = wiring.build(settings)
        try:
            return _COMMANDS[chosen.command](assistant, chosen, output)
        finally:
            assistant.close()
    except DesktopRagError as error:
        output.remark(f"error: {error}")
        output.result({"error": error.message, "hint": error.hint})
        return WRONG_USAGE if isinstance(error, WrongUsage) else FAILED
    except KeyboardInterrupt:
        output.remark("Stopped.")
        output.result({"error": "Stopped.", "hint": ""})
        return FAILED
    except BrokenPipeError:  # the reader of our output went away: nothing to say, nobody to hear
        sys.stderr.close()
        return FAILED


def _window(chosen: argparse.Namespace) -> int:
    from desktop_rag.ui.app import open_window

    return open_window(chosen.library)
