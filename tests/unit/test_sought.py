import pytest

from desktop_rag.domain import WholeKind
from desktop_rag.pipeline.kinds import kind_named
from desktop_rag.pipeline.sought import has_words, sought_by
from desktop_rag.pipeline.whole_questions import WholeQuestion

IN = {
    "deadlines": [
        "Notice is given within thirty (30) days after the event.",
        "Each instalment is due on the fifth working day of the month.",
        "Die Abnahme erfolgt innerhalb von 14 Tagen.",
        "Le préavis est de trois mois.",
    ],
    "dates": ["Signed on 3 March 2021.", "am 1. April 2024", "le 14 juillet 2025", "2024-02-29"],
    "amounts": ["a fee of $1,200", "11 750 couronnes", "CHF 300", "1.200,50 €", "38,400 crowns"],
    "doses": ["Amoxicillin 500 mg twice a day.", "0.5 ml", "2 Tabletten morgens", "1-2 tablets"],
    "percentages": ["4 per cent of the rent", "19 % Steuer"],
    "notice periods": ["He gives six months' notice."],
}
NOT_IN = {
    "deadlines": ["Born on 12 May 1951.", "The term of the lease is set out below."],
    "dates": ["Clause 12.3 of the lease", "He may leave at any time."],
    "amounts": ["in 2021 and 2022", "clause 4.1"],
    "doses": ["INR 2.4", "creatinine 214 mg/l", "30 ml/min", "250 colonies in 100 ml"],
    "percentages": ["a score of 12"],
    "notice periods": ["He pays within six months."],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


def listed(target: str, *, literal: bool = False) -> WholeQuestion:
    return WholeQuestion(WholeKind.LIST, target, literal=literal)


@pytest.mark.parametrize(("name", "text"), cases(IN))
def test_a_kind_is_known_by_its_form(name: str, text: str) -> None:
    kind = kind_named(name)
    assert kind is not None
    assert kind.is_in(text)


@pytest.mark.parametrize(("name", "text"), cases(NOT_IN))
def test_what_only_looks_like_it_is_none(name: str, text: str) -> None:
    kind = kind_named(name)
    assert kind is not None
    assert not kind.is_in(text)


def test_a_kind_alone_decides_and_one_that_is_narrowed_does_not() -> None:
    assert sought_by(listed("all the deadlines")).decides
    narrowed = sought_by(listed("deadlines for the landlord"))
    assert narrowed.has_form
    assert not narrowed.decides


def test_whatever_has_no_form_is_for_the_encoders_to_tell() -> None:
    one = sought_by(listed("obligations of the tenant"))
    assert not one.decides
    assert one.holds("anything")
    assert one.is_named("The tenant has this obligation.")
    assert not one.is_named("The tenant pays.")


def test_which_documents_is_never_a_matter_of_form() -> None:
    asked = WholeQuestion(WholeKind.WHICH, "deadlines for payment", of_documents=True)
    assert not sought_by(asked).has_form


@pytest.mark.parametrize(
    ("target", "text", "holds"),
    [
        ("the deposit", "Deposits bear no interest.", True),
        ("allergies", "She is allergic to penicillin.", True),
        ("Mr. Smith", "SMITH signs.", True),
        ("contract", "By contrast, he stays.", False),
        ("break clause", "The clause is long.", False),
    ],
)
def test_words_are_found_in_any_of_their_forms(target: str, text: str, holds: bool) -> None:
    assert sought_by(listed(target, literal=True)).holds(text) is holds


def test_a_file_bears_the_name_of_a_document() -> None:
    assert has_words("the lease", "Lease 2021")
    assert has_words("Discharge letter.pdf", "Discharge letter")
    assert has_words("des Gutachtens", "Gutachten Meier")
    assert not has_words("this document", "Document 3")
    assert not has_words("", "Lease 2021")
