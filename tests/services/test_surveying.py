"""Questions about whole documents, with the real encoders, on documents whose places are known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import (
    Answer,
    AnswerStatus,
    PageRange,
    Scope,
    SurveyProgress,
    WholeKind,
)
from desktop_rag.errors import WrongUsage
from desktop_rag.services import survey_places
from desktop_rag.services.assistant import Assistant
from tests.support import finish, make_pdf

# Twelve deadlines on six pages of three documents, two of them in each of the languages.
DEADLINES = {
    "Loan": {
        1: ["The borrower repays the loan no later than 31 March 2027."],
        2: [
            "The bank may call the loan within thirty days after a missed instalment.",
            "The borrower sends its accounts by 30 June of each year.",
        ],
    },
    "Werkvertrag": {
        1: [
            "Die Abnahme erfolgt innerhalb von 14 Tagen nach der Fertigstellung.",
            "Der Vertrag endet am 31. Dezember 2026.",
        ],
        2: [
            "Mängel sind binnen sechs Wochen zu beseitigen.",
            "Die Kündigung muss spätestens drei Monate vor dem Ende eingehen.",
        ],
    },
    "Bail": {
        1: [
            "Le locataire paie le loyer avant le 5 janvier 2026.",
            "Le bailleur restitue la garantie dans un délai de deux mois.",
            "Le préavis est de trois mois.",
        ],
        3: [
            "Les travaux sont achevés au plus tard le 1er juin 2027.",
            "Le contrat expire le 30 septembre 2030.",
        ],
    },
}
FILLING = {
    "Loan": "The borrower keeps proper books and tells the bank of every change of its name.",
    "Werkvertrag": "Der Unternehmer arbeitet sorgfältig und mit gutem Material auf der Baustelle.",
    "Bail": "Le locataire entretient le jardin et les chambres avec tout le soin nécessaire.",
}
BREAK = "The tenant may end this lease early by a break clause upon six months of notice."
LEASES = {
    "Lease A": ["Rent is paid monthly into the account of the landlord.", BREAK],
    "Lease B": ["The landlord insures the house against fire and flood.", "No pets are allowed."],
    "Lease C": [BREAK, "The tenant cleans the staircase every other week."],
    "Lease D": ["The deposit is held by an agent. The deposit bears no interest for the tenant."],
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Documents with deadlines in three languages, and four leases."""
    folder = tmp_path_factory.mktemp("shelf")
    made = wiring.build(config.Settings(data_folder=folder, library_folder=folder / "library"))
    for name, pages in DEADLINES.items():
        texts = [
            "\n".join([FILLING[name], *pages.get(number, []), FILLING[name]])
            for number in range(1, max(pages) + 1)
        ]
        finish(made.library.add([make_pdf(folder / f"{name}.pdf", texts)], collection="Dates"))
    for name, texts in LEASES.items():
        finish(made.library.add([make_pdf(folder / f"{name}.pdf", texts)], collection="Leases"))
    yield made
    made.close()


def ask(assistant: Assistant, question: str, scope: Scope) -> Answer:
    answer = finish(assistant.answers.ask(question, scope))
    assert answer.survey is not None
    return answer


DATES = Scope("Dates")
LEASES_ALONE = Scope("Leases")


@pytest.mark.parametrize("question", ["List all deadlines", "Liste alle Fristen auf"])
def test_every_planted_deadline_is_a_row_of_its_page_and_nothing_else_is(
    shelf: Assistant, question: str
) -> None:
    answer = ask(shelf, question, DATES)
    found = {(row.path.stem, row.pages[0], " ".join(row.quote.split())) for row in answer.table}
    planted = {
        (name, page, text)
        for name, pages in DEADLINES.items()
        for page, texts in pages.items()
        for text in texts
    }
    assert found == planted
    assert len(answer.table) == 12
    assert answer.survey is not None
    assert answer.survey.read_all


def test_rows_stand_in_the_order_of_documents_and_pages(shelf: Assistant) -> None:
    rows = ask(shelf, "List all deadlines", DATES).table
    places = [(row.path.name, row.pages[0]) for row in rows]
    assert places == sorted(places)
    assert [row.marker for row in rows] == list(range(1, len(rows) + 1))


def test_a_row_is_exactly_the_characters_at_its_spans(shelf: Assistant) -> None:
    for row in ask(shelf, "List all deadlines", DATES).table:
        assert sum(span.length for span in row.spans) + len(row.spans) - 1 == len(row.quote)
        assert {span.page for span in row.spans} == set(row.pages)


def test_only_the_pages_in_scope_are_looked_at(shelf: Assistant) -> None:
    answer = ask(shelf, "List all deadlines", Scope("Dates", pages=PageRange(2, 2)))
    assert {page for row in answer.table for page in row.pages} == {2}
    assert len(answer.table) == 4


def test_the_document_that_the_question_names_is_looked_through_alone(shelf: Assistant) -> None:
    answer = ask(shelf, "List all deadlines in the loan.pdf", Scope())
    assert {row.path.name for row in answer.table} == {"Loan.pdf"}
    assert answer.coverage.searched == 1


def test_which_documents_is_a_row_for_each_and_the_others_are_named(shelf: Assistant) -> None:
    answer = ask(shelf, "Which of my leases contain a break clause?", LEASES_ALONE)
    assert [row.path.stem for row in answer.table] == ["Lease A", "Lease C"]
    assert [row.pages for row in answer.table] == [(2,), (1,)]
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.survey is not None
    assert [path.stem for path in answer.survey.without] == ["Lease B", "Lease D"]
    assert answer.text.startswith(
        "Looked through all 4 documents. 2 of 4 documents hold a matching place. "
        "Nothing was found in: Lease B.pdf, Lease D.pdf."
    )


def test_a_count_never_pretends_to_be_the_truth(shelf: Assistant) -> None:
    answer = ask(shelf, "How many of my leases contain a break clause?", LEASES_ALONE)
    assert answer.survey is not None
    assert answer.survey.kind is WholeKind.COUNT
    assert "At least 2 of 4 documents hold a matching place." in answer.text


def test_mentions_are_counted_word_for_word(shelf: Assistant) -> None:
    answer = ask(shelf, "How many times is the deposit mentioned?", LEASES_ALONE)
    assert [row.path.stem for row in answer.table] == ["Lease D", "Lease D"]
    assert "At least 2 places were found, in 1 document." in answer.text


def test_what_is_nowhere_is_not_found_and_the_nearest_places_are_shown(shelf: Assistant) -> None:
    answer = ask(shelf, "Which of my leases mention asbestos?", LEASES_ALONE)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.table == ()
    assert answer.passages
    assert all(passage.evidence for passage in answer.passages)
    assert answer.coverage.searched == 4


def test_a_thing_without_a_form_of_its_own_is_listed_by_its_meaning(shelf: Assistant) -> None:
    answer = ask(shelf, "List all rules about pets", LEASES_ALONE)
    assert "No pets are allowed." in [row.quote for row in answer.table]
    assert "staircase" not in answer.text


def test_more_passages_than_can_be_read_are_told(
    shelf: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_places, "MOST_READ", 2)
    answer = ask(shelf, "List all rules about pets", LEASES_ALONE)
    assert answer.survey is not None
    assert not answer.survey.read_all
    assert "The closest 2 of " in answer.text
    assert "No pets are allowed." in [row.quote for row in answer.table]


def test_a_table_holds_the_closest_rows_and_says_what_it_leaves_out(
    shelf: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_places, "MOST_ROWS", 5)
    answer = ask(shelf, "List all deadlines", DATES)
    assert len(answer.table) == 5
    assert answer.survey is not None
    assert answer.survey.left_out == 7
    assert "At least 12 places were found, in 3 documents." in answer.text
    assert "The table holds 5 of them; 7 are left out." in answer.text
    assert len({row.document_id for row in answer.table}) == 3, "each document has its share"
    assert answer.survey.without == ()


def test_a_summary_is_sentences_of_the_document_in_their_order(
    sample_assistant: Assistant,
) -> None:
    answer = ask(sample_assistant, "Summarise the lease", Scope())
    assert {row.path.name for row in answer.table} == {"Lease 2021.pdf"}
    assert 5 <= len(answer.table) <= 8
    pages = [row.pages[0] for row in answer.table]
    assert pages == sorted(pages)
    assert len(set(pages)) >= 3
    assert "Sentences taken from the document:" in answer.text


def test_a_summary_of_too_many_documents_asks_for_fewer(
    assistant: Assistant, tmp_path: Path
) -> None:
    for number in range(21):
        text = f"Letter {number} tells of the journey to town number {number}."
        finish(assistant.library.add([make_pdf(tmp_path / f"{number}.pdf", [text])]))
    with pytest.raises(WrongUsage, match="21 documents"):
        finish(assistant.answers.ask("Summarise my documents"))


def test_progress_is_told_document_by_document_and_a_stop_is_heeded(shelf: Assistant) -> None:
    steps = shelf.answers.ask("Which of my leases contain a break clause?", LEASES_ALONE)
    first = next(steps)
    assert first == SurveyProgress(0, 4)
    seen = {step.done for _, step in zip(range(4), steps, strict=False)}
    assert max(seen) < 4
    steps.close()
    assert list(steps) == []


def test_the_ordinary_road_is_taken_if_it_is_wanted(shelf: Assistant) -> None:
    steps = shelf.answers.ask("Which of my leases contain a break clause?", Scope(), whole=False)
    assert not isinstance(next(steps), SurveyProgress)
    steps.close()


def test_a_table_is_kept_and_read_again_and_a_follow_up_takes_the_ordinary_road(
    shelf: Assistant,
) -> None:
    asked = shelf.conversing.ask("List all deadlines", DATES, None)
    turn = finish(asked)
    assert shelf.history.turn(turn.id).answer == turn.answer
    assert len(turn.answer.table) == 12
    following = shelf.conversing.ask("And in the leases?", LEASES_ALONE, turn.conversation_id)
    kinds = [type(step) for _, step in zip(range(2), following, strict=False)]
    following.close()
    assert SurveyProgress not in kinds
    loan = next(row.document_id for row in turn.answer.table if row.path.stem == "Loan")
    assert loan in turn.answer.document_ids
