import pytest

from desktop_rag.pipeline.following_up import standing_question

NOTICE = "How much notice must the tenant give?"


@pytest.mark.parametrize(
    "question",
    [
        "And for the subtenant?",
        "And if the rent is late?",
        "but what if the landlord agrees?",
        "What about the subtenant?",
        "How about 2021?",
        "Why?",
        "Since when?",
        "And?",
        "Who is he?",
        "Which drugs interact with it?",
        "Does that apply to subtenants?",
        "When must the tenant pay it?",
        "What are its side effects?",
        "When does that period end?",
        "Who lives there?",
        "Is this lawful?",
        "Who pays for this?",
        "How long do they last?",
        "When was she admitted?",
        "Which one applies?",
        "What happens then?",
        "Et pour le sous-locataire ?",
        "Mais si le loyer est en retard ?",
        "Qu'en est-il du garant ?",
        "Peut-il résilier ?",
        "Pourquoi ?",
        "Quels sont ses effets secondaires ?",
        "Cette clause est-elle valable ?",
        "Und für den Untermieter?",
        "Was ist mit dem Bürgen?",
        "Wie lange dauert es?",
        "Warum?",
        "Welche Nebenwirkungen hat es?",
        "Wer zahlt dafür?",
        "Was bedeutet das?",
        "Gilt diese Frist auch im Winter?",
    ],
)
def test_a_follow_up_is_completed_with_the_question_before(question: str) -> None:
    assert standing_question(question, [NOTICE]) == f"{NOTICE} {question}"


@pytest.mark.parametrize(
    "question",
    [
        NOTICE,
        "What is the rent?",
        "Is there a deposit?",
        "Are there any penalties?",
        "Is it allowed to sublet the flat?",
        "How long does it take to evict a tenant?",
        "Who signed this lease?",
        "Which drugs that thin the blood are listed?",
        "Does the tenant lose his deposit?",
        "Must the landlord return the deposit when it is no longer needed?",
        "and/or clauses: what do they mean in the contract of sale and in the annex to the lease?",
        "Android phones",
        "Orlando Smith's date of birth?",
        "I21.4",
        "Is one month's notice enough?",
        "Who signed the IT contract?",
        "What was the patient's blood pressure when he was admitted?",
        "paracetamol dose",
        "Quel est le loyer ?",
        "Y a-t-il un dépôt de garantie ?",
        "Le locataire peut-il résilier le bail ?",
        "Le patient est-il allergique ?",
        "Faut-il prévenir le bailleur ?",
        "Où est situé le bien ?",
        "Wie hoch ist die Miete?",
        "Gibt es eine Kaution?",
        "Ist es erlaubt, die Wohnung unterzuvermieten?",
        "Wer hat diesen Vertrag unterschrieben?",
        "Können Sie die Kündigungsfrist nennen?",
        "Verliert der Mieter seine Kaution?",
        "Unterhalt nach der Scheidung?",
    ],
)
def test_a_question_that_stands_by_itself_stays_as_it_is(question: str) -> None:
    assert standing_question(question, ["What did the doctor prescribe?"]) == question


def test_without_an_earlier_question_nothing_is_added() -> None:
    assert standing_question("And for the subtenant?", []) == "And for the subtenant?"


def test_follow_ups_of_follow_ups_go_back_to_the_question_that_stands() -> None:
    earlier = [NOTICE, "And for the subtenant?", "Why?"]
    assert standing_question("And in winter?", earlier) == f"{NOTICE} And in winter?"
    assert standing_question("Why?", ["And he?", "How so?"]) == "And he? Why?"
