"""Run one command and turn whatever happens into words and an exit code."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_rag.cli import (
    forget_command,
    library_commands,
    model_commands,
    question_commands,
    record_commands,
    reembed_command,
    system_commands,
    vault_command,
)
from desktop_rag.cli.arguments import parser
from desktop_rag.cli.output import Output
from desktop_rag.cli.passphrases import passphrase_of
from desktop_rag.domain import VaultKey
from desktop_rag.errors import DesktopRagError, WrongPassphrase, WrongUsage
from desktop_rag.privacy.app_lock import AppLock
from desktop_rag.privacy.places import warnings_about
from desktop_rag.services.assistant import Assistant

DONE, FAILED, WRONG_USAGE = 0, 1, 2

Command = Callable[[Assistant, argparse.Namespace, Output], int]
_COMMANDS: dict[str, Command] = {
    "add": library_commands.add,
    "documents": library_commands.documents,
    "remove": library_commands.remove,
    "forget": forget_command.forget,
    "collections": library_commands.collections,
    "verify": library_commands.verify,
    "reembed": reembed_command.reembed,
    "compact": library_commands.compact,
    "search": question_commands.search,
    "ask": question_commands.ask,
    "record": record_commands.record,
    "replay": record_commands.replay,
    "evaluate": question_commands.evaluate,
    "models": model_commands.models,
    "privacy-check": system_commands.privacy_check,
    "doctor": system_commands.doctor,
    "vault": vault_command.vault,
}

# They show nothing of any document.
_TELL_NOTHING = frozenset({"models", "privacy-check", "doctor"})

OpenAssistant = Callable[[Path | None, VaultKey | None], tuple[Assistant, list[str]]]
OpenWindow = Callable[[Path | None, Sequence[Path]], int]


def run(arguments: Sequence[str], open_assistant: OpenAssistant, open_window: OpenWindow) -> int:
    """Run the command line and return its exit code. Without a command, the window opens."""
    output = Output("--json" in arguments)
    try:
        chosen = parser().parse_args(arguments)
        if chosen.command in (None, "open"):
            paths = chosen.paths if chosen.command else []
            return open_window(chosen.library, [path.absolute() for path in paths])
        assistant, warnings = open_assistant(chosen.library, None)
        for warning in warnings:
            output.remark(f"warning: {warning}")
        try:
            if chosen.command not in _TELL_NOTHING:
                _refuse_locked(assistant, chosen)
            if chosen.vault is not None and chosen.command != "vault":
                key = vault_command.key_of(assistant, chosen)
                assistant.close()
                assistant, _ = open_assistant(chosen.library, key)
            for place in warnings_about(assistant.library_folder):
                output.remark(f"warning: {place.words}")
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
    except BrokenPipeError:  # the reader of our output went away: nobody is left to tell
        sys.stderr.close()
        return FAILED


def _refuse_locked(assistant: Assistant, chosen: argparse.Namespace) -> None:
    """Ask for the passphrase of the program, if it has one. Raises WrongPassphrase."""
    app_lock = AppLock(assistant.settings_file.parent)
    if not app_lock.is_on:
        return
    if not app_lock.opens(passphrase_of(chosen.app_lock_file, "Passphrase of the program")):
        raise WrongPassphrase("This is not the passphrase of the program.", "Type it again.")
