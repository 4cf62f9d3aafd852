from pathlib import Path

import pytest

from desktop_rag.domain import Chunk, Passage, Ranks, Span, Support
from desktop_rag.pipeline.citing import best_quote, check_answer

LEASE = (
    "The Tenant may end this lease on 31 March of any year by giving sixty (60) days' written "
    "notice. Rent is owed for the whole notice period. The deposit is 9,600 crowns and is returned "
    "within forty-five days."
)


def passage(text: str) -> Passage:
    chunk = Chunk("d", 0, text, text, "", (Span(1, 0, len(text)),))
    return Passage(1, chunk, Path("lease.pdf"), ("1",), 1.0, 0.9, Ranks())


def verdicts(answer: str, *texts: str, issued: int | None = None) -> list[Support]:
    passages = [passage(text) for text in texts or (LEASE,)]
    checked = check_answer(answer, passages, len(passages) if issued is None else issued)
    return [item.support for item in checked]


@pytest.mark.parametrize(
    "answer",
    [
        "The Tenant may end this lease by giving sixty days' written notice. [1]",
        "The tenant may end the lease by giving 60 days’ written notice.",
        "The deposit is 9,600 crowns.",
        "The deposit is returned within 45 days.",
        "Rent is owed for the whole of the notice period.",
    ],
)
def test_what_the_passage_says_is_verified(answer: str) -> None:
    assert verdicts(answer) == [Support.VERIFIED]


@pytest.mark.parametrize(
    "answer",
    [
        "The Tenant may end this lease by giving ninety days' written notice.",
        "The Tenant may end this lease on 30 April of any year.",
        "The deposit is 6,900 crowns.",
        "The Tenant may not end this lease by giving sixty days' written notice.",
        "The Landlord sells the building to a bank.",
        "The deposit is returned within sixty days.",
    ],
)
def test_a_changed_number_date_amount_or_negation_is_not(answer: str) -> None:
    assert verdicts(answer) == [Support.UNSUPPORTED]


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("The Tenant may not sublet the premises.", "The Tenant may sublet the premises."),
        ("Do not give aspirin before surgery.", "Give aspirin before surgery."),
        ("Aspirin is given before surgery.", "Aspirin is given after surgery."),
        ("The Landlord may enter the premises.", "The Landlord must enter the premises."),
        ("Sublet nothing unless the Landlord agrees.", "Sublet if the Landlord agrees."),
    ],
)
def test_a_turned_meaning_is_not_verified(page: str, answer: str) -> None:
    assert verdicts(answer, page) == [Support.UNSUPPORTED]


def test_a_word_of_the_question_may_be_repeated() -> None:
    page = "The Tenant may end this lease by giving sixty days' written notice."
    answer = "The Tenant must give sixty days' written notice."
    asked = "How much notice must the tenant give?"
    assert check_answer(answer, [passage(page)], 1, asked)[0].support is Support.VERIFIED
    assert check_answer(answer, [passage(page)], 1)[0].support is Support.UNSUPPORTED


def test_words_from_two_sentences_do_not_support_one_statement() -> None:
    text = (
        "A breach of personal data is told to the Client. Thirty days after the end data is kept."
    )
    answer = "A breach of personal data is told to the Client within thirty days."
    assert verdicts(answer, text) == [Support.UNSUPPORTED]


def test_a_marker_that_was_not_issued_is_removed() -> None:
    checked = check_answer("The deposit is 9,600 crowns [7].", [passage(LEASE)], 1)
    assert checked[0].text == "The deposit is 9,600 crowns."
    assert checked[0].sources == (0,)


def test_a_marker_after_the_full_stop_belongs_to_its_sentence() -> None:
    texts = ["Nothing of use is here.", LEASE]
    checked = check_answer("The deposit is 9,600 crowns. [2]", [passage(t) for t in texts], 2)
    assert [item.sources for item in checked] == [(1,)]


def test_a_wrong_marker_is_no_support() -> None:
    assert verdicts("The deposit is 9,600 crowns [1].", "Nothing of use.", LEASE) == [
        Support.UNSUPPORTED
    ]


def test_the_quote_is_the_sentence_that_bears_the_statement_out() -> None:
    start, end = best_quote("The deposit is 9,600 crowns.", "How much?", passage(LEASE))
    assert LEASE[start:end].startswith("The deposit is 9,600")


def test_an_empty_answer_has_no_sentence() -> None:
    assert verdicts(" [1] … ") == []


def test_what_stands_in_quotation_marks_must_be_there_word_for_word() -> None:
    said = "The lease says that “Rent is owed for the whole notice period”."
    almost = "The lease says that “Rent is owed for the notice period whole”."
    assert verdicts(said) == [Support.VERIFIED]
    assert verdicts(almost) == [Support.UNSUPPORTED]


def test_a_question_on_a_page_bears_nothing_out() -> None:
    page = "Is the rent 900 euros a month?"
    assert verdicts("The rent is 900 euros a month.", page) == [Support.UNSUPPORTED]
