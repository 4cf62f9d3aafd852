"""The window, off screen, on a real engine process."""

import os
from collections.abc import Iterator
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

from desktop_rag.__main__ import _open_assistant  # noqa: E402
from desktop_rag.ui import theme  # noqa: E402
from desktop_rag.ui.engine_link import EngineLink  # noqa: E402
from desktop_rag.ui.main_window import MainWindow  # noqa: E402


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    engine = EngineLink(partial(_open_assistant, tmp_path / "library"))
    engine.start()
    made = MainWindow(engine, theme.LIGHT)
    qtbot.addWidget(made)
    made.show()
    yield made
    engine.close()
