"""The body of the engine process. Light to import: the window names it and runs none of it."""

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Protocol

from desktop_rag.engine.messages import Failed, Reply
from desktop_rag.errors import DesktopRagError
from desktop_rag.privacy import crash_output, guard
from desktop_rag.privacy.processes import name_process

if TYPE_CHECKING:
    from desktop_rag.domain import VaultKey
    from desktop_rag.services.assistant import Assistant

OpenAssistant = Callable[[], "tuple[Assistant, list[str]]"]


class OpenLibrary(Protocol):
    """Opens the library of the settings, or with a key the vault that it belongs to."""

    def __call__(self, *, key: "VaultKey | None" = None) -> "tuple[Assistant, list[str]]": ...


def engine_main(pipe: Connection, open_assistant: OpenAssistant) -> None:
    """Guard first, then requests until the window asks to quit or is gone."""
    guard.activate()
    name_process("engine")
    report = crash_output.silence()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the window, which then ends us
    try:
        _serve(pipe, open_assistant)
    except Exception as error:
        report(error)
        sys.exit(1)


def _serve(pipe: Connection, open_assistant: OpenAssistant) -> None:
    from desktop_rag.engine.server import serve

    send = _sender(pipe)
    try:
        assistant, warnings = open_assistant()
    except DesktopRagError as error:
        send(Failed(0, error.message, error.hint, kind=type(error).__name__))
        return
    for warning in warnings:
        send(Failed(0, warning, ""))
    serve(pipe, assistant, send)


def _sender(pipe: Connection) -> Callable[[Reply], None]:
    """A way to send that several lanes may use: no message is cut by another."""
    lock = threading.Lock()

    def send(reply: Reply) -> None:
        with lock, suppress(BrokenPipeError):
            pipe.send(reply)

    return send
