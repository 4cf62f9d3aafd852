"""The history: listed, searched, opened, renamed, deleted; and the second start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_rag.domain import Rating
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.workspace import Workspace
from tests.ui.conftest import LONG
from tests.ui.steps_tb import (
    JONES,
    NOTICE,
    ask,
    fill_office,
    in_next_dialog,
    named,
    opened,
    settle,
)

# A tooltip or a sheet may come up on a busy machine; this platform remarks on each.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
INTEREST = "What is the interest rate of the loan?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    fill_office(folder)
    return folder


@pytest.fixture
def desk(qapp: object, qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Started anew for each test on the same library, as day after day."""
    with opened(folder / "library", tmp_path) as workspace:
        settle(qtbot, workspace, 2)
        yield workspace


def titles(workspace: Workspace) -> list[str]:
    model = workspace.answers.history.model
    return [model.index(row, 0).data(VALUE_ROLE).title for row in range(model.rowCount())]


def open_history(qtbot: QtBot, workspace: Workspace, count: int) -> None:
    workspace.answers.show_history()
    qtbot.waitUntil(lambda: len(titles(workspace)) == count, timeout=LONG)


def choose(qtbot: QtBot, workspace: Workspace, row: int) -> None:
    """A click on a row."""
    shown = workspace.answers.history.list
    place = shown.visualRect(shown.model().index(row, 0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click(qtbot: QtBot, workspace: Workspace, name: str) -> None:
    button = named(workspace.answers.history, name)
    assert isinstance(button, QAbstractButton)
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_empty_history_says_what_will_be_kept(qtbot: QtBot, desk: Workspace) -> None:
    open_history(qtbot, desk, 0)
    assert named(desk.answers.history, "Your questions and their answers will be kept here.")


def test_the_conversation_with_its_rating_is_shown_after_the_next_start(
    qtbot: QtBot, folder: Path
) -> None:
    with opened(folder / "library", folder) as first:
        settle(qtbot, first, 2)
        view = ask(qtbot, first, NOTICE)
        view.rate(Rating.RIGHT)
        qtbot.waitUntil(
            lambda: view.turn is not None and view.turn.rating is Rating.RIGHT, timeout=LONG
        )
    with opened(folder / "library", folder) as second:
        transcript = second.answers.transcript
        qtbot.waitUntil(lambda: transcript.latest is not None, timeout=LONG)
        assert transcript.latest is not None
        assert transcript.latest.question == NOTICE
        labels = transcript.latest.findChildren(QLabel)
        qtbot.waitUntil(
            lambda: any(label.isVisible() and "Marked right" in label.text() for label in labels),
            timeout=LONG,
        )


def test_who_begins_anew_before_the_last_conversation_came_is_not_given_it(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    with opened(folder / "library", tmp_path) as quick:
        quick.answers.new_conversation()  # the engine still starts
        settle(qtbot, quick, 2)
        open_history(qtbot, quick, 1)  # asked for after it, and thus answered after it
        assert quick.answers.transcript.latest is None


def test_answers_are_searched_and_collections_are_told_apart(qtbot: QtBot, desk: Workspace) -> None:
    desk.library.go_to(JONES)
    desk.answers.new_conversation()
    ask(qtbot, desk, INTEREST)
    open_history(qtbot, desk, 1)
    assert titles(desk) == [INTEREST]
    everywhere = desk.answers.history.everywhere
    assert everywhere.isVisible()
    everywhere.click()
    assert titles(desk) == [INTEREST, NOTICE]
    qtbot.keyClicks(desk.answers.history.search, "sixty")
    qtbot.waitUntil(lambda: titles(desk) == [NOTICE], timeout=LONG)
    qtbot.keyClicks(desk.answers.history.search, " zebras")
    qtbot.waitUntil(lambda: titles(desk) == [], timeout=LONG)
    assert named(desk.answers.history, "No conversation holds these words.")


def test_a_click_selects_and_a_double_click_or_enter_opens(qtbot: QtBot, desk: Workspace) -> None:
    open_history(qtbot, desk, 2)
    choose(qtbot, desk, 0)
    assert desk.answers.pages.currentWidget() is desk.answers.history
    qtbot.keyClick(desk.answers.history.list, Qt.Key.Key_Return)
    transcript = desk.answers.transcript
    qtbot.waitUntil(
        lambda: [view.question for view in transcript.views] == [INTEREST], timeout=LONG
    )
    assert desk.answers.pages.currentWidget() is transcript
    assert desk.answers.scope.collection == JONES
    open_history(qtbot, desk, 1)
    desk.answers.history.everywhere.click()
    assert len(titles(desk)) == 2
    choose(qtbot, desk, 1)
    click(qtbot, desk, "Open")
    qtbot.waitUntil(lambda: [view.question for view in transcript.views] == [NOTICE], timeout=LONG)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_conversation_is_renamed_by_f2_and_by_the_button(qtbot: QtBot, desk: Workspace) -> None:
    def rename(title: str) -> list[str]:
        def answer(sheet: Sheet) -> None:
            field = sheet.findChild(QLineEdit)
            assert isinstance(field, QLineEdit)
            field.setText(title)
            qtbot.keyClick(field, Qt.Key.Key_Return)

        return in_next_dialog(answer)

    open_history(qtbot, desk, 2)
    choose(qtbot, desk, 0)
    asked = rename("Jones, interest")
    qtbot.keyClick(desk.answers.history.list, Qt.Key.Key_F2)
    assert asked == ["Rename the conversation"]
    qtbot.waitUntil(lambda: "Jones, interest" in titles(desk), timeout=LONG)
    choose(qtbot, desk, titles(desk).index("Jones, interest"))
    rename("Interest & more")
    click(qtbot, desk, "Rename …")
    qtbot.waitUntil(lambda: "Interest & more" in titles(desk), timeout=LONG)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_removed_document_takes_its_answers_along_and_undo_brings_them_back(
    qtbot: QtBot, desk: Workspace
) -> None:
    transcript = desk.answers.transcript
    desk.answers.new_conversation()
    ask(qtbot, desk, "How large is the deposit?")
    lease = next(row for row in desk.library.documents.rows() if row.name == "Lease.pdf")
    desk.library.find_document(lease.key)
    sheets = in_next_dialog(lambda sheet: sheet.accept())
    desk.tasks.remove(desk.library.selected())
    assert len(sheets) == 1
    qtbot.waitUntil(lambda: not transcript.views, timeout=LONG)
    desk.library.notice.press()
    qtbot.waitUntil(
        lambda: [view.question for view in transcript.views] == ["How large is the deposit?"],
        timeout=LONG,
    )


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_deleting_asks_first_and_stays_in_the_history(qtbot: QtBot, desk: Workspace) -> None:
    open_history(qtbot, desk, 3)
    choose(qtbot, desk, 0)
    kept = in_next_dialog(lambda sheet: sheet.reject())
    click(qtbot, desk, "Delete …")
    assert len(kept) == 1
    assert len(titles(desk)) == 3
    choose(qtbot, desk, 0)
    desk.window().activateWindow()
    qtbot.waitUntil(desk.window().isActiveWindow, timeout=LONG)
    desk.answers.history.list.setFocus()
    in_next_dialog(lambda sheet: sheet.accept())
    qtbot.keyClick(desk.answers.history.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(titles(desk)) == 2, timeout=LONG)
    assert desk.answers.pages.currentWidget() is desk.answers.history
