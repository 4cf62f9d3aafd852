"""The command line, as argparse knows it."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, Protocol

from desktop_rag import __version__
from desktop_rag.domain import PageRange, SearchMode
from desktop_rag.errors import WrongUsage

_EPILOG = (
    "Without a command, the window opens. Exit codes: 0 done, 1 failed, 2 wrong usage, "
    "3 done but some documents could not be read."
)
_LAST_PAGE = 1_000_000


class _Parser(argparse.ArgumentParser):
    """Raises WrongUsage where argparse would print its usage and end the program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{self.prog}: {message}.", f"“{self.prog} --help” says what it takes.")


def parser() -> argparse.ArgumentParser:
    """Every command with its options. `--library` and `--json` may stand before or after it."""
    top = _Parser(
        prog="desktop-rag",
        description="Ask your own PDFs, on your own computer, with the network shut.",
        epilog=_EPILOG,
    )
    top.add_argument("--version", action="version", version=f"desktop-rag {__version__}")
    _add_common(top, None, default_json=False)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    common = _Parser(add_help=False)
    _add_common(common, argparse.SUPPRESS, default_json=argparse.SUPPRESS)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    opening = command("open", "Open the window, and offer to add these PDFs.")
    opening.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    _add_library_commands(command)
    _add_question_commands(command)
    _add_models(commands, common)
    _add_vault(commands, common)
    command("privacy-check", "Try every way out of this machine and say what stops each.")
    doctor = command(
        "doctor", "Say what this machine, the models and the library are like, for support."
    )
    doctor.add_argument(
        "--try-gpu",
        action="store_true",
        help="Try the GPU with the models in use, also if it failed before.",
    )
    return top


def _add_common(
    target: argparse.ArgumentParser, default_library: object, default_json: object
) -> None:
    target.add_argument(
        "--library",
        type=_folder,
        metavar="DIR",
        default=default_library,
        help="the library's folder",
    )
    target.add_argument(
        "--json", action="store_true", default=default_json, help="print one JSON object"
    )
    target.add_argument(
        "--vault", metavar="ID", default=default_library, help="work in this encrypted vault"
    )
    target.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        default=default_library,
        help="a file whose first line opens the vault; else it is asked for",
    )
    target.add_argument(
        "--app-lock-file",
        type=Path,
        metavar="F",
        default=default_library,
        help="a file whose first line is the passphrase of the program, if it has one",
    )


def _add_library_commands(command: "_Command") -> None:
    add = command("add", "Read PDFs, and all PDFs under folders, into the library.")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    add.add_argument("--collection", metavar="NAME", help="the matter or patient they belong to")
    add.add_argument(
        "--password-file", type=Path, metavar="F", help="a file with one password a line"
    )
    add.add_argument("--no-ocr", action="store_true", help="do not read scanned pages")
    command("documents", "List the documents of the library.")
    remove = command("remove", "Take documents out of the library and their text off the disk.")
    remove.add_argument("ids", nargs="+", metavar="ID")
    forget = command("forget", "Erase a collection or everything for good, and prove it.")
    what = forget.add_mutually_exclusive_group(required=True)
    what.add_argument("--collection", metavar="NAME", help="this one and all below it")
    what.add_argument("--all", action="store_true", help="the whole library, its history and logs")
    forget.add_argument("--yes", action="store_true", help="do not ask before erasing")
    command("collections", "List the collections.")
    command("verify", "Check that ledger, index and files fit together.")
    command("reembed", "Prepare all documents anew for the bi-encoder of the settings.")
    command("compact", "Purge deleted text and bring the indexes up to date.")


def _add_question_commands(command: "_Command") -> None:
    search = command("search", "Find the passages that bear on a question.")
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("--top", type=_count, default=10, metavar="N", help="how many (10)")
    ask = command("ask", "Answer a question from the documents, with citations.")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--keep", action="store_true", help="keep question and answer in the history")
    ask.add_argument(
        "--passages-only",
        action="store_true",
        help="answer from the best passages, also a question about whole documents",
    )
    record = command("record", "Show all that a kept answer came from; without an ID, list them.")
    record.add_argument("id", nargs="?", type=int, metavar="ID")
    replay = command("replay", "Write a kept answer again; exit code 0 if the text is the same.")
    replay.add_argument("id", type=int, metavar="ID")
    evaluate = command("evaluate", "Measure the search on questions with judged pages.")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    for one in (search, ask):
        one.add_argument("--collection", metavar="NAME", help="search this collection only")
        one.add_argument(
            "--document",
            action="append",
            default=[],
            metavar="ID",
            help="search this document only",
        )
        one.add_argument(
            "--pages", type=_pages, metavar="N-M", help="only these pages of each file"
        )
        one.add_argument("--since", type=_day, metavar="DATE", help="files changed then or later")
        one.add_argument("--until", type=_day, metavar="DATE", help="files changed then or before")
    for one in (search, ask, evaluate):
        one.add_argument(
            "--mode",
            type=SearchMode,
            choices=list(SearchMode),
            default=SearchMode.HYBRID,
            help="first stages to use (hybrid)",
            metavar="{" + ",".join(SearchMode) + "}",
        )
        one.add_argument("--no-rerank", action="store_true", help="leave the cross-encoder out")


def _add_models(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    text = "List, try, choose, fetch, import and check models."
    models = commands.add_parser("models", help=text, description=text, parents=[common])
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="what is known and what is installed", parents=[common])
    actions.add_parser("verify", help="check every file against its hash", parents=[common])
    trying = actions.add_parser(
        "try", help="say how fast one is on this computer", parents=[common]
    )
    trying.add_argument("name", metavar="NAME")
    using = actions.add_parser("use", help="put one in force", parents=[common])
    using.add_argument("name", metavar="NAME")
    packing = actions.add_parser(
        "pack", help="write one to a .zip for another machine", parents=[common]
    )
    packing.add_argument("name", metavar="NAME")
    packing.add_argument("--to", type=Path, metavar="FILE", help="the pack (NAME.zip)")
    importing = actions.add_parser(
        "import", help="bring in a folder, .gguf or .zip", parents=[common]
    )
    importing.add_argument("path", type=Path, metavar="PATH")
    importing.add_argument("--name", metavar="NAME", help="what to call it")
    importing.add_argument(
        "--key", metavar="FILE_OR_LINE", help="a public key of minisign that must have signed it"
    )
    importing.add_argument(
        "--for-all-users", action="store_true", help="for everyone here; as administrator"
    )
    fetch = actions.add_parser(
        "fetch", help="download (the only command that may use the network)", parents=[common]
    )
    fetch.add_argument("name", nargs="?", metavar="NAME", help="else the three in the settings")
    fetch.add_argument("--to", type=Path, metavar="DIR", help="put it here, not with your data")
    fetch.add_argument("--yes", action="store_true", help="do not ask before downloading")


def _add_vault(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    text = "Make, list, check and delete encrypted vaults."
    vault = commands.add_parser("vault", help=text, description=text, parents=[common])
    actions = vault.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="their numbers and ids", parents=[common])
    actions.add_parser("create", help="make one, and print its recovery key", parents=[common])
    changing = actions.add_parser("passphrase", help="let another one open it", parents=[common])
    changing.add_argument("--new-passphrase-file", type=Path, metavar="F")
    changing.add_argument(
        "--recovery-key-file", type=Path, metavar="F", help="open it by the recovery key"
    )
    actions.add_parser("recovery-key", help="make a new one, and print it", parents=[common])
    actions.add_parser("check", help="check every file of it", parents=[common])
    actions.add_parser("repair", help="drop what cannot be trusted", parents=[common])
    actions.add_parser("accept", help="take one that came from a backup", parents=[common])
    deleting = actions.add_parser("delete", help="delete all that is in it", parents=[common])
    deleting.add_argument("--yes", action="store_true", help="do not ask")


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("it needs the name of a folder")
    return Path(text)


def _pages(text: str) -> PageRange:
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise argparse.ArgumentTypeError("a page (3) or a range of pages (3-10)")
    pages = PageRange(int(first), int(last or first))
    if not 1 <= pages.first <= pages.last <= _LAST_PAGE:
        raise argparse.ArgumentTypeError("pages count from 1, the lower one first")
    return pages


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day as in 2024-12-31") from error


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 50:
        raise argparse.ArgumentTypeError("between 1 and 50")
    return value


class _Command(Protocol):
    """The type of `command` above."""

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser: ...
