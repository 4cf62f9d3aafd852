"""The window without a mouse: F1, F6, Ctrl+K and their like, and the order of Esc."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.jump import Jump
from desktop_rag.ui.workspace import Workspace
from tests.ui.conftest import LONG
from tests.ui.steps_tb import fill_office, in_next_dialog, opened, settle

# Said by the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def office(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("office")
    with opened(fill_office(folder), folder) as workspace:
        yield workspace


@pytest.fixture
def desk(qtbot: QtBot, office: Workspace) -> Workspace:
    settle(qtbot, office, 2)
    office.page.close_panel()
    return office


def test_help_lists_every_shortcut_of_the_window(qtbot: QtBot, desk: Workspace) -> None:
    qtbot.keyClick(desk, Qt.Key.Key_F1)
    guide = desk.sheets.guide
    assert guide is not None
    guide.show_page(next(page.name for page in guide.pages if "keyboard" in page.name))
    said = guide.text.toPlainText().splitlines()
    guide.close()
    wanted = {action for action in desk.actions() if action.text()}
    assert len(wanted) >= 16
    for action in wanted:
        assert action.text() in said
        assert str(action.property("keys") or action.shortcut().toString()) in said
    unnamed = [item.shortcut().toString() for item in desk.actions() if not item.text()]
    assert unnamed == [f"Alt+{number}" for number in range(2, 10)]
    assert all(isinstance(action, QAction) for action in wanted)


def test_f6_walks_through_the_columns_that_are_shown(qtbot: QtBot, desk: Workspace) -> None:
    def column() -> QWidget | None:
        focus = QApplication.focusWidget()
        columns = (desk.library, desk.answers, desk.page)
        return next((item for item in columns if focus and item.isAncestorOf(focus)), None)

    desk.answers.field.edit.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert column() is desk.library
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert column() is desk.answers
    desk.page.show_document(next(iter(desk.library.documents.rows())).key)
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert column() is desk.page
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert column() is desk.library


def test_f6_reaches_an_empty_library_too(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path / "library", tmp_path) as empty:
        empty.window().activateWindow()
        qtbot.waitUntil(empty.window().isActiveWindow, timeout=LONG)
        empty.answers.field.edit.setFocus()
        qtbot.keyClick(empty, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        assert empty.library.isAncestorOf(focus)


def test_ctrl_k_opens_a_document_by_a_part_of_its_name(qtbot: QtBot, desk: Workspace) -> None:
    def type_it(sheet: Sheet) -> None:
        assert isinstance(sheet, Jump)
        qtbot.keyClicks(sheet.field, "OAN")
        qtbot.keyClick(sheet.field, Qt.Key.Key_Return)

    in_next_dialog(type_it)
    qtbot.keyClick(desk, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(
        lambda: desk.page.view is not None and desk.page.view.path.name == "Loan.pdf", timeout=LONG
    )


def test_a_cyrillic_letter_can_be_typed_into_go_to(qtbot: QtBot, desk: Workspace) -> None:
    sheet = Jump(desk.window(), desk.library.documents.rows())
    qtbot.addWidget(sheet)
    key = ord("Ж")  # a key code that Qt's enumeration does not name
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(sheet.field, QKeyEvent(QEvent.Type.KeyPress, key, none, "ж"))
    assert sheet.field.text() == "ж"
    assert sheet.chosen() is None


def test_ctrl_l_leads_to_the_field_and_escape_closes_one_thing_at_a_time(
    qtbot: QtBot, desk: Workspace
) -> None:
    desk.page.show_document(next(iter(desk.library.documents.rows())).key)
    qtbot.waitUntil(lambda: desk.page.view is not None, timeout=LONG)
    qtbot.keyClick(desk, Qt.Key.Key_H, CONTROL)
    qtbot.keyClick(desk, Qt.Key.Key_F, CONTROL)
    assert desk.page.find_bar.field.hasFocus()
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.page.find_bar.isHidden()
    assert desk.answers.pages.currentWidget() is desk.answers.history
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.answers.pages.currentWidget() is desk.answers.transcript
    assert desk.page.isVisible()
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    assert desk.page.isHidden()
    desk.library.search.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_L, CONTROL)
    assert desk.answers.field.edit.hasFocus()
