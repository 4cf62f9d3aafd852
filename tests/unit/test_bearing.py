"""What the check of a sentence sees, rule by rule; `tests/quality` holds its rates."""

import pytest

from desktop_rag.pipeline.checking.bearing import bearing
from desktop_rag.pipeline.checking.dates import Date
from desktop_rag.pipeline.checking.facts import Quantity, facts_of


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("sixty (60) days", {Quantity(60, "day")}),
        ("by giving one hundred and eighty (180) days", {Quantity(180, "day")}),
        ("within twenty-five business days", {Quantity(25, "day")}),
        ("USD 1,250,000.00", {Quantity(1_250_000, "usd")}),
        ("$1.25 million", {Quantity(1_250_000, "usd")}),
        ("4.800,50 euros", {Quantity(4800.5, "eur")}),
        ("2 to 4 weeks", {Quantity(2, "week"), Quantity(4, "week")}),
        ("6 per cent", {Quantity(6, "%")}),
        ("5 milligrams twice", {Quantity(5, "mg"), Quantity(2, "times")}),
        ("no one of them", set()),
        (
            "25 days, of which up to five (5) may be carried",
            {Quantity(25, "day"), Quantity(5, "day")},
        ),
    ],
)
def test_numbers_and_their_units_are_read_however_they_are_written(
    text: str, quantities: set[Quantity]
) -> None:
    assert facts_of(text).quantities == quantities


@pytest.mark.parametrize(
    "text", ["1 March 2024", "1st of March 2024", "March 1, 2024", "01.03.2024", "2024-03-01"]
)
def test_dates_are_read_however_they_are_written(text: str) -> None:
    assert facts_of(f"It ends on {text}.").dates == {Date(1, 3, 2024)}


def test_a_date_with_slashes_is_read_only_where_its_order_is_plain() -> None:
    assert facts_of("It ends on 30/04/2025.").dates == {Date(30, 4, 2025)}
    assert facts_of("It ends on 04/30/2025.").dates == {Date(30, 4, 2025)}
    assert facts_of("It ends on 03/04/2025.").dates == set()


def test_may_after_a_number_is_a_month_only_where_no_verb_follows() -> None:
    assert facts_of("up to five (5) may be carried over").dates == set()
    assert facts_of("carried over until 5 May").dates == {Date(5, 5, 0)}


def test_a_day_in_words_is_read() -> None:
    assert facts_of("on the third of May").dates == {Date(3, 5, 0)}


@pytest.mark.parametrize("text", ["daily", "a day", "per day", "every day", "each day"])
def test_what_a_thing_is_counted_per_is_read(text: str) -> None:
    assert facts_of(f"5 mg {text}").periods == {"day"}


BOOSTER = "The first dose was given on 2023-10-12 and the booster on 2024-04-15."
CREDITS = "The credit is 5 % where it falls below 99.9 % and 15 % where it falls below 99.0 %."
FAULTS = "It acknowledges a fault within fifteen (15) days and mends it within forty (40) days."
MANAGERS = "The manager for the Client is Demir and the manager for the Contractor is Lund."
SEATS = "The venture is founded in Singapore by Lotus Grid, and its board meets in Jakarta."
BEARING = [
    ("The rent is 900 euros.", "Rent: EUR 900.00, payable monthly."),
    ("The fee must not exceed 5 %.", "The fee is limited to 5 per cent."),
    ("At least 90 days' notice is needed.", "Not less than ninety (90) days' notice is given."),
    ("Harbour Estates let the shop to Ms Lund.", "Harbour Estates let the shop to Ms Ida Lund."),
    ("The goods are inspected by the Buyer.", "The Buyer shall inspect the goods on arrival."),
    ("The claim was rejected.", "The court dismissed the claim."),
    ("He may not drive.", "He must not drive for four weeks."),
    ("The warranty does not cover wear.", "Wear is excluded from the warranty."),
    ("No transfusion was needed.", "A transfusion was avoided."),
    ("Neither party has to renew.", "Nothing obliges a party to renew."),
    ("An adult must not exceed 4 g per day.", "Adults: at most 4 g in 24 hours."),
    ("The fee is not more than 9 euros.", "The fee is no less than 5 nor more than 9 euros."),
    ("A child gets 5 mg.", "Adults get 10 mg; children get 5 mg."),
    ("The booster was given on 15 April 2024.", BOOSTER),
    ("If it drops below 99.0 %, the credit is 15 %.", CREDITS),
    ("Weber resigned on 3 May.", "Weber, the treasurer, resigned on 3 May and Lund was chosen."),
]


@pytest.mark.parametrize(("claim", "source"), BEARING)
def test_the_same_in_other_words_is_borne_out(claim: str, source: str) -> None:
    assert bearing(claim, [source]).holds


TURNED = [
    ("The rent is 900 dollars.", "Rent: EUR 900.00, payable monthly."),
    ("Notice is 60 months.", "Notice is 60 days."),
    ("The lease ends on 3 May 2021.", "The lease ends on 3 March 2021."),
    ("Take 5 mg twice a day.", "Take 5 mg once a day."),
    ("Take 5 mg a day.", "Take 5 mg once a week."),
    ("Weber holds 2,400 shares.", "Silva holds 2,400 shares and Weber holds 1,600 shares."),
    ("The right knee was swollen.", "The left knee was swollen; the right knee was normal."),
    ("The Seller inspects the goods.", "The Buyer shall inspect the goods sold by the Seller."),
    ("The goods are inspected by the Seller.", "The Buyer inspects the goods of the Seller."),
    ("It needs the Buyer's consent.", "The Buyer needs the consent of the Seller."),
    ("Roth sued Bellini.", "Bellini sued Roth."),
    ("Liability is unlimited.", "Liability is limited to EUR 500."),
    ("The dismissal was fair.", "The dismissal was unfair."),
    ("The dose was reduced.", "The dose was increased."),
    ("The claim was granted.", "The claim was dismissed."),
    ("The Tenant may sublet.", "The Tenant may not sublet."),
    ("The Tenant must sublet.", "The Tenant may sublet."),
    ("Give clarithromycin 500 mg.", "Give amoxicillin 500 mg."),
    ("The seat of the tribunal is Zurich.", "The seat of the tribunal is Geneva."),
    ("The consignee pays the freight.", "The shipper pays the freight."),
    ("Only the Tenant pays the costs.", "The Tenant pays the costs."),
    ("Rent is due on Fridays.", "Rent is due on Mondays."),
    ("The warranty covers wear.", "Wear is excluded from the warranty."),
    ("A transfusion was needed.", "A transfusion was avoided."),
    ("Both parties have to renew.", "Nothing obliges either party to renew."),
    ("The pill must not be taken with food.", "The pill may be taken with or without food."),
    ("If it drops below 99.0 %, the credit is 5 %.", CREDITS),
    ("An adult must not exceed 1 g.", "Adults: 0.5 g to 1 g, not more than 4 g a day."),
    ("Kwan does the translation.", "The novel is translated by Moura and edited by Kwan."),
    ("Lotus Grid's venture is founded in Jakarta.", SEATS),
    ("The manager for the Client is Lund.", MANAGERS),
    (
        "The anaesthetist obtains consent.",
        "The anaesthetist informs, and the surgeon gets consent.",
    ),
    ("Silva met the heirs of Weber.", "Weber met the heirs of Silva."),
    ("It found 9 cysts in 12 cows of 30 herds.", "It found 12 cysts in 9 cows of 30 herds."),
    ("The drug is carbamazepine or levetiracetam.", "The drug is lamotrigine or levetiracetam."),
]


@pytest.mark.parametrize(("claim", "source"), TURNED)
def test_one_thing_changed_is_not(claim: str, source: str) -> None:
    assert not bearing(claim, [source]).holds


@pytest.mark.parametrize(("claim", "source"), TURNED)
def test_what_the_source_says_itself_is_borne_out(claim: str, source: str) -> None:
    del claim
    assert bearing(source, [source]).holds


def test_a_pronoun_may_stand_for_a_name_of_the_sentence_before() -> None:
    passage = ["Mrs Novak went home.", "She should not drive for four weeks."]
    assert bearing("Mrs Novak should not drive for four weeks.", passage).holds
    assert not bearing("Mrs Berg should not drive for four weeks.", passage).holds


def test_a_number_in_brackets_leaves_its_clause_whole() -> None:
    assert bearing("It mends a fault within 40 days.", [FAULTS]).holds
    assert not bearing("It mends a fault within 15 days.", [FAULTS]).holds


def test_a_copy_may_say_the_name_that_a_pronoun_stands_for() -> None:
    passage = [
        "The Buyer is entitled to withhold payment.",
        "It is not entitled to set off claims from other contracts.",
    ]
    assert bearing(
        "The Buyer is not entitled to set off claims from other contracts.", passage
    ).holds


def test_two_sentences_are_not_mixed() -> None:
    passage = ["The Tenant keeps the garden.", "The Landlord keeps the roof."]
    assert not bearing("The Landlord keeps the garden.", passage).holds


def test_what_was_asked_is_not_what_is_said() -> None:
    passage = ["The insurer inspected the warehouse in Rotterdam on the third of May."]
    claim = "The insurer settled the claim on the third of May."
    asked = "When did the insurer settle the claim?"
    assert not bearing(claim, passage, question=asked).holds


def test_what_the_question_or_the_heading_names_need_not_be_said_again() -> None:
    passage = ["Notice is sixty days."]
    claim = "Harbour Estates gets sixty days' notice."
    assert not bearing(claim, passage).holds
    assert bearing(claim, passage, "Lease of Harbour Estates").holds
    assert bearing(claim, passage, question="How much notice does Harbour Estates get?").holds
