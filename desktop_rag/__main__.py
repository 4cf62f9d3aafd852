"""The entry point of every process. The guard goes up before anything else is imported."""

import sys

from desktop_rag.privacy import guard


def _may_use_network(arguments: list[str]) -> bool:
    """True for `models fetch` alone, the one command that downloads."""
    words: list[str] = []
    skip = False
    for argument in arguments:
        if skip or argument.startswith("-"):
            skip = argument == "--library"
            continue
        words.append(argument)
    return words[:2] == ["models", "fetch"]


if _may_use_network(sys.argv[1:]):
    guard.prepare_process()
else:
    guard.activate()


def main() -> int:
    """Open the window, or run the command that the arguments name; returns the exit code."""
    from desktop_rag.cli.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
