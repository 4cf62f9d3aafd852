"""How an answer looks, whatever the engine said: doubt in words, no HTML, no foreign picture."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import (
    AnswerNote,
    AnswerSentence,
    AnswerStatus,
    Rating,
    Scope,
    Support,
    Turn,
)
from desktop_rag.ui.dialogs import ProblemDialog
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.theme import LIGHT, Look
from desktop_rag.ui.turn_view import TurnView
from tests.answers import make_answer

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform
DOUBTFUL = "Rent is owed for the notice period."


@pytest.fixture
def view(qtbot: QtBot) -> TurnView:
    made = TurnView("May they?", Icons(config.resources_folder() / "icons", LIGHT), Look(LIGHT))
    qtbot.addWidget(made)
    made.resize(600, 600)
    made.show()
    return made


def turn(*sentences: AnswerSentence, status: AnswerStatus = AnswerStatus.ANSWERED) -> Turn:
    answer = replace(make_answer("May they?", "a", "b"), sentences=sentences, status=status)
    return Turn(1, 1, "May they?", "May they?", Scope(), answer, Rating.NONE, "2026-01-01")


def sure(text: str) -> AnswerSentence:
    return AnswerSentence(text, Support.VERIFIED, (1,))


def test_an_unsupported_sentence_is_set_apart_by_words_and_a_dotted_line(view: TurnView) -> None:
    doubtful = AnswerSentence(DOUBTFUL, Support.UNSUPPORTED, ())
    view.show_turn(turn(sure("They must give notice."), doubtful))
    assert view.text.toPlainText().splitlines() == [
        "They must give notice. [1]",
        DOUBTFUL,
        "not found in the documents",
    ]
    cursor = QTextCursor(view.text.document().find("Rent is owed"))
    assert cursor.charFormat().underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine
    plain = QTextCursor(view.text.document().find("They must"))
    assert plain.charFormat().underlineStyle() is QTextCharFormat.UnderlineStyle.NoUnderline
    view.copy()
    copied = QGuiApplication.clipboard().text()
    assert f"{DOUBTFUL} [not found in the documents]" in copied
    assert "bad.pdf" in copied, "the coverage is part of every copy"


def test_declining_and_quoting_have_words_of_their_own(view: TurnView) -> None:
    view.show_turn(turn(status=AnswerStatus.NOT_FOUND))
    assert view.text.toPlainText() == "The documents do not seem to say. Closest places:"
    view.show_turn(turn(sure("Sixty days."), status=AnswerStatus.EVIDENCE_ONLY))
    assert view.text.toPlainText().startswith("In the documents’ own words:")
    assert "bad.pdf" in view.coverage.text()


@pytest.mark.parametrize("note", [note for note in AnswerNote if note.value.count("_")])
def test_what_was_wrong_with_the_model_is_said_beside_the_quotations(
    view: TurnView, note: AnswerNote
) -> None:
    quoted = turn(sure("Sixty days."), status=AnswerStatus.EVIDENCE_ONLY)
    detail = "The model big does not load."
    view.show_turn(replace(quoted, answer=replace(quoted.answer, note=note, detail=detail)))
    assert "language model" in view.note()
    assert view.note().endswith(detail)
    assert "Sixty days." in view.text.toPlainText()
    view.show_turn(quoted)
    assert view.note() == ""


def test_quotations_that_were_wished_for_are_no_cause_for_a_note(view: TurnView) -> None:
    quoted = turn(sure("Sixty days."), status=AnswerStatus.EVIDENCE_ONLY)
    wished = replace(quoted.answer, note=AnswerNote.QUOTED)
    view.show_turn(replace(quoted, answer=wished))
    assert view.note() == ""


def test_an_answer_loads_nothing_and_shows_markup_as_it_is(view: TurnView, tmp_path: Path) -> None:
    picture = tmp_path / "beacon.png"
    hostile = f'<img src="{picture.as_uri()}"><a href="https://example.org">here</a>'
    view.show_turn(turn(sure(hostile)))
    assert hostile in view.text.toPlainText()
    assert view.text.loadResource(2, QUrl.fromLocalFile(str(picture))) is None
    assert not view.text.openLinks()
    assert "example.org" not in QTextCursor(view.text.document()).charFormat().anchorHref()


def test_the_tooltip_of_a_card_shows_markup_as_it_is(view: TurnView) -> None:
    hostile = '<img src="file:///etc/hostname">'
    answer = make_answer("May they?", "a")
    citations = tuple(replace(item, quote=hostile) for item in answer.citations)
    shown = turn(sure("Yes."))
    view.show_turn(replace(shown, answer=replace(shown.answer, citations=citations)))
    tooltip = str(view.evidence.cards.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in tooltip
    assert "&lt;img" in tooltip


@pytest.mark.parametrize("width", [260, 645, 1200])
@pytest.mark.parametrize("text_size", [80, 100, 200])
def test_an_answer_is_as_high_as_its_text(
    qtbot: QtBot, view: TurnView, width: int, text_size: int
) -> None:
    view.show_turn(turn(*(sure("The tenant gives sixty days’ notice. " * 5) for _ in range(4))))
    view.change_look(Look(LIGHT, text_size))
    view.resize(width, 900)
    qtbot.waitUntil(lambda: view.text.verticalScrollBar().maximum() == 0)
    assert view.text.height() >= view.text.document().size().height()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_problem_says_what_happened_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel, QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ProblemDialog(parent, "The disk is full.", "Make room, then try again.", "version 1")
    dialog.open()
    said = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    assert said[0] == "The disk is full."
    assert "Your files are untouched, and what was read before is kept." in said
    assert "Make room, then try again." in said
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "version 1"
    assert dialog.copy.text() == "Copied"
    dialog.close()
