"""The entry point of every process. The guard goes up before anything else is imported."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag.privacy import guard

if TYPE_CHECKING:
    from desktop_rag.config import Settings
    from desktop_rag.domain import VaultKey
    from desktop_rag.services.assistant import Assistant


def _may_use_network(arguments: list[str]) -> bool:
    """True for `models fetch` alone, the one command that downloads."""
    words: list[str] = []
    skip = False
    for argument in arguments:
        if skip or argument.startswith("-"):
            skip = argument in ("--library", "--vault", "--passphrase-file", "--app-lock-file")
            continue
        words.append(argument)
    return words[:2] == ["models", "fetch"]


if _may_use_network(sys.argv[1:]):
    guard.prepare_process()
else:
    guard.activate()


def main() -> int:
    """Open the window, or run the command that the arguments name; returns the exit code."""
    if getattr(sys, "frozen", False):  # the package: its processes are the same executable again
        from multiprocessing import freeze_support

        freeze_support()  # does not return in a process that was started by another of ours
    from desktop_rag.privacy import crash_output

    crash_output.keep_to_places()
    if len(sys.argv) == 1:
        return _open_window(None)
    from desktop_rag.cli.commands import run
    from desktop_rag.privacy.processes import name_process

    name_process("terminal")
    return run(sys.argv[1:], _open_assistant, _open_window)


def _open_window(library_folder: Path | None) -> int:
    from functools import partial

    # The frame of the window is seen before anything else is imported.
    # The engine process finds this function by its module's name; “__main__” is no name there.
    from desktop_rag.__main__ import _open_assistant as open_assistant
    from desktop_rag.privacy.processes import name_process
    from desktop_rag.ui.app import open_window

    name_process("window")
    return open_window(partial(open_assistant, library_folder), partial(_load, library_folder))


def _load(library_folder: Path | None) -> "tuple[Settings, list[str]]":
    """Called in the window's process, which opens no library but may need temporary files."""
    from desktop_rag import config
    from desktop_rag.privacy import temporary

    settings, warnings = config.load(library_folder)
    temporary.use(settings.library_folder, settings.data_folder)
    return settings, warnings


def _open_assistant(
    library_folder: Path | None, key: "VaultKey | None" = None
) -> "tuple[Assistant, list[str]]":
    """Called in the engine process: the window's own imports none of the engines."""
    from desktop_rag.privacy import temporary
    from desktop_rag.services.closing import close_folders
    from desktop_rag.ui import socket_trial  # it names the trial and loads no Qt
    from desktop_rag.wiring import open_assistant

    assistant, warnings = open_assistant(library_folder, key, [socket_trial.TRIAL])
    library, data = assistant.library_folder, assistant.settings_file.parent
    warnings += close_folders(data, library)
    temporary.use(library, data)
    return assistant, warnings


if __name__ == "__main__":
    sys.exit(main())
