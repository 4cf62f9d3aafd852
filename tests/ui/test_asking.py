"""Asking: the field, the way to an answer, Stop, follow-ups, scope, and what is kept."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_rag.domain import AnswerStatus, Rating
from desktop_rag.ui.answer_text import AnswerText
from desktop_rag.ui.turn_view import TurnView
from desktop_rag.ui.workspace import Workspace
from tests.ui.conftest import LONG
from tests.ui.steps_tb import (
    JONES,
    NOTICE,
    SMITH,
    ask,
    begin,
    engine_pid,
    fill_office,
    named,
    opened,
    settle,
)


@pytest.fixture(scope="module")
def office(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("office")
    with opened(fill_office(folder), folder) as workspace:
        yield workspace


@pytest.fixture
def desk(qtbot: QtBot, office: Workspace) -> Workspace:
    """The window with nothing under way and a new conversation about all documents."""
    office.library.go_to("")
    settle(qtbot, office, 2)
    qtbot.waitUntil(lambda: office.answers.running is None, timeout=LONG)
    office.answers.field.edit.clear()
    office.answers.new_conversation()
    office.page.close_panel()
    return office


@pytest.fixture(scope="module")
def answered(office: Workspace) -> list[TurnView]:
    return []


def press(qtbot: QtBot, view: TurnView, name: str) -> None:
    button = named(view, name)
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def place_of_link(text: AnswerText, href: str) -> QPoint:
    """The middle of a link in the text."""
    cursor = QTextCursor(text.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if cursor.charFormat().anchorHref() == href:
            return text.cursorRect(cursor).center() - QPoint(2, 0)
    raise AssertionError(href)


def test_shift_enter_breaks_the_line_and_enter_asks(qtbot: QtBot, desk: Workspace) -> None:
    edit = desk.answers.field.edit
    qtbot.keyClicks(edit, "What is the rent")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "a month?")
    assert edit.toPlainText() == "What is the rent\na month?"
    assert desk.answers.running is None
    qtbot.keyClick(edit, Qt.Key.Key_Enter)
    assert desk.answers.running is not None
    assert desk.answers.running.question == "What is the rent a month?"
    assert edit.toPlainText() == ""
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)


def test_enter_in_an_empty_field_asks_nothing(qtbot: QtBot, desk: Workspace) -> None:
    qtbot.keyClicks(desk.answers.field.edit, "   ")
    qtbot.keyClick(desk.answers.field.edit, Qt.Key.Key_Return)
    assert desk.answers.running is None
    assert desk.answers.transcript.latest is None


def test_the_cards_come_first_then_the_words_then_the_checked_answer(
    qtbot: QtBot, desk: Workspace
) -> None:
    seen: list[str] = []
    view = begin(qtbot, desk, NOTICE)
    assert view.text.toPlainText() == "Searching …"

    def note() -> None:
        kind = "turn" if view.turn is not None else "cards" if view.cards else "nothing"
        words = view.text.toPlainText()
        seen.append(f"{kind}:{'writing' if words in ('', 'Writing …') else 'words'}")

    view.evidence.cards.modelReset.connect(note)
    view.text.textChanged.connect(note)
    assert desk.answers.field.button.accessibleName() == "Stop"
    qtbot.waitUntil(lambda: view.turn is not None, timeout=LONG)
    assert seen[0].startswith("cards")
    assert "cards:words" in seen, "no words were shown while it was written"
    assert seen.index("cards:words") < seen.index("turn:words")
    assert desk.answers.field.button.accessibleName() == "Ask"
    assert "sixty days" in view.text.toPlainText()
    assert "[1]" in view.text.toPlainText()
    assert view.coverage.text().startswith("Searched 2 document")
    assert view.coverage.isVisible()


def test_a_marker_opens_its_page_by_mouse_and_by_keyboard(qtbot: QtBot, desk: Workspace) -> None:
    view = ask(qtbot, desk, NOTICE)
    text, page = view.text, desk.page
    assert page.isHidden()
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place_of_link(text, "#1"))
    qtbot.waitUntil(lambda: bool(page.canvas.highlights_on(2)), timeout=LONG)
    page.close_panel()
    assert page.isHidden()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.textCursor().charFormat().anchorHref() == "#1"
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.canvas.highlights_on(2)), timeout=LONG)


def test_copy_puts_question_sentences_places_and_coverage_on_the_clipboard(
    qtbot: QtBot, desk: Workspace
) -> None:
    view = ask(qtbot, desk, NOTICE)
    press(qtbot, view, "Copy with citations")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(NOTICE)
    assert "sixty days" in copied
    assert "[1] Lease.pdf, p. 2: “" in copied
    assert copied.splitlines()[-1].startswith("Searched 2 document")


def test_a_thumb_is_kept_changed_and_taken_back(qtbot: QtBot, desk: Workspace) -> None:
    view = ask(qtbot, desk, NOTICE)

    def rating() -> Rating:
        assert view.turn is not None
        return view.turn.rating

    press(qtbot, view, "This answer is right")
    qtbot.waitUntil(lambda: rating() is Rating.RIGHT, timeout=LONG)
    assert named(view, "Marked right: part of your own check")
    press(qtbot, view, "This answer is wrong")
    qtbot.waitUntil(lambda: rating() is Rating.WRONG, timeout=LONG)
    assert named(view, "Marked wrong")
    right, wrong = (named(view, f"This answer is {word}") for word in ("right", "wrong"))
    assert isinstance(right, QAbstractButton)
    assert isinstance(wrong, QAbstractButton)
    assert (right.isChecked(), wrong.isChecked()) == (False, True)
    press(qtbot, view, "This answer is wrong")
    qtbot.waitUntil(lambda: rating() is Rating.NONE, timeout=LONG)
    assert not wrong.isChecked()


def test_a_rating_that_comes_after_the_conversation_changed_hurts_nothing(
    qtbot: QtBot, desk: Workspace
) -> None:
    view = ask(qtbot, desk, NOTICE)
    press(qtbot, view, "This answer is right")
    desk.answers.new_conversation()
    ask(qtbot, desk, "What is the interest rate of the loan?")  # after which the reply has come


def test_answer_again_puts_an_answer_in_the_place_of_the_old(qtbot: QtBot, desk: Workspace) -> None:
    view = ask(qtbot, desk, NOTICE)
    before = view.turn
    press(qtbot, view, "Answer again")
    assert desk.answers.running is view
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is not None
    assert before is not None
    assert view.turn.id == before.id
    assert view.turn.answer.milliseconds != before.answer.milliseconds
    assert desk.answers.transcript.views == [view]


def test_a_follow_up_shows_what_was_searched_for_and_it_can_be_changed(
    qtbot: QtBot, desk: Workspace
) -> None:
    first = ask(qtbot, desk, NOTICE)
    assert not first.searched.isVisible()
    view = ask(qtbot, desk, "And what about the deposit?")
    assert view.searched.isVisible()
    assert "tenant" in view.searched.text()
    assert "deposit" in view.searched.text()
    view.searched.setFocus()
    view.searched.selectAll()
    qtbot.keyClicks(view.searched, "How large is the deposit of the lease?")
    assert named(view, "Press Enter to ask in these words.")
    qtbot.keyClick(view.searched, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is not None
    assert view.turn.question == "And what about the deposit?"
    assert view.turn.searched == "How large is the deposit of the lease?"
    assert view.searched.text() == "How large is the deposit of the lease?"
    assert "two thousand pounds" in view.text.toPlainText()


def test_what_an_answer_came_from_can_be_saved(
    qtbot: QtBot, desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ask(qtbot, desk, NOTICE)
    target = tmp_path / "record.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(qtbot, view, "Save the record …")
    qtbot.waitUntil(target.exists, timeout=LONG)
    record = json.loads(target.read_text(encoding="utf-8"))
    assert record["question"] == NOTICE
    assert NOTICE in record["prompt"]["text"]


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_leaves_a_note_and_keeps_nothing(qtbot: QtBot, desk: Workspace, way: str) -> None:
    view = begin(qtbot, desk, NOTICE)
    if way == "button":
        qtbot.mouseClick(desk.answers.field.button, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(desk.answers.field.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is None
    assert view.note() == "Stopped."
    assert not view.text.toPlainText()
    press(qtbot, view, "Ask again")
    latest = desk.answers.transcript.latest
    assert latest is not None
    assert latest is not view
    assert latest.question == NOTICE
    qtbot.waitUntil(lambda: latest.turn is not None, timeout=LONG)


def test_what_is_not_in_the_documents_is_declined_in_plain_words(
    qtbot: QtBot, desk: Workspace
) -> None:
    view = ask(qtbot, desk, "Which enzyme digests starch in the mouth of a camel?")
    assert view.turn is not None
    assert view.turn.answer.status is AnswerStatus.NOT_FOUND
    assert view.text.toPlainText() == "The documents do not seem to say. Closest places:"
    assert view.cards
    assert view.coverage.text().startswith("Searched 2 document")


def test_the_chip_says_where_to_ask_and_offers_all_the_collection_and_the_selected(
    qtbot: QtBot, desk: Workspace
) -> None:
    chip = desk.answers.chip

    def offered() -> list[str]:
        menu = chip.menu()
        menu.aboutToShow.emit()
        texts = [action.text().replace("&&", "&") for action in menu.actions()]
        return [text.replace("document(s)", "document") for text in texts]

    def choose(text: str) -> None:
        menu = chip.menu()
        row = offered().index(text)
        menu.actions()[row].trigger()

    assert offered() == ["All documents"]
    desk.library.go_to(JONES)
    assert chip.accessibleName() == "Where to ask: Jones & Sons"
    assert "Jones && Sons" in chip.text(), "an “&” alone makes a shortcut of the next letter"
    assert desk.answers.scope.collection == JONES
    assert offered() == ["All documents", "Jones & Sons"]
    desk.library.table.selectAll()
    assert offered() == ["All documents", "Jones & Sons", "1 selected document"]
    choose("1 selected document")
    assert len(desk.answers.scope.document_ids) == 1
    choose("All documents")
    assert desk.answers.scope.collection is None
    choose("Jones & Sons")  # there must be a way back
    assert desk.answers.scope.collection == JONES


def test_a_question_is_asked_where_the_chip_says(qtbot: QtBot, desk: Workspace) -> None:
    desk.library.go_to(JONES)
    desk.answers.new_conversation()
    view = ask(qtbot, desk, NOTICE)
    assert {card.path.name for card in view.cards} <= {"Loan.pdf"}
    assert view.coverage.text().startswith("Searched 1 document")


def test_each_collection_has_its_own_conversation(qtbot: QtBot, desk: Workspace) -> None:
    transcript = desk.answers.transcript
    desk.library.go_to(SMITH)
    desk.answers.new_conversation()
    ask(qtbot, desk, "How large is the deposit?")
    desk.library.go_to(JONES)
    desk.answers.new_conversation()
    ask(qtbot, desk, "What is the interest rate of the loan?")
    desk.library.go_to(SMITH)
    qtbot.waitUntil(
        lambda: [v.question for v in transcript.views] == ["How large is the deposit?"],
        timeout=LONG,
    )


def test_a_collection_chosen_while_an_answer_is_written_begins_its_own_conversation(
    qtbot: QtBot, desk: Workspace
) -> None:
    desk.library.go_to(SMITH)
    desk.answers.new_conversation()
    first = begin(qtbot, desk, "How large is the deposit?")
    desk.library.go_to(JONES)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert first.turn is not None
    second = ask(qtbot, desk, "What is the interest rate of the loan?")
    assert second.turn is not None
    assert second.turn.conversation_id != first.turn.conversation_id


def test_a_long_question_makes_the_field_six_lines_high_and_breaks_nothing(
    qtbot: QtBot, desk: Workspace
) -> None:
    edit = desk.answers.field.edit
    one_line = edit.height()
    desk.answers.field.edit.setPlainText("What is the rent? " * 555)
    qtbot.waitUntil(lambda: edit.height() > one_line, timeout=LONG)
    assert edit.height() < 7 * edit.fontMetrics().lineSpacing() + 20
    assert edit.height() > 5 * edit.fontMetrics().lineSpacing()
    assert edit.verticalScrollBar().maximum() > 0
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    view = desk.answers.running
    assert view is not None
    assert len(view.question) > 9_900
    assert edit.height() == one_line
    qtbot.keyClick(edit, Qt.Key.Key_Escape)  # the little model would read it for half a minute
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.note() == "Stopped."
    assert view.width() <= desk.answers.transcript.viewport().width()


def test_a_word_of_ten_thousand_letters_stays_within_the_column(
    qtbot: QtBot, desk: Workspace
) -> None:
    edit = desk.answers.field.edit
    desk.answers.field.edit.setPlainText("lease" * 2000)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    view = desk.answers.running
    assert view is not None
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.width() <= desk.answers.transcript.viewport().width()


def test_the_engine_dying_while_it_answers_is_said_and_ask_again_works(
    qtbot: QtBot, desk: Workspace
) -> None:
    view = begin(qtbot, desk, NOTICE)
    qtbot.waitUntil(lambda: bool(view.cards), timeout=LONG)
    os.kill(engine_pid(desk), signal.SIGKILL)
    shown = list(view.cards)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert "ended unexpectedly" in view.note()
    assert view.turn is None
    assert view.cards == shown
    assert view.evidence.isVisible()
    assert "Nothing" in desk.library.notice.text()
    press(qtbot, view, "Ask again")
    latest = desk.answers.transcript.latest
    assert latest is not None
    qtbot.waitUntil(lambda: latest.turn is not None, timeout=LONG)
    assert "sixty" in latest.text.toPlainText()
