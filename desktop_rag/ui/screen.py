"""The connection to the screen. Without one, Qt would end the process with an abort."""

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_rag.errors import MachineUnfit

EndWith = Callable[[MachineUnfit], None]


def make_application(end_with: EndWith) -> QApplication:
    """The application on the screen that the environment names.

    `end_with` tells why there is none, and ends the process: what comes after it is the abort.
    """
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:
            end_with(_unfit(said))

    before = qInstallMessageHandler(hear)
    application = QApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    return application


def _unfit(said: list[str]) -> MachineUnfit:
    """`said`: what Qt said, its last word last."""
    elsewhere = "Without a screen, the commands work: see “desktop-rag --help”."
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if any("could not connect to display" in text for text in said) or not display:
        named = f"“{display}” does not answer" if display else "there is none"
        return MachineUnfit(
            f"The window needs a screen, and {named}.",
            f"Start it from a desktop; a screen reached over the network cannot be used. "
            f"{elsewhere}",
        )
    return MachineUnfit(
        f"The window cannot be opened: {_cause(said)}.",
        "Install libxcb-cursor0 and the other libraries of X11 or Wayland (libxkbcommon-x11-0, "
        f"libxcb-icccm4, libxcb-keysyms1, libegl1). {elsewhere}",
    )


def _cause(said: list[str]) -> str:
    """The first of Qt's sentences."""
    return (said[0] if said else "Qt does not say why").strip().partition("\n")[0].rstrip(".")
