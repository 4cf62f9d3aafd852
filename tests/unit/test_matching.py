import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.pipeline.matching import pattern_for


def found(typed: str, on_page: str) -> str | None:
    wanted = pattern_for(typed)
    match = wanted.search(on_page) if wanted else None
    return match.group() if match else None


@pytest.mark.parametrize(
    ("typed", "on_page"),
    [
        ("termination", "TERMINATION"),
        ("termination", "termi-\r\nnation"),
        ("termination", "termi\ufffenation"),
        ("termination", "termi\u00adnation"),
        ("notice period", "notice\r\n   period"),
        ("notice  period", "notice period"),
        ("long term", "long-\r\nterm"),
        ("long-term", "long-\r\nterm"),
        ("long-term", "long–term"),
        ("cafe", "Café"),
        ("café", "cafe"),
        ("cafe", "cafe\u0301"),
        ("strasse", "Straße"),
        ("straße", "STRASSE"),
        ("office", "oﬃce"),
        ("oﬃce", "office"),
        ("termi\ufffenation", "termination"),
        ("20 m²", "20 m²"),
        ("landlord's", "landlord’s"),
        ('"notice"', "“notice”"),
        ("§ 7(b)", "§ 7(b)"),
        ("ждет", "Ждёт"),
    ],
)
def test_words_are_found_however_they_are_set(typed: str, on_page: str) -> None:
    assert found(typed, f"x {on_page} y") == on_page


@pytest.mark.parametrize(
    ("typed", "on_page"),
    [("a.c", "abc"), ("notice period", "noticeperiod"), ("term", "te-rm"), ("[a]", "a")],
)
def test_other_words_are_not_found(typed: str, on_page: str) -> None:
    assert found(typed, on_page) is None


@pytest.mark.parametrize("typed", ["", "  \n", "\u0301"])
def test_nothing_typed_is_nothing_to_look_for(typed: str) -> None:
    assert pattern_for(typed) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_makes_a_pattern(typed: str) -> None:
    wanted = pattern_for(typed)
    assert wanted is None or wanted.search("") is None


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="ŉ")))
def test_what_stands_on_the_page_as_it_was_typed_is_found(typed: str) -> None:
    wanted = pattern_for(typed)
    assert wanted is None or wanted.search(typed) is not None
