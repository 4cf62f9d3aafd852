"""How a place in a document is named in the window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_rag.domain import Citation, PassagePlace, Span
from desktop_rag.ui import words
from desktop_rag.ui.copying import answer_as_text
from desktop_rag.ui.evidence import EvidenceCard
from desktop_rag.ui.evidence_list import EvidenceList, EvidenceModel
from desktop_rag.ui.theme import LIGHT, Look
from tests.answers import make_answer

SHOWN_ALONE = "propagateSizeHints"
CITATION = Citation(
    1, "a" * 16, Path("/x/Letter.pdf"), (6, 7), ("iv", "7"), "quote", (Span(6, 0, 5),)
)
CARD = EvidenceCard(
    1, "a" * 16, Path("/x/Letter.pdf"), (7,), ("7",), "quote", (), "", ("ABC000123",), (True,)
)


def test_a_place_has_its_stamp_and_says_that_it_comes_from_a_scan(qapp: object) -> None:
    assert words.place(CITATION) == "p. iv (page 6 in the file), 7"
    stamped = replace(CITATION, bates=("", "ABC000123"), ocr=(False, False))
    assert words.place(stamped) == "p. iv (page 6 in the file), 7 (ABC000123)"
    scanned = replace(stamped, ocr=(False, True))
    assert words.place(scanned).endswith("7 (ABC000123), read from a scan")


def test_a_card_names_its_place_likewise(qapp: object) -> None:
    assert CARD.where == "Letter.pdf, p. 7 (ABC000123), read from a scan"


def test_a_card_says_where_the_same_stands_once_more(qapp: object) -> None:
    files = [Path(f"/x/Lease {number}.pdf") for number in range(14)]
    alike = tuple(PassagePlace("b" * 16, file, (3, 2)) for file in files)
    card = replace(CARD, alike=alike)
    model = EvidenceModel()
    model.show([card])
    assert "and 14 more like this" in model.index(0, 0).data()
    tooltip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Lease 11.pdf, p. 2, 3<br>…" in tooltip
    assert "Lease 12.pdf" not in tooltip


def test_a_card_says_that_its_words_are_not_visible(qapp: object) -> None:
    model = EvidenceModel()
    model.show([CARD, replace(CARD, hidden=True)])
    seen, hidden = (model.index(row, 0) for row in (0, 1))
    assert "Not visible on the page" not in seen.data()
    assert "Not visible on the page" in hidden.data()
    assert "Not visible on the page" in hidden.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.qt_log_ignore(SHOWN_ALONE)
def test_the_mark_has_a_line_of_its_own_in_the_card(qtbot: QtBot) -> None:
    shown = EvidenceList(Look(LIGHT))
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.cards.show([CARD])
    without = shown.height()
    shown.cards.show([replace(CARD, hidden=True)])
    assert shown.height() > without
    drawn = shown.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(400) for y in range(shown.height())}
    assert LIGHT.amber in colours


def test_a_copy_says_it_too(qapp: object) -> None:
    given = replace(make_answer("Why?", "a", "b"), citations=(replace(CITATION, hidden=True),))
    assert "7 (Not visible on the page): “quote”" in answer_as_text("Why?", given)
