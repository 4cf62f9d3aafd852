"""One question with its answer: the words, the evidence, the coverage, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_rag.domain import EvidenceFound, Rating, SurveyProgress, Turn
from desktop_rag.ui import words
from desktop_rag.ui.answer_text import AnswerText
from desktop_rag.ui.clipboard import copy_text
from desktop_rag.ui.copying import answer_as_text, coverage_line
from desktop_rag.ui.evidence import (
    EvidenceCard,
    cards_of_answer,
    cards_of_passages,
    cards_of_table,
)
from desktop_rag.ui.evidence_list import EvidenceList
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.parts import as_tooltip, icon_button, label, link_button, quiet_label
from desktop_rag.ui.rows_table import RowsTable
from desktop_rag.ui.survey_words import progress_words, survey_limits
from desktop_rag.ui.theme import Look

_TITLE_CHARACTERS = 400
_LINE_CHARACTERS = 75
_PIXELS_PER_CHARACTER = 8.6


class TurnView(QWidget):
    """A question on its way to an answer, or one from the history.

    Signals:
        place_chosen(cards, number): the page of this card is to be shown, the others beside it.
        ask_again_wanted(turn, searched): answer it anew, in these words.
        passages_wanted(turn): answer it from the best passages, not by a look through everything.
        retry_wanted(question): ask a question anew that got no answer.
        rated(turn, rating): the reader judged the answer.
        record_wanted(turn): all that the answer came from is to be saved.
    """

    place_chosen = Signal(list, int)
    ask_again_wanted = Signal(object, str)
    passages_wanted = Signal(object)
    retry_wanted = Signal(str)
    rated = Signal(object, object)
    record_wanted = Signal(object)

    def __init__(self, question: str, icons: Icons, look: Look) -> None:
        super().__init__()
        self._icons = icons
        self._look = look
        self.question = question
        self.turn: Turn | None = None
        self._title = label(_shortened(question), "title")
        self._title.setToolTip(as_tooltip(question) if len(question) > _TITLE_CHARACTERS else "")
        self._title.setContentsMargins(2, 0, 0, 0)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._mind = quiet_label(self.tr("Press Enter to ask in these words."))
        self.searched = QLineEdit()
        self.searched.setAccessibleName(self.tr("Searched for; change it and press Enter"))
        self.searched.returnPressed.connect(self._ask_edited)
        self.searched.textEdited.connect(lambda: self._mind.setVisible(True))
        self._searched_label = quiet_label(self.tr("Searched for"))
        self.text = AnswerText(look)
        self.table = RowsTable(look)
        self.evidence = EvidenceList(look)
        self.coverage = quiet_label("")
        self.coverage.setContentsMargins(2, 0, 0, 0)
        self._note = label("", "attention")
        self._retry = link_button(self.tr("Ask again"), self._retry_wanted)
        self.passages_instead = link_button(
            self.tr("Answer from the best passages instead"), self._passages_wanted
        )
        self._actions = self._make_actions()
        self._lay_out()
        self.text.marker_chosen.connect(self._show_marker)
        for places in (self.table, self.evidence):
            places.chosen.connect(lambda row: self.place_chosen.emit(self.cards, row))
        quiet = (self._mind, self._note, self._retry, self._actions, self.coverage)
        for hidden in (*quiet, self.passages_instead):
            hidden.setVisible(False)
        self.show_searched("")
        self.text.show_words(self.tr("Searching …"))

    @property
    def cards(self) -> list[EvidenceCard]:
        """The places that are shown."""
        return self._places.cards.cards

    @property
    def _places(self) -> EvidenceList:
        """The rows of the table if there are any, else the evidence."""
        return self.table if self.table.cards.cards else self.evidence

    def show_searched(self, searched: str) -> None:
        """Show what was searched for in place of the question; "" hides it."""
        self.searched.setText(searched)
        self.searched.setCursorPosition(0)
        self.searched.setVisible(bool(searched))
        self._searched_label.setVisible(bool(searched))

    def show_progress(self, step: SurveyProgress) -> None:
        """How far whole documents are looked through."""
        self.text.show_words(progress_words(step))

    def show_evidence(self, found: EvidenceFound) -> None:
        """The evidence, before a word is written."""
        self.evidence.cards.show(cards_of_passages(found.passages))
        self._say_coverage(coverage_line(found.coverage))
        self.text.show_words(self.tr("Writing …"))

    def show_turn(self, turn: Turn) -> None:
        """The checked answer."""
        self.turn = turn
        self.show_searched(turn.searched if turn.searched != turn.question else "")
        self._mind.setVisible(False)
        why = words.why_quoted(turn.answer)
        self._note.setText(why)
        self._note.setVisible(bool(why))
        self._retry.setVisible(False)
        self.text.show_answer(turn.answer)
        rows = cards_of_table(turn.answer)
        self.table.cards.show(rows)
        self.evidence.cards.show([] if rows else cards_of_answer(turn.answer))
        limits = survey_limits(turn.answer.survey, len(rows))
        self._say_coverage(f"{limits} {coverage_line(turn.answer.coverage)}".strip())
        self.passages_instead.setVisible(turn.answer.survey is not None)
        self._actions.setVisible(True)
        self._show_rating(turn.rating)

    def begin_again(self) -> None:
        """The question is being answered anew."""
        self._actions.setVisible(False)
        self._note.setVisible(False)
        self._retry.setVisible(False)
        self._mind.setVisible(False)
        self.passages_instead.setVisible(False)
        self.table.cards.show([])
        self.text.setVisible(True)
        self.text.show_words(self.tr("Searching …"))

    def end_without(self, note: str) -> None:
        """No answer came; say why, keep the evidence, and offer to ask again."""
        if self.turn is not None:
            self.show_turn(self.turn)
        else:
            self.text.show_words("")
            self.text.setVisible(False)
        self._note.setText(note)
        self._note.setVisible(True)
        self._retry.setVisible(True)

    def note(self) -> str:
        """Why there is no answer, or none in words of its own; "" if there is one."""
        return "" if self._note.isHidden() else self._note.text()

    def open_card(self, number: int) -> None:
        """Show the place of the card of this number, from 0."""
        if 0 <= number < len(self.cards):
            self._places.setCurrentIndex(self._places.cards.index(number, 0))
            self.place_chosen.emit(self.cards, number)

    def edit_question(self) -> None:
        """Let the reader change what is searched for."""
        if self.turn is not None:
            self.show_searched(self.turn.searched)
            self._mind.setVisible(True)
            self.searched.setFocus()
            self.searched.selectAll()

    def copy(self) -> None:
        """Put the answer with its citations on the clipboard."""
        if self.turn is not None:
            text = answer_as_text(self.turn.question, self.turn.answer)
            copy_text(text)

    def change_look(self, look: Look) -> None:
        """Show the same in another look."""
        self._look = look
        self._limit_width()
        self.text.change_look(look)
        self.table.change_look(look)
        self.evidence.change_look(look)

    def rate(self, rating: Rating) -> None:
        """The reader judged the answer; the same judgement twice takes it back."""
        if self.turn is not None:
            again = self.turn.rating is rating
            self.rated.emit(self.turn, Rating.NONE if again else rating)

    def _make_actions(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._right = icon_button(
            self._icons, "right", self.tr("This answer is right"), lambda: self.rate(Rating.RIGHT)
        )
        self._wrong = icon_button(
            self._icons, "wrong", self.tr("This answer is wrong"), lambda: self.rate(Rating.WRONG)
        )
        self._right.setCheckable(True)
        self._wrong.setCheckable(True)
        self._rating = QLabel()
        self._rating.setObjectName("small")
        for button in (
            icon_button(self._icons, "copy", self.tr("Copy with citations"), self.copy),
            icon_button(self._icons, "save", self.tr("Save the record …"), self._save_record),
            icon_button(self._icons, "again", self.tr("Answer again"), self._ask_same),
            icon_button(self._icons, "edit", self.tr("Edit the question"), self.edit_question),
            self._right,
            self._wrong,
        ):
            row.addWidget(button)
        row.addWidget(self._rating)
        row.addStretch()
        actions = QWidget()
        actions.setLayout(row)
        return actions

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 16)
        layout.setSpacing(8)
        for widget in (
            self._title,
            self._searched_label,
            self.searched,
            self._mind,
            self.text,
            self._note,
            self._retry,
            self.table,
            self.evidence,
            self.coverage,
            self.passages_instead,
            self._actions,
        ):
            layout.addWidget(widget)
        for link in (self._retry, self.passages_instead):
            layout.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._limit_width()

    def _limit_width(self) -> None:
        self.setMaximumWidth(self._look.pixels(_LINE_CHARACTERS * _PIXELS_PER_CHARACTER))

    def _say_coverage(self, text: str) -> None:
        self.coverage.setText(text)
        self.coverage.setVisible(True)

    def _show_rating(self, rating: Rating) -> None:
        self._right.setChecked(rating is Rating.RIGHT)
        self._wrong.setChecked(rating is Rating.WRONG)
        is_table = self.turn is not None and self.turn.answer.survey is not None
        right = self.tr("Marked right: part of your own check")
        self._rating.setText(
            {
                Rating.NONE: "",
                Rating.RIGHT: self.tr("Marked right") if is_table else right,
                Rating.WRONG: self.tr("Marked wrong"),
            }[rating]
        )

    def _show_marker(self, marker: int) -> None:
        for number, card in enumerate(self.cards):
            if card.marker == marker:
                self.open_card(number)
                return

    def _save_record(self) -> None:
        if self.turn is not None:
            self.record_wanted.emit(self.turn)

    def _passages_wanted(self) -> None:
        if self.turn is not None:
            self.passages_wanted.emit(self.turn)

    def _ask_same(self) -> None:
        if self.turn is not None:
            self.ask_again_wanted.emit(self.turn, self.turn.searched)

    def _ask_edited(self) -> None:
        searched = " ".join(self.searched.text().split())
        if self.turn is not None and searched:
            self.ask_again_wanted.emit(self.turn, searched)

    def _retry_wanted(self) -> None:
        if self.turn is not None:
            self._ask_same()
        else:
            self.retry_wanted.emit(self.question)


def _shortened(question: str) -> str:
    """A question of ten thousand characters does not push its answer off the screen."""
    if len(question) <= _TITLE_CHARACTERS:
        return question
    return question[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + " …"
