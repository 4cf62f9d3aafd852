"""Pieces of words: what German, Japanese and others are found by."""

import pytest

from desktop_rag.domain import Chunk
from desktop_rag.pipeline.keywords import keyword_query
from desktop_rag.pipeline.letter_runs import with_pieces, words_for_index, words_for_query


def test_a_word_is_its_runs_of_four_letters_without_accents() -> None:
    assert words_for_index("Verträge ja", "de") == "zxvert zxertr zxrtra zxtrag zxrage"
    assert words_for_index("Maß été", "fr") == "zxmass"
    assert "zxtrag" in words_for_index("Mietvertrag", "de").split()


@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        ("賃借人は通知", "ja", "賃借 借人 人は は通 通知"),
        ("第7条 火", "ja", "第 条 火"),
        ("임차인은 통지", "ko", "임차 차인 인은 통지"),
        ("สัญญา", "th", "สญ ญญ ญา"),
        ("The 賃借 clause", "en", "賃借"),
        ("The lease agreement", "en", ""),
        ("The lease agreement", "", ""),
        ("", "de", ""),
        ("12 § 34.5 — €", "de", ""),
    ],
)
def test_what_has_no_spaces_is_cut_in_pairs_and_english_is_left_alone(
    text: str, language: str, pieces: str
) -> None:
    assert words_for_index(text, language) == pieces


def test_small_words_have_no_pieces_in_a_passage() -> None:
    assert words_for_index("zwischen während Frist", "de") == "zxfris zxrist"


def test_a_question_has_pieces_where_a_document_has() -> None:
    assert words_for_query("Frist?", ("en",)) == ""
    assert words_for_query("Frist?", ("en", "de")) == "zxfris zxrist"
    assert words_for_query("通知", ()) == "通知"
    assert words_for_query("Frist", ("ja",)) == ""


@pytest.mark.parametrize(
    ("question", "languages", "asked"),
    [
        ("Wie lange ist die Frist?", ("de", "en"), "lange Frist? zxlang zxange zxfris zxrist"),
        ("Quel est le délai ?", ("fr",), "délai ? zxdela zxelai"),
        ("Did the patient die of it?", ("de", "en"), "patient die zxpati zxatie zxtien zxient"),
        ("Does it bind the WHO?", (), "bind WHO?"),
        ("Wie lange ist die Frist?", (), "Wie lange ist die Frist?"),
    ],
)
def test_the_small_words_of_the_questions_own_language_are_left_out(
    question: str, languages: tuple[str, ...], asked: str
) -> None:
    assert keyword_query(question, languages) == asked


def test_a_passage_that_cannot_be_told_is_taken_for_one_of_its_documents_language() -> None:
    chunks = [Chunk("d", number, text, text, "", ()) for number, text in enumerate(("Frist", "x"))]
    first, second = with_pieces(chunks, ["", "en"], ["de", "en"])
    assert first.searchable == "Frist\nzxfris zxrist"
    assert first.plain_text == "Frist"
    assert second is chunks[1]
