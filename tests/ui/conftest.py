"""The window, off screen, on a real engine process."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
widgets = pytest.importorskip(
    "PySide6.QtWidgets",
    reason="Qt needs libegl1, libgl1, libxkbcommon0, libfontconfig1 and libdbus-1-3",
    exc_type=ImportError,
)

from pytestqt.qtbot import QtBot  # noqa: E402

from desktop_rag import config  # noqa: E402
from desktop_rag.__main__ import _open_assistant  # noqa: E402
from desktop_rag.ui.furnishing import furnish  # noqa: E402
from desktop_rag.ui.main_window import MainWindow  # noqa: E402
from desktop_rag.ui.workspace import Workspace  # noqa: E402

LONG = 60_000
Open = Callable[[], Workspace]


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, private_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens the window on a library of its own; called again, as a second start would."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    opened: list[MainWindow] = []
    library = tmp_path / "library"

    def open_it() -> Workspace:
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(1360, 860)
        window.show()
        opened.append(window)
        furnishing = furnish(
            window, partial(_open_assistant, library), partial(config.load, library)
        )
        assert furnishing.workspace is not None
        return furnishing.workspace

    yield open_it
    for window in opened:
        window.ask_before_closing(lambda: True)
        window.close()


@pytest.fixture
def workspace(open_window: Open) -> Workspace:
    """The window on an empty library."""
    return open_window()
