from dataclasses import replace

import pytest

from desktop_rag.domain import WholeKind
from desktop_rag.pipeline.whole_questions import WholeQuestion, road_of

SUMMARIES = {
    "Summarise": "",
    "Summarize this document.": "this document",
    "Please summarise the discharge letter": "the discharge letter",
    "Can you sum up the lease of 2021?": "the lease of 2021",
    "Give me a short summary of Lease 2021.pdf": "Lease 2021.pdf",
    "What is this document about?": "this document",
    "What are these contracts about?": "these contracts",
    "Fasse den Mietvertrag zusammen.": "den Mietvertrag",
    "Können Sie mir bitte den Entlassungsbrief kurz zusammenfassen?": "den Entlassungsbrief",
    "Erstelle mir eine kurze Zusammenfassung des Gutachtens": "des Gutachtens",
    "Worum geht es in diesem Dokument?": "diesem Dokument",
    "Résumez le contrat de bail, s'il vous plaît.": "le contrat de bail",
    "De quoi parle ce rapport ?": "ce rapport",
    "Faites un résumé du contrat": "contrat",
}
LISTS = {
    "List all deadlines": "deadlines",
    "list every drug that the patient takes": "drug that the patient takes",
    "Please list all the payment dates in my contracts.": "payment dates",
    "List the obligations of the tenant": "obligations of the tenant",
    "Give me a list of all parties": "parties",
    "Find every mention of Dr. Smith": "Dr. Smith",
    "Find all references to asbestos across all documents": "asbestos",
    "What are all the deadlines?": "deadlines",
    "Show me all amounts in euros": "amounts in euros",
    "Find all clauses that contain a penalty": "a penalty",
    "List all rules about pets": "pets",
    "Liste alle Fristen auf": "Fristen",
    "Nennen Sie mir alle Medikamente.": "Medikamente",
    "Erstelle eine Liste aller Zahlungen": "Zahlungen",
    "Bitte alle Fristen auflisten": "Fristen",
    "Listez tous les délais": "délais",
    "Donnez-moi la liste des médicaments": "médicaments",
    "Quelles sont toutes les échéances ?": "échéances",
}
COUNTS = {
    "How many leases have a break clause?": "a break clause",
    "How many of my contracts are governed by New York law?": "are governed by New York law",
    "In how many documents is Dr. Smith mentioned?": "is Dr. Smith mentioned",
    "How many of our patients are on warfarin?": "are on warfarin",
    "Wie viele meiner Verträge enthalten eine Schiedsklausel?": "eine Schiedsklausel",
    "Combien de mes contrats mentionnent une clause pénale ?": "une clause pénale",
}
PLACES = {
    "How many times is the deposit mentioned?": "the deposit",
    "How often does the word indemnity appear in my contracts?": "the word indemnity",
    "Wie oft wird Frau Weber erwähnt?": "Frau Weber",
    "Combien de fois le loyer est-il mentionné ?": "le loyer",
}
WHICH = {
    "Which of my leases mention a break clause?": "a break clause",
    "Which of the agreements are governed by English law?": "are governed by English law",
    "Which documents mention penicillin?": "penicillin",
    "In which contracts is there a cap on liability?": "is there a cap on liability",
    "Which of my 200 leases end in 2027?": "end in 2027",
    "Which patients take methotrexate?": "take methotrexate",
    "Find all contracts with a non-compete clause": "a non-compete clause",
    "List all leases that allow pets": "allow pets",
    "Which contracts do not contain an arbitration clause?": "an arbitration clause",
    "Welche meiner Verträge verlängern sich automatisch?": "verlängern sich automatisch",
    "In welchen Verträgen steht eine Vertragsstrafe?": "steht eine Vertragsstrafe",
    "Welche Dokumente erwähnen Asbest?": "Asbest",
    "Lesquels de mes contrats contiennent une clause de non-concurrence ?": (
        "une clause de non-concurrence"
    ),
    "Dans quels documents est-il question d'amiante ?": "est-il question d'amiante",
}
ORDINARY = [
    "How many days' notice must the tenant give?",
    "How many months is the initial term?",
    "How many patients were included in the study?",
    "How many patients died?",
    "How many documents are in the corpus?",
    "How many contracts were annotated?",
    "How many times a day is the drug given?",
    "How many parties are there?",
    "How many copies of the report must be filed?",
    "How much is the deposit?",
    "How often is the rent reviewed?",
    "How often must blood pressure be measured?",
    "Which antibiotic is given first?",
    "Which of the parties pays?",
    "Which of the drugs interact with warfarin?",
    "Which documents must be submitted with the application?",
    "Which patients should receive the vaccine?",
    "Which of the agreements shall prevail?",
    "Which contracts were transferred to the buyer?",
    "Which law governs the contract?",
    "Which court has jurisdiction?",
    "What is the list price?",
    "What is the list of excluded drugs called?",
    "What is the notice period?",
    "What is the clause about?",
    "What is the limit about which the parties agreed?",
    "What are the side effects?",
    "What are the parties to the lease?",
    "What happens if all rent is unpaid?",
    "Who signs the summary of the report?",
    "Is there a summary of product characteristics?",
    "Does the landlord have to list all defects?",
    "Summarise the termination rights",
    "Summarise what the tenant owes",
    "When is every invoice due?",
    "List price of the car",
    "Where is the deposit mentioned?",
    "all deadlines",
    "Wie viele Tage Kündigungsfrist gelten?",
    "Wie oft wird die Miete angepasst?",
    "Welche Frist gilt für die Kündigung?",
    "Welche der Parteien trägt die Kosten?",
    "Welche Unterlagen muss der Mieter vorlegen?",
    "Was ist der Listenpreis?",
    "Wie hoch ist die Kaution?",
    "Combien de jours de préavis ?",
    "Quel est le montant du loyer ?",
    "Quels documents le locataire doit-il fournir ?",
    "Quelle partie paie les charges ?",
    "",
    "?",
]


def told(question: str) -> WholeQuestion | None:
    """Without whether the words themselves are sought, which has its own test."""
    found = road_of(question)
    return found and replace(found, literal=False)


@pytest.mark.parametrize(("question", "within"), SUMMARIES.items())
def test_a_summary_of_documents_is_told(question: str, within: str) -> None:
    assert road_of(question) == WholeQuestion(WholeKind.SUMMARY, "", within)


@pytest.mark.parametrize(("question", "target"), LISTS.items())
def test_a_list_is_told_with_what_is_to_be_in_it(question: str, target: str) -> None:
    assert told(question) == WholeQuestion(WholeKind.LIST, target)


@pytest.mark.parametrize(("question", "target"), COUNTS.items())
def test_a_count_of_documents_is_told(question: str, target: str) -> None:
    wanted = WholeQuestion(WholeKind.COUNT, target, of_documents=True)
    assert told(question) == wanted


@pytest.mark.parametrize(("question", "target"), PLACES.items())
def test_a_count_of_places_is_told(question: str, target: str) -> None:
    assert told(question) == WholeQuestion(WholeKind.COUNT, target)


@pytest.mark.parametrize(("question", "target"), WHICH.items())
def test_which_documents_is_told(question: str, target: str) -> None:
    assert told(question) == WholeQuestion(WholeKind.WHICH, target, of_documents=True)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_is_left_alone(question: str) -> None:
    assert road_of(question) is None


def test_the_one_document_that_a_list_is_of_is_told_apart() -> None:
    assert road_of("List all deadlines in the lease") == WholeQuestion(
        WholeKind.LIST, "deadlines", "the lease"
    )
    assert road_of("Liste alle Fristen im Mietvertrag auf") == WholeQuestion(
        WholeKind.LIST, "Fristen", "Mietvertrag"
    )
    assert road_of("List all doses of Discharge letter.pdf") == WholeQuestion(
        WholeKind.LIST, "doses", "Discharge letter.pdf"
    )


def test_a_long_story_is_no_list() -> None:
    assert road_of("List all deadlines " + "and what the tenant said about them " * 12) is None


@pytest.mark.parametrize("question", PLACES)
def test_mentions_are_sought_word_for_word(question: str) -> None:
    found = road_of(question)
    assert found is not None
    assert found.literal


@pytest.mark.parametrize("question", ["List all deadlines", "Which of my leases allow pets?"])
def test_other_things_are_sought_by_their_meaning(question: str) -> None:
    found = road_of(question)
    assert found is not None
    assert not found.literal
