"""How a place in a document is named in the window."""

from dataclasses import replace
from pathlib import Path

from desktop_rag.domain import Citation, Span
from desktop_rag.ui import words
from desktop_rag.ui.evidence import EvidenceCard

CITATION = Citation(
    1, "a" * 16, Path("/x/Letter.pdf"), (6, 7), ("iv", "7"), "quote", (Span(6, 0, 5),)
)


def test_a_place_has_its_stamp_and_says_that_it_comes_from_a_scan(qapp: object) -> None:
    assert words.place(CITATION) == "p. iv (page 6 in the file), 7"
    stamped = replace(CITATION, bates=("", "ABC000123"), ocr=(False, False))
    assert words.place(stamped) == "p. iv (page 6 in the file), 7 (ABC000123)"
    scanned = replace(stamped, ocr=(False, True))
    assert words.place(scanned).endswith("7 (ABC000123), read from a scan")


def test_a_card_names_its_place_likewise(qapp: object) -> None:
    card = EvidenceCard(
        1, "a" * 16, Path("/x/Letter.pdf"), (7,), ("7",), "quote", (), "", ("ABC000123",), (True,)
    )
    assert card.where == "Letter.pdf, p. 7 (ABC000123), read from a scan"
