import pytest

from desktop_rag.pipeline.identifiers import identifiers, shares_found


@pytest.mark.parametrize(
    ("written", "also_written", "word"),
    [
        ("§ 7(b)", "Section 7 (b)", "sec7xb"),
        ("see Sec. 412.7(b)(3)", "§§412.7(b)(3)", "sec412x7xbx3"),
        ("I21.4", "i21.4,", "i21x4"),
        ("S72.001A", "(S72.001A)", "s72x001a"),
        ("12.5 mg", "12.5mg", "12x5mg"),
        ("50 µg/kg", "50 mcg", "50mcg"),
        ("No. 1:23-cv-04567", "1:23-cv-04567.", "1x23xcvx04567"),
        ("ABC000123", "ABC-000123", "abc000123"),
        ("1,250,000 dollars", "$1,250,000", "1250000"),
        ("21 CFR § 314.50(d)(1)", "section 314.50(d)(1)", "sec314x50xdx1"),
    ],
)
def test_the_same_identifier_is_one_word_however_it_is_written(
    written: str, also_written: str, word: str
) -> None:
    assert word in identifiers(written)
    assert word in identifiers(also_written)


@pytest.mark.parametrize(
    ("one", "other"), [("§ 7(b)", "§ 7(c)"), ("I21.4", "I21.40"), ("12.5 mg", "125 mg")]
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert set(identifiers(one)).isdisjoint(identifiers(other))


def test_common_words_and_short_numbers_are_none() -> None:
    assert identifiers("The tenant pays on the 3 or 14 days after Article IV, pages 3 and 40") == ()


def test_shares_count_what_each_text_holds() -> None:
    wanted = identifiers("§ 7(b) and I21.4")
    texts = ["words\nsec7xb 7xb i21x4", "words\ni21x4", "7 b I21 4"]
    assert shares_found(wanted, texts) == [1.0, pytest.approx(1 / 3), 0.0]
    assert shares_found((), texts) == [0.0, 0.0, 0.0]
