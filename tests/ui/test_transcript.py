"""Many questions in one conversation."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import Rating, Scope, Turn
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.theme import LIGHT, Look
from desktop_rag.ui.transcript import Transcript
from tests.answers import make_answer

MANY = 30


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_few_answers_are_laid_out_and_the_earlier_ones_come_back(qtbot: QtBot) -> None:
    transcript = Transcript(Icons(config.resources_folder() / "icons", LIGHT), Look(LIGHT))
    qtbot.addWidget(transcript)
    transcript.show()
    for number in range(MANY):
        transcript.begin(f"Question {number}?").show_turn(turn(number))
    laid_out = len(transcript.views)
    assert laid_out < MANY / 2
    (more,) = [b for b in transcript.findChildren(QPushButton) if b.text().startswith("Show ear")]
    assert more.isVisible()
    while more.isVisible():
        more.click()
    shown = [view.question for view in transcript.views]
    assert shown == [f"Question {number}?" for number in range(MANY)]
    assert transcript.shows([turn(number) for number in range(MANY)])


def turn(number: int) -> Turn:
    question = f"Question {number}?"
    answer = make_answer(question, "a" * 16, text="Yes.")
    return Turn(number, 1, question, question, Scope(), answer, Rating.NONE, "2026-11-23T10:00:00")
