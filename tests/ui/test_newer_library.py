"""The window says in a sentence that a newer program wrote the library, and leaves it as it is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_rag.adapters.sqlite_schema import FORMAT_VERSION
from desktop_rag.ui.furnishing import Furnishing
from desktop_rag.ui.main_window import MainWindow
from tests.support import make_pdf
from tests.test_library_format import NEWER, contents, set_format, unpacked
from tests.ui.conftest import LONG
from tests.ui.test_starting import opening

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_newer_library_is_refused_in_the_window_and_not_changed(
    qtbot: QtBot, private_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_rag.privacy.crash_output.silence", lambda: None)
    library = unpacked(FORMAT_VERSION - 1, tmp_path)
    set_format(library, str(FORMAT_VERSION + 1))
    before = contents(library)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    opening(window, library, paths=[make_pdf(tmp_path / "New.pdf", ["Something."])]).go_on()
    furnishing = vars(window)["_content"]
    assert isinstance(furnishing, Furnishing)
    workspace = furnishing.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.sheets.problem is not None, timeout=LONG)
    problem = workspace.sheets.problem
    assert problem is not None
    assert NEWER in problem.title.text()
    problem.reject()

    def shown() -> list[str]:
        labels = workspace.library.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisible()]

    qtbot.waitUntil(
        lambda: "The documents of this library cannot be shown." in shown(), timeout=LONG
    )
    window.ask_before_closing(lambda: True)
    window.close()
    assert contents(library) == before
