"""Questions about whole documents in the window: progress, the table, its keys, the way back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_rag import config
from desktop_rag.domain import Citation, Rating, Scope, Span, Survey, Turn, WholeKind
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.theme import LIGHT, Look
from desktop_rag.ui.turn_view import TurnView
from desktop_rag.ui.workspace import Workspace
from tests.answers import make_answer
from tests.ui.conftest import LONG
from tests.ui.steps_tb import ask, begin, fill_office, opened, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform
DEADLINES = "List all deadlines"
ROWS = 200


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
    office.answers.new_conversation()
    office.page.close_panel()
    return office


def many_rows(count: int) -> Turn:
    """A turn whose answer has a table of so many rows in two documents."""
    answer = make_answer(DEADLINES, "a", "b")
    first = answer.citations[0]

    def row(number: int) -> Citation:
        name = "a" if number < count // 2 else "b"
        path = first.path.with_name(f"{name}.pdf")
        quote = f"Within {number + 1} days the tenant gives notice to the landlord in writing."
        spans = (Span(4, 10 * number, 5),)
        return replace(
            first, marker=number + 1, document_id=name, path=path, quote=quote, spans=spans
        )

    survey = Survey(WholeKind.LIST, "deadlines", False, 3, 2, 40, 40, (first.path,), left_out=7)
    table = replace(
        answer,
        citations=tuple(row(number) for number in range(count)),
        passages=(),
        survey=survey,
    )
    return Turn(1, 1, DEADLINES, DEADLINES, Scope(), table, Rating.NONE, "2026-01-01")


@pytest.fixture
def view(qtbot: QtBot) -> TurnView:
    made = TurnView(DEADLINES, Icons(config.resources_folder() / "icons", LIGHT), Look(LIGHT))
    qtbot.addWidget(made)
    made.resize(600, 600)
    made.show()
    return made


def test_the_table_is_shown_with_what_was_looked_through(qtbot: QtBot, desk: Workspace) -> None:
    steps: list[str] = []
    view = begin(qtbot, desk, DEADLINES)
    view.text.textChanged.connect(lambda: steps.append(view.text.toPlainText()))
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is not None
    assert any(step.startswith("Looking through 0 of ") for step in steps)
    said = view.text.toPlainText()
    assert said.startswith("Looked through all 2 documents.")
    assert "Found: at least " in said, "no list pretends to be whole"
    assert "Nothing was found in: Loan.pdf." in said
    assert view.table.isVisible()
    assert not view.evidence.isVisible()
    assert ["sixty days" in card.quote for card in view.cards].count(True) == 1
    assert view.passages_instead.isVisible()


def test_a_row_opens_its_page_by_mouse_and_by_keys(qtbot: QtBot, desk: Workspace) -> None:
    view = ask(qtbot, desk, DEADLINES)
    rows = view.table
    place = rows.visualRect(rows.cards.index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    card = view.cards[0]
    canvas = desk.page.canvas
    qtbot.waitUntil(lambda: bool(canvas.highlights_on(card.pages[0])), timeout=LONG)
    desk.page.close_panel()
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.waitUntil(desk.page.isVisible, timeout=LONG)


def test_the_best_passages_can_be_asked_instead(qtbot: QtBot, desk: Workspace) -> None:
    view = ask(qtbot, desk, DEADLINES)
    qtbot.mouseClick(view.passages_instead, Qt.MouseButton.LeftButton)
    assert desk.answers.running is view
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is not None
    assert view.turn.answer.survey is None
    assert not view.passages_instead.isVisible()
    assert not view.table.isVisible()
    assert view.evidence.isVisible()


def test_a_look_through_everything_is_stopped_by_esc(qtbot: QtBot, desk: Workspace) -> None:
    view = begin(qtbot, desk, "Summarise these documents")
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.answers.running is None, timeout=LONG)
    assert view.turn is None
    assert view.note() == "Stopped."


def test_a_kept_table_is_shown_again(qtbot: QtBot, desk: Workspace) -> None:
    ask(qtbot, desk, DEADLINES)
    desk.library.go_to("Matters/Smith")
    qtbot.waitUntil(lambda: desk.answers.transcript.latest is None, timeout=LONG)
    desk.library.go_to("")
    qtbot.waitUntil(lambda: desk.answers.transcript.latest is not None, timeout=LONG)
    shown = desk.answers.transcript.latest
    assert shown is not None
    qtbot.waitUntil(shown.table.isVisible, timeout=LONG)


def test_a_copy_has_a_line_for_each_row_and_what_was_looked_through(view: TurnView) -> None:
    view.show_turn(many_rows(3))
    view.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == DEADLINES
    rows = [line.split("\t") for line in lines if "\t" in line]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[0][:2] == ["a.pdf", "p. ii (page 4 in the file)"]
    assert rows[2][2].startswith("Within 3 days")
    assert any(line.startswith("Looked through all 3 documents.") for line in lines)
    assert "7 more places are left out of the table." in lines
    assert "Searched 2 documents." in lines[-1]


def test_a_long_table_is_as_high_as_its_rows(view: TurnView) -> None:
    view.show_turn(many_rows(ROWS))
    assert view.table.cards.rowCount() == ROWS
    heights = [
        view.table.visualRect(view.table.cards.index(row, 0)).height() for row in range(ROWS)
    ]
    assert min(heights) > 0
    assert sum(heights) <= view.table.height() <= sum(heights) + 8
    assert heights[ROWS // 2] > heights[0 + 1], "the second document is named above its first row"


def test_a_row_is_said_with_document_page_and_words(view: TurnView) -> None:
    view.show_turn(many_rows(2))
    said = view.table.cards.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "a.pdf, p. ii (page 4 in the file)" in said
    assert "Within 1 days" in said
