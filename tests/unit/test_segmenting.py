import pytest

from desktop_rag.pipeline.segmenting import is_heading, sentence_ranges, units


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_ranges(text)]


def test_a_german_date_ends_no_sentence() -> None:
    text = "Der Vertrag endet am 31. Dezember 2026. Dann ist Schluss. Es kostet 12. Dann gehen sie."
    assert [text[start:end] for start, end in sentence_ranges(text)] == [
        "Der Vertrag endet am 31. Dezember 2026.",
        "Dann ist Schluss.",
        "Es kostet 12.",
        "Dann gehen sie.",
    ]


def test_sentences_end_at_full_stops() -> None:
    assert cut("Rent is due. It rises.") == ["Rent is due.", "It rises."]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Hallam saw Mrs. Varga at St. Mary's.",
        "See Smith v. Jones, No. 12, Sec. 3.",
        "Harbour Estates Inc. and J. Doe agree.",
        "The dose is 2.5 mg. per day at 8.30 a.m.",
    ],
)
def test_abbreviations_and_decimals_end_no_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("7. Termination", "The end.", "7.1 Notice."),
        ("ARTICLE IV", "The end.", "The Tenant"),
        ("Section 2.1 Payment", "of the month.", "The Client"),
        ("GOVERNING LAW", "The end.", "This lease"),
        ("Renal impairment", "once a day.", "If creatinine"),
    ],
)
def test_headings_are_known_by_their_form(line: str, before: str, after: str) -> None:
    assert is_heading(line, before, after)


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("clause 7.3 or clause 6.3.", "except under", "7.3 Breach."),
        ("The Tenant pays the rent.", "", ""),
        ("NOTWITHSTANDING THE FOREGOING", "AS FOLLOWS", "NOTHING IN THIS"),
        ("12", "The end.", "Text"),
        ("and the Landlord", "The Tenant", "agree."),
    ],
)
def test_running_text_is_no_heading(line: str, before: str, after: str) -> None:
    assert not is_heading(line, before, after)


def test_a_run_in_heading_stays_with_its_sentence() -> None:
    text = "7.1 Notice by the Tenant. The Tenant may end this lease. Rent is owed."
    found = list(units(text))
    assert text[found[0].start : found[0].end].endswith("may end this lease.")
    assert found[0].heading == "7.1 Notice by the Tenant"
    assert [unit.is_heading for unit in found] == [False, False]


def test_no_unit_runs_over_a_page_break() -> None:
    text = "The first page ends here\nand the second begins."
    found = [text[unit.start : unit.end] for unit in units(text, frozenset({24}))]
    assert found == ["The first page ends here", "and the second begins."]
