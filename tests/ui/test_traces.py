"""What the window leaves outside of the library: hints on the clipboard, no list of folders."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.ui.answer_text import AnswerText
from desktop_rag.ui.clipboard import ClipboardHints, copy_text
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.question_field import QuestionField
from desktop_rag.ui.theme import LIGHT, Look
from tests.support import make_pdf
from tests.ui.conftest import LONG, Open
from tests.ui.steps_ta import answer, press

ROOT = Path(__file__).resolve().parents[2]
FORMATS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0" * 4,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0" * 4,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0" * 4,
    "org.nspasteboard.ConcealedType": b"",
}


@pytest.fixture
def hints(qtbot: QtBot) -> Iterator[ClipboardHints]:
    QGuiApplication.clipboard().clear()
    yield ClipboardHints()
    QGuiApplication.clipboard().clear()


def assert_hinted(text: str) -> None:
    content = QGuiApplication.clipboard().mimeData()
    assert content.text() == text
    assert {name: bytes(content.data(name).data()) for name in FORMATS} == FORMATS
    assert set(FORMATS) <= set(content.formats())


def test_a_copy_of_the_programs_own_bears_the_hints(qtbot: QtBot) -> None:
    copy_text("The boiler.")
    assert_hinted("The boiler.")


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextBrowser, QLabel])
def test_what_qt_copies_by_itself_bears_them_too(
    kind: type, qtbot: QtBot, hints: ClipboardHints
) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    (widget.setPlainText if hasattr(widget, "setPlainText") else widget.setText)("The boiler.")
    if isinstance(widget, QLabel):
        widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        widget.setSelection(0, 11)
    else:
        widget.selectAll()
    widget.show()
    widget.setFocus()
    QTest.keySequence(widget, "Ctrl+C")
    assert_hinted("The boiler.")


def test_answer_and_question_bear_them_from_the_first(qtbot: QtBot) -> None:
    """Without the listener: what a selection gives is what is dragged, too."""
    answer = AnswerText(Look(LIGHT))
    field = QuestionField(Icons(config.resources_folder() / "icons", LIGHT))
    qtbot.addWidget(answer)
    qtbot.addWidget(field)
    answer.show_words("The boiler.")
    field.edit.setPlainText("The boiler.")
    for widget in (answer, field.edit):
        widget.selectAll()
        assert set(FORMATS) <= set(widget.createMimeDataFromSelection().formats())


def test_copies_of_other_programs_are_left_alone(
    qtbot: QtBot, hints: ClipboardHints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")  # owned by somebody else
    theirs = QMimeData()
    theirs.setText("Theirs.")
    QGuiApplication.clipboard().setMimeData(theirs, QClipboard.Mode.Clipboard)
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]


DIALOG = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
application = QApplication([])
if "quiet" in sys.argv:
    from desktop_rag.ui.file_dialogs import keep_no_history
    keep_no_history()
dialog = QFileDialog(None, "Open", sys.argv[2])
dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
dialog.selectFile(sys.argv[1])
QTimer.singleShot(300, dialog.accept)
dialog.exec()
print(dialog.selectedFiles()[0])
del dialog
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt's settings are no files")
@pytest.mark.parametrize("quiet", [True, False])
def test_the_dialog_for_files_leaves_no_list_of_folders(quiet: bool, tmp_path: Path) -> None:
    folder, home = tmp_path / "zanzibarette", tmp_path / "home"
    folder.mkdir()
    (folder / "a.pdf").write_text("")
    names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")
    more = {name: str(home / name) for name in names}
    for place in more.values():
        Path(place).mkdir(parents=True)
    arguments = [str(folder / "a.pdf"), str(folder), *(["quiet"] if quiet else [])]
    done = subprocess.run(
        [sys.executable, "-c", DIALOG, *arguments],
        env={**os.environ, **more, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == str(folder / "a.pdf"), done.stderr
    left = [path for path in home.rglob("*") if path.is_file()]
    traces = [path.name for path in left if "zanzibarette" in path.read_text(errors="ignore")]
    assert traces == ([] if quiet else ["QtProject.conf"])


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_collection_is_forgotten_after_a_question_that_says_what_is_lost(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = open_window()
    library = workspace.library
    file = make_pdf(tmp_path / "kiribatissimo.pdf", ["The zanzibarette boiler is kept."])
    vars(workspace)["_reading"].add([file], "Montevideo")
    qtbot.waitUntil(lambda: any(row.entry for row in library.documents.rows()), timeout=LONG)
    asked: list[str] = []
    answer(lambda sheet: press(sheet, "Forget for good"), asked)
    library.forgetting_wanted.emit("Montevideo")
    (question,) = asked
    assert "Forget “Montevideo” for good?" in question
    assert "1 document, the conversations" in question
    assert "The files themselves stay where they are." in question
    said = library.notice.findChildren(QLabel)
    qtbot.waitUntil(lambda: any("0 found" in label.text() for label in said), timeout=LONG)
    assert list(library.documents.rows()) == []
    qtbot.waitUntil(lambda: library.collections.names() == [], timeout=LONG)
    assert file.exists()
