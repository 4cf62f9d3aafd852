"""How the window starts on a machine that lacks something, and with files to add."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.__main__ import _open_assistant
from desktop_rag.domain import ModelRole, ModelTrouble
from desktop_rag.needs.lack import Lack, Need
from desktop_rag.needs.processor import lack_of_processor
from desktop_rag.privacy.app_lock import AppLock
from desktop_rag.ui.app import _Opening
from desktop_rag.ui.furnishing import Furnishing, furnish
from desktop_rag.ui.handed_files import HandedFiles
from desktop_rag.ui.lack_words import lack_words, model_trouble
from desktop_rag.ui.lock_screen import LockScreen
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.refusal import Refusal
from desktop_rag.ui.workspace import Workspace
from tests.conftest import ROOT
from tests.support import make_pdf, start_program
from tests.ui.conftest import LONG

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
PASSPHRASE = "correct horse battery"


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def opening(
    window: MainWindow,
    library: Path,
    lacks: Sequence[Lack] = (),
    paths: Sequence[Path] = (),
) -> _Opening:
    opened, load = partial(_open_assistant, library), partial(config.load, library)
    return _Opening(window, opened, load, paths, HandedFiles(window), lambda: lacks)


def answered(act: Callable[[Refusal], None]) -> list[str]:
    """What the next refusal says; `act` is done to it."""
    said: list[str] = []

    def look() -> None:
        sheet = QApplication.activeModalWidget()
        if not isinstance(sheet, Refusal):
            QTimer.singleShot(20, look)
            return
        said.append(sheet.accessibleDescription())
        act(sheet)

    QTimer.singleShot(0, look)
    return said


def test_an_old_processor_is_said_in_a_dialog_and_no_engine_starts(
    window: MainWindow, private_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_rag.privacy.crash_output.silence", lambda: None)
    lacks = lack_of_processor(lambda: "flags\t: sse2 avx\n", "x86_64")
    said = answered(lambda sheet: sheet.accept())
    start = opening(window, tmp_path / "library", lacks)
    start.go_on()
    assert start.was_refused
    assert "AVX2" in said[0]
    assert not window.isVisible()
    assert not (tmp_path / "library").exists()


def test_a_library_that_cannot_be_kept_is_said_in_a_dialog(
    window: MainWindow, private_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_rag.privacy.crash_output.silence", lambda: None)
    (tmp_path / "library").write_text("a file is in the way")
    said = answered(lambda sheet: sheet.reject())
    start = opening(window, tmp_path / "library")
    start.go_on()
    assert start.was_refused
    assert str(tmp_path / "library") in said[0]


def test_a_damaged_settings_file_is_told_of_though_it_is_read_first(
    qtbot: QtBot,
    window: MainWindow,
    private_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop_rag.privacy.crash_output.silence", lambda: None)
    (private_home / "settings.toml").write_text("no = [toml")
    opening(window, tmp_path / "library").go_on()
    furnishing = vars(window)["_content"]
    assert isinstance(furnishing, Furnishing)
    assert furnishing.workspace is not None
    problem = furnishing.workspace.sheets.problem
    assert problem is not None
    assert "set aside" in problem.title.text()
    window.ask_before_closing(lambda: True)
    window.close()


def test_without_a_screen_there_is_a_sentence_and_no_abort(tmp_path: Path) -> None:
    for arguments in ([], ["open", "a.pdf"], ["--json", "open"]):
        program = start_program(
            *arguments,
            home=tmp_path,
            more={"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":97", "WAYLAND_DISPLAY": ""},
        )
        out, err = program.communicate()
        assert program.returncode == 1
        assert err.startswith("error: The window")
        assert len(err.splitlines()) == 1
        assert ("hint" in out) == ("--json" in arguments)


def test_every_lack_has_words_in_the_window() -> None:
    for need in Need:
        message, hint = lack_words(Lack(need, "this", "that"))
        assert "this" in message
        assert hint


def test_what_may_fail_is_a_remark_and_stops_nothing(
    window: MainWindow, private_home: Path, tmp_path: Path
) -> None:
    lacks = [Lack(Need.LITTLE_DISK, "/data", "500 MB")]
    opened, load = partial(_open_assistant, tmp_path), partial(config.load, tmp_path)
    furnishing = furnish(window, opened, load, lacks)
    assert furnishing.workspace is not None
    assert "/data" in furnishing.workspace.library.notice.text()
    window.ask_before_closing(lambda: True)
    window.close()


def test_files_wait_until_the_program_is_unlocked(
    qtbot: QtBot, window: MainWindow, private_home: Path, tmp_path: Path
) -> None:
    AppLock(private_home).put_on(PASSPHRASE)
    opened, load = partial(_open_assistant, tmp_path), partial(config.load, tmp_path)
    furnishing = furnish(window, opened, load)
    furnishing.offer([make_pdf(tmp_path / "Secret.pdf", ["Some text."])])
    assert furnishing.workspace is None
    screen = window.centralWidget()
    assert isinstance(screen, LockScreen)
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one != window]
    screen.field.setText(PASSPHRASE)
    screen.submit()
    workspace = furnishing.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.dropping.sheet is not None)
    sheet = workspace.dropping.sheet
    assert sheet is not None
    qtbot.waitUntil(sheet.add.isEnabled, timeout=LONG)
    sheet.reject()
    window.ask_before_closing(lambda: True)
    window.close()


def test_files_that_are_offered_while_others_are_asked_about_join_them(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    first, second = (make_pdf(tmp_path / f"{n}.pdf", [f"Text {n}."]) for n in range(2))
    for path in (first, second, first):
        workspace.dropping.offer([path])
    sheet = workspace.dropping.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.add.isEnabled(), timeout=LONG)
    assert "2 PDFs" in sheet.add.text()
    sheet.reject()
    workspace.dropping.offer([second, tmp_path / "missing.pdf"])
    sheet = workspace.dropping.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.add.isEnabled(), timeout=LONG)
    assert "1 PDF" in sheet.add.text()
    assert "missing.pdf" in sheet.problems.text()
    sheet.reject()


def test_a_damaged_encoder_is_said_at_the_start_with_the_remedy(
    qtbot: QtBot,
    window: MainWindow,
    private_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The engine process finds its data by the environment; other tests share the usual place.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    library = tmp_path / "library"
    own = tmp_path / "desktop-rag" / "models" / "minilm-l6-reranker"
    own.parent.mkdir(mode=0o700, parents=True)
    own.parent.parent.chmod(0o700)
    shutil.copytree(ROOT / "resources" / "models" / "minilm-l6-reranker", own)
    own.chmod(0o700)
    (own / "vocab.txt").write_text("altered")
    opened, load = partial(_open_assistant, library), partial(config.load, library)
    furnishing = furnish(window, opened, load)
    workspace = furnishing.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.sheets.problem is not None, timeout=LONG)
    assert workspace.sheets.problem is not None
    assert "minilm-l6-reranker" in workspace.sheets.problem.title.text()
    assert "damaged" in workspace.sheets.problem.title.text()
    window.ask_before_closing(lambda: True)
    window.close()


def test_a_model_of_the_program_is_to_be_installed_anew_and_an_own_one_imported() -> None:
    ours = ModelTrouble("minilm", ModelRole.RERANKER, is_missing=True, is_own=False)
    assert "install the program anew" in model_trouble(ours)[1]
    own = ModelTrouble("mine", ModelRole.LANGUAGE_MODEL, is_missing=False, is_own=True)
    message, hint = model_trouble(own)
    assert "quotations" in message
    assert "Import it again" in hint
