"""Vaults in the window: made, filled, locked in each way, opened again; nothing stays behind."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.__main__ import _open_assistant
from desktop_rag.engine.messages import Failed
from desktop_rag.privacy.app_lock import AppLock
from desktop_rag.ui.furnishing import furnish
from desktop_rag.ui.idle_watch import IdleWatch
from desktop_rag.ui.lock_screen import LockScreen
from desktop_rag.ui.main_window import MainWindow
from desktop_rag.ui.passphrase_sheet import PassphraseSheet
from desktop_rag.ui.settings.vaults import VaultsPage
from desktop_rag.ui.vault_door import VaultDoor
from desktop_rag.ui.vault_tasks import RecoveryKeySheet
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, desk_on

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
CANARY = "zanzibarette"
PASSPHRASE = "correct horse battery"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest, qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_on(request, home) as desk:
        desk.settle()
        yield desk


def page(desk: Desk) -> VaultsPage:
    desk.workspace.sheets.show_vaults()
    settings = desk.workspace.sheets.settings
    assert settings is not None
    desk.settle()
    return settings.vaults


def door(desk: Desk) -> VaultDoor:
    found = vars(desk.furnishing)["_door"]
    assert isinstance(found, VaultDoor)
    return found


def fill_in(sheet: PassphraseSheet, *lines: str) -> None:
    for field, line in zip(sheet.fields, lines, strict=True):
        field.setText(line)
    sheet.accept()


def names(desk: Desk) -> list[str]:
    return [row.entry.path.name for row in desk.workspace.library.documents.rows() if row.entry]


def holders(home: Path, word: str) -> list[str]:
    files = [file for file in home.rglob("*") if file.is_file() and file.suffix != ".pdf"]
    return [file.name for file in files if word.encode() in file.read_bytes()]


def enter(desk: Desk, passphrase: str = PASSPHRASE) -> None:
    before = desk.workspace
    fill_in(page(desk).tasks.open(), passphrase)
    desk.wait(lambda: desk.workspace is not before)
    desk.settle()


def key_press() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)


def test_a_vault_is_made_filled_and_locked(desk: Desk, home: Path) -> None:
    sheet = page(desk).tasks.create()
    fill_in(sheet, PASSPHRASE, PASSPHRASE + "x")
    assert "not the same" in sheet.problem.text()
    fill_in(sheet, "short", "short")
    desk.wait(lambda: "10 characters" in sheet.problem.text())
    before = desk.workspace
    fill_in(sheet, PASSPHRASE, PASSPHRASE)
    shown: list[RecoveryKeySheet] = []

    def recovery_shown() -> bool:
        shown[:] = desk.window.findChildren(RecoveryKeySheet)
        return bool(shown)

    desk.wait(recovery_shown)
    assert len(shown[0].key.text().split()) == 10
    shown[0].accept()
    desk.wait(lambda: desk.workspace is not before)
    desk.settle()
    assert "1" in desk.workspace.vault.text()
    engine = desk.engine.engine_pid
    vars(desk.furnishing)["_reading"].add(
        [make_pdf(home / f"{CANARY}.pdf", [f"{CANARY} pays."])], CANARY
    )
    desk.wait(lambda: names(desk) == [f"{CANARY}.pdf"])
    desk.wait(lambda: not vars(desk.furnishing)["_reading"].is_running)
    desk.workspace.vault.click()
    desk.settle()
    assert engine is not None
    assert not Path(f"/proc/{engine}").exists() or os.name == "nt"
    assert names(desk) == []
    assert desk.workspace.vault.text() == "Vaults"
    assert holders(home, CANARY) == []


def test_it_opens_again_and_a_wrong_passphrase_is_said_in_the_sheet(desk: Desk) -> None:
    sheet = page(desk).tasks.open()
    fill_in(sheet, "wrong horse battery")
    desk.wait(lambda: "does not open" in sheet.problem.text())
    before = desk.workspace
    fill_in(sheet, PASSPHRASE)
    desk.wait(lambda: desk.workspace is not before)
    desk.wait(lambda: names(desk) == [f"{CANARY}.pdf"])


def test_the_machines_sleep_locks_and_what_was_copied_goes(desk: Desk, home: Path) -> None:
    if not door(desk).is_open:
        enter(desk)
    QGuiApplication.clipboard().setText(CANARY)
    vars(type(door(desk)))["_sleep"](door(desk), True)
    desk.settle()
    assert not door(desk).is_open
    assert QGuiApplication.clipboard().text() == ""
    assert names(desk) == []
    assert holders(home, CANARY) == []


def test_a_question_in_a_vault_is_kept_in_the_vault_alone(desk: Desk, home: Path) -> None:
    enter(desk)
    turns: list[object] = []
    asking = vars(desk.furnishing)["_asking"]
    asking.answered.connect(turns.append)
    desk.workspace.answers.field.edit.setPlainText(f"Who pays the {CANARY}?")
    desk.workspace.answers.field.submit()
    desk.wait(lambda: turns)
    assert holders(home, CANARY) == []
    found: list[object] = []
    desk.engine.request("conversations", "", then=found.extend)
    desk.wait(lambda: found)
    door(desk).lock()
    found.clear()
    done: list[object] = []
    desk.engine.request("conversations", "", then=lambda kept: done.append(found.extend(kept)))
    desk.wait(lambda: done)
    assert found == []


def test_nobody_there_and_a_sleeping_machine_are_noticed(qapp: QApplication) -> None:
    clock = [1_000.0]
    expired: list[float] = []
    watch = IdleWatch(lambda: 60.0, lambda: clock[0])
    watch.expired.connect(lambda: expired.append(clock[0]))
    watch.start()
    try:
        for _ in range(11):
            clock[0] += 5
            watch.look()
        assert expired == []
        QApplication.sendEvent(QLineEdit(), key_press())
        clock[0] += 5
        watch.look()
        assert expired == []
        for _ in range(10):
            clock[0] += 5
            watch.look()
        assert expired == []
        clock[0] += 5
        watch.look()
        assert expired == [1_115.0]
        clock[0] += 31
        QApplication.sendEvent(QLineEdit(), key_press())
        watch.look()
        assert expired == [1_115.0, 1_146.0]
    finally:
        watch.stop()


def test_a_locked_vault_can_be_deleted_and_an_open_one_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(desk)
    shown = page(desk)
    shown.vaults.setCurrentItem(shown.vaults.topLevelItem(0))
    assert not shown.delete.isEnabled()
    assert shown.lock.isEnabled()
    door(desk).lock()
    monkeypatch.setattr("desktop_rag.ui.vault_tasks.confirm", lambda *_, **__: True)
    shown = page(desk)
    desk.wait(lambda: shown.vaults.topLevelItemCount() == 1)
    shown.vaults.setCurrentItem(shown.vaults.topLevelItem(0))
    shown.delete.click()
    desk.wait(lambda: shown.vaults.topLevelItemCount() == 0)
    assert not shown.open.isEnabled()


def test_the_program_is_locked_and_opened_by_its_passphrase(desk: Desk, home: Path) -> None:
    shown = page(desk)
    shown.put_on.click()
    fill_in(shown.lock_sheet, PASSPHRASE, PASSPHRASE)
    assert shown.lock_program.isEnabled()
    assert PASSPHRASE.encode() not in (home / "desktop-rag" / "app-lock").read_bytes()
    engine = desk.engine.engine_pid
    shown.lock_program.click()
    screen = desk.window.centralWidget()
    assert isinstance(screen, LockScreen)
    assert desk.furnishing.workspace is None
    assert not Path(f"/proc/{engine}").exists()
    screen.field.setText("wrong horse battery")
    screen.submit()
    assert "not the passphrase" in screen.problem.text()
    screen.field.setText(PASSPHRASE)
    screen.submit()
    desk.settle()
    shown = page(desk)
    shown.take_off.click()
    fill_in(shown.lock_sheet, "wrong horse battery")
    assert door(desk).app_lock.is_on
    fill_in(shown.lock_sheet, PASSPHRASE)
    assert not door(desk).app_lock.is_on


def test_settings_that_are_refused_do_not_get_around_the_lock(
    qtbot: QtBot, private_home: Path, tmp_path: Path
) -> None:
    (private_home / "settings.toml").write_text("unknown = 1\n")
    AppLock(private_home).put_on(PASSPHRASE)
    window = MainWindow()
    qtbot.addWidget(window)
    opened = partial(_open_assistant, tmp_path)
    furnishing = furnish(window, opened, partial(config.load, tmp_path))
    screen = window.centralWidget()
    assert isinstance(screen, LockScreen)
    screen.field.setText(PASSPHRASE)
    screen.submit()
    assert furnishing.workspace is not None
    problem = furnishing.workspace.sheets.problem
    assert problem is not None
    assert "unknown" in problem.title.text()
    window.ask_before_closing(lambda: True)
    window.close()


def test_a_closed_window_is_locked_no_more(
    qtbot: QtBot, private_home: Path, tmp_path: Path
) -> None:
    AppLock(private_home).put_on(PASSPHRASE)
    window = MainWindow()
    opened = partial(_open_assistant, tmp_path)
    furnishing = furnish(window, opened, partial(config.load, tmp_path))
    closed_with = window.centralWidget()
    lock: VaultDoor = vars(furnishing)["_door"]
    assert lock.idle.is_on
    window.close()
    assert not lock.idle.is_on
    lock.leave()  # the machine wakes while the engine still ends
    assert window.centralWidget() is closed_with
    window.deleteLater()


def test_nothing_that_names_a_document_stays_above_a_locked_window(
    desk: Desk, home: Path, qtbot: QtBot
) -> None:
    """Also what waits for an answer within its own loop, and a sheet that takes no Esc."""
    fill_in(page(desk).tasks.create(), PASSPHRASE, PASSPHRASE)
    desk.wait(lambda: desk.window.findChildren(RecoveryKeySheet))
    desk.window.findChildren(RecoveryKeySheet)[0].accept()
    desk.wait(lambda: door(desk).is_open)
    desk.settle()
    desk.workspace.sheets.show_problem(Failed(0, f"“{CANARY}.pdf” cannot be opened.", ""))
    RecoveryKeySheet(desk.window, "-".join(["ABCD"] * 10)).open()
    seen: list[list[str]] = []

    def lock() -> None:
        seen.append(sheets())
        door(desk).lock()
        seen.append(sheets())

    QTimer.singleShot(200, lock)
    desk.workspace.jump()
    assert len(seen[0]) >= 3
    assert seen[1] == []
    desk.settle()
    assert not door(desk).is_open


def sheets() -> list[str]:
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog))
    return [type(one).__name__ for one in shown if one.isVisible()]


def test_what_is_being_done_cannot_be_cancelled_halfway(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    given: list[Callable[[str], None]] = []
    sheet = PassphraseSheet(
        window, "Title", "", ["Passphrase"], "Do it", lambda _, answered: given.append(answered)
    )
    sheet.open()
    fill_in(sheet, PASSPHRASE)
    sheet.reject()
    assert sheet.isVisible()
    given[0]("")
    assert not sheet.isVisible()
    sheet.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    given[0]("too late for anybody")
