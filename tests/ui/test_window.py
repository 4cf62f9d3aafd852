"""What a person does with the window."""

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.theme import DARK, LIGHT, Theme
from tests.conftest import SAMPLES
from tests.support import start_program

LONG = 60_000
NOTICE = "How much notice must the tenant give to end the lease?"


def drop(window: MainWindow, *paths: Path) -> None:
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(100, 100),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def wait_for_documents(qtbot: QtBot, window: MainWindow, count: int) -> None:
    def arrived() -> None:
        assert window.library.model.rowCount() == count

    qtbot.waitUntil(arrived, timeout=LONG)


def test_from_a_dropped_pdf_to_the_highlighted_page(qtbot: QtBot, window: MainWindow) -> None:
    drop(window, SAMPLES / "Lease 2021.pdf", SAMPLES / "make_samples.py")
    wait_for_documents(qtbot, window, 1)
    window.answers.field.setText(NOTICE)
    with qtbot.waitSignal(window.answers.asked):
        qtbot.keyClick(window.answers.field, Qt.Key.Key_Return)

    def answered() -> None:
        assert "sixty" in window.answers.text.toPlainText()
        assert window.answers.evidence.model().index(0, 0).data().startswith("1  Lease 2021.pdf")

    qtbot.waitUntil(answered, timeout=LONG)
    rows = window.answers.evidence.model()
    index = rows.index(0, 0)
    assert index.data(VALUE_ROLE).page_labels == ("2",)
    assert not window.page.isVisible()
    window.answers.evidence.clicked.emit(index)

    def drawn() -> None:
        assert window.page.isVisible()
        assert window.page.image is not None
        assert window.page.image.highlights

    qtbot.waitUntil(drawn, timeout=LONG)


def test_the_program_opens_its_window_and_its_engine(qtbot: QtBot, tmp_path: Path) -> None:
    program = start_program(home=tmp_path)
    try:
        ledger = tmp_path / "desktop-rag" / "library" / "ledger.sqlite3"
        qtbot.waitUntil(ledger.exists, timeout=LONG)  # the engine has listed the documents
        assert program.poll() is None
    finally:
        program.terminate()
        _, errors = program.communicate()
    assert "Traceback" not in errors


def test_an_empty_window_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    assert "first" in window.answers.field.placeholderText()
    assert window.library.model.rowCount() == 0


def test_the_death_of_the_engine_is_survived(qtbot: QtBot, window: MainWindow) -> None:
    drop(window, SAMPLES / "Discharge letter.pdf")
    wait_for_documents(qtbot, window, 1)
    engine = window._engine  # noqa: SLF001 - the failure is the point
    first = engine.engine_pid
    assert first is not None
    with qtbot.waitSignal(engine.died, timeout=LONG):
        os.kill(first, signal.SIGKILL)
    assert engine.engine_pid not in (None, first)
    drop(window, SAMPLES / "Water bulletin.pdf")
    wait_for_documents(qtbot, window, 2)


def test_what_cannot_be_read_is_named(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    drop(window, tmp_path / "empty.pdf")
    wait_for_documents(qtbot, window, 1)
    assert "Could not be read" in window.library.model.index(0, 0).data()


def test_the_answer_opens_no_link_and_loads_no_picture(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.answers.text.openLinks()
    assert window.answers.text.loadResource(2, QUrl("https://somewhere.invalid/x.png")) is None


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_can_be_read_in_both_themes(theme: Theme) -> None:
    for colour in (theme.text, theme.quiet_text, theme.amber):
        assert contrast(colour, theme.background) >= 4.5
        assert contrast(colour, theme.surface) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
