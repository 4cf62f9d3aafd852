"""Bates numbers: found where a production bears them, and claimed nowhere else."""

import pytest

from desktop_rag.domain import Page, PageMethod
from desktop_rag.pipeline.bates import bates_words, with_bates

BODY = "\n".join(
    f"Line {n} of the letter, of 12 March 2021, tel. 020 7946 0958." for n in range(12)
)


def pages(*texts: str) -> list[Page]:
    return [Page(n, str(n), text, PageMethod.PDFIUM) for n, text in enumerate(texts, start=1)]


def numbers(*texts: str) -> list[str]:
    return [page.bates for page in with_bates(pages(*texts))]


@pytest.mark.parametrize(
    ("stamp", "number"),
    [
        ("ABC{:06d}", "ABC{:06d}"),
        ("ABC-{:06d}", "ABC-{:06d}"),
        ("SMITH {:06d}", "SMITH {:06d}"),
        ("DEF_{:07d}", "DEF_{:07d}"),
        ("ACME-SMITH-{:05d}", "ACME-SMITH-{:05d}"),
        ("CONFIDENTIAL - ABC{:06d}", "ABC{:06d}"),
        ("CONFIDENTIAL ABC{:06d}", "ABC{:06d}"),
        ("Page 3 of 9 ABC{:06d}", "ABC{:06d}"),
        ("US v. Smith DOJ{:08d} Protected", "DOJ{:08d}"),
    ],
)
def test_stamps_of_every_form_are_found(stamp: str, number: str) -> None:
    expected = [number.format(n) for n in range(101, 113)]
    assert numbers(*(f"{BODY}\n{stamp.format(n)}" for n in range(101, 113))) == expected
    assert numbers(*(f"{stamp.format(n)}\n{BODY}" for n in range(101, 113))) == expected


def test_a_page_without_text_or_stamp_has_none() -> None:
    texts = [f"{BODY}\nABC{n:06d}" for n in range(1, 9)]
    texts[2] = ""
    texts[5] = BODY
    found = numbers(*texts)
    assert found == ["ABC000001", "ABC000002", "", "ABC000004", "ABC000005", "", "ABC000007",
                     "ABC000008"]  # fmt: skip


def test_a_production_that_leaps_is_followed() -> None:
    count = [*range(1, 7), *range(901, 907)]
    assert numbers(*(f"{BODY}\nABC{n:06d}" for n in count)) == [f"ABC{n:06d}" for n in count]


@pytest.mark.parametrize("misread", ["ABCO000O4", "ABC0OOO04", "ABC O00004", "ABCOOOO04"])
def test_a_misread_stamp_is_known_by_its_neighbours(misread: str) -> None:
    texts = [f"{BODY}\nABC{n:06d}" for n in range(1, 9)]
    texts[3] = f"{BODY}\n{misread.replace('ABCO000O4', 'ABCO0OO04')}"
    assert numbers(*texts)[3] == "ABC000004"
    texts[3] = f"{BODY}\nABC000999"
    assert numbers(*texts)[3] == ""


@pytest.mark.parametrize(
    "line", ["ABC000123", "SMITH 000123", "ABC-123456", "Confidential - ABC00123"]
)
def test_one_page_is_known_by_a_number_alone_on_its_edge(line: str) -> None:
    (found,) = numbers(f"{BODY}\n{line}")
    assert found
    assert line.endswith(found)
    assert numbers(f"{line}\n{BODY}") == [found]
    assert numbers(f"{BODY}\n{line}\n{BODY}") == [""]
    assert numbers(f"{BODY}\nSee {line} below.") == [""]


@pytest.mark.parametrize(
    "line",
    [
        "Page {:04d}",
        "PAGE {:04d}",
        "{:06d}",
        "INV-004711",
        "FY 20{:02d}",
        "Case 1:21-cv-00{:03d} Document 7",
        "ISO 9001:20{:02d}",
        "+49 30 12345{:03d}",
        "DE0001234{:03d}.",
        "12.03.20{:02d}",
    ],
)
def test_other_numbers_are_not_taken_for_stamps(line: str) -> None:
    constant = "{" not in line or line.startswith("DE")
    count = [7] * 12 if constant else range(10, 22)
    assert numbers(*(f"{BODY}\n{line.format(n)}" for n in count)) == [""] * 12


def test_a_table_of_parts_over_the_pages_is_no_series() -> None:
    assert numbers(*(f"{BODY}\nABC{n * n:06d}" for n in range(2, 14))) == [""] * 12


def test_numbers_can_be_searched_in_one_piece_and_by_their_figures() -> None:
    assert bates_words(["ABC-000107", "", "SMITH 000108"]) == [
        "ABC000107", "000107", "SMITH000108", "000108",
    ]  # fmt: skip
