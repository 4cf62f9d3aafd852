from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.domain import (
    Answer,
    AnswerStatus,
    EvidenceFound,
    ModelIdentity,
    PromptRead,
    Scope,
    Support,
    TextWritten,
)
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.assistant import Assistant
from tests.adapters.test_language_model import FILE
from tests.fakes import ScriptedModel
from tests.support import finish

NOTICE = "How much notice must the tenant give to end the lease?"


def ask(assistant: Assistant, model: ScriptedModel, question: str = NOTICE) -> Answer:
    engine = AnswerEngine(assistant.retriever, lambda: model, answer_tokens=160)
    return finish(engine.ask(question))


def test_a_supported_sentence_is_verified_and_cited(sample_assistant: Assistant) -> None:
    model = ScriptedModel("The Tenant gives the Landlord sixty days' written notice.")
    answer = ask(sample_assistant, model)
    assert answer.status is AnswerStatus.ANSWERED
    (sentence,) = answer.sentences
    assert sentence.support is Support.VERIFIED
    citation = answer.citations[sentence.citations[0] - 1]
    assert citation.path.name == "Lease 2021.pdf"
    assert "sixty (60) days" in citation.quote
    assert citation.page_labels == ("2",)
    assert citation.pages == (4,)


def test_an_unsupported_sentence_is_shown_as_such(sample_assistant: Assistant) -> None:
    text = "The Tenant gives the Landlord sixty days' written notice. The fine is 900 crowns."
    answer = ask(sample_assistant, ScriptedModel(text))
    assert [s.support for s in answer.sentences] == [Support.VERIFIED, Support.UNSUPPORTED]
    assert answer.sentences[1].citations == ()
    assert answer.sentences[1].text in answer.text


def test_an_answer_of_which_nothing_stands_becomes_the_evidence(
    sample_assistant: Assistant,
) -> None:
    answer = ask(sample_assistant, ScriptedModel("Four hundred years of notice are customary."))
    assert answer.status is AnswerStatus.EVIDENCE_ONLY
    assert "Four hundred" not in answer.text
    assert "sixty (60) days" in answer.text
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    assert [sentence.text for sentence in answer.sentences] == quotes


def test_an_empty_answer_of_the_model_becomes_the_evidence(sample_assistant: Assistant) -> None:
    assert ask(sample_assistant, ScriptedModel("")).status is AnswerStatus.EVIDENCE_ONLY


def test_what_is_not_there_is_declined_without_the_model(sample_assistant: Assistant) -> None:
    model = ScriptedModel("Paris.")
    answer = ask(sample_assistant, model, "Who won the football world cup of 1990 in Rome?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert model.prompts == []
    assert answer.passages
    assert answer.citations == ()


def test_evidence_comes_before_the_first_word(sample_assistant: Assistant) -> None:
    engine = AnswerEngine(sample_assistant.retriever, lambda: ScriptedModel("One two."), 160)
    kinds = [type(step) for step in engine.ask(NOTICE)]
    assert kinds[0] is EvidenceFound
    assert set(kinds[1:]) == {PromptRead, TextWritten}


def test_stopping_stops_the_model(sample_assistant: Assistant) -> None:
    model = ScriptedModel("One two three four.")
    engine = AnswerEngine(sample_assistant.retriever, lambda: model, 160)
    steps = engine.ask(NOTICE)
    while not isinstance(next(steps), TextWritten):
        pass
    steps.close()
    assert model.stopped


def test_the_answer_tells_how_it_was_written(sample_assistant: Assistant) -> None:
    said = "The Tenant gives the Landlord sixty days' written notice."
    answer = ask(sample_assistant, ScriptedModel(said))
    writing = answer.writing
    assert writing is not None
    assert writing.text.split() == said.split()
    assert NOTICE in writing.prompt.text
    given = [answer.passages[place].chunk for place in writing.passages]
    assert [" ".join(chunk.titled_text.split()) for chunk in given]
    assert given == sorted(given, key=lambda chunk: (chunk.document_id, chunk.ordinal))
    assert writing.model.name == answer.model == "scripted"
    assert writing.tokens.prompt == writing.tokens.evaluated > 0


class LargerModel(LlamaCppModel):
    """The bundled model, asked as if it were a larger one: with all passages that fit."""

    @property
    def is_small(self) -> bool:
        return False


def test_another_question_on_the_same_passages_evaluates_little_of_its_prompt(
    sample_assistant: Assistant,
) -> None:
    model = LargerModel(FILE, ModelIdentity("bundled", "0" * 64), threads=2)
    engine = AnswerEngine(sample_assistant.retriever, lambda: model, answer_tokens=16)
    entries = sample_assistant.library.documents()
    (lease,) = [one.document.id for one in entries if one.path.name == "Lease 2021.pdf"]
    questions = (NOTICE, "How much notice must the landlord give to end the lease?")
    first, second = (
        finish(engine.ask(question, Scope(None, (lease,)))).writing for question in questions
    )
    model.close()
    assert first is not None
    assert second is not None
    assert len(first.passages) == len(second.passages) > 1
    assert first.tokens.evaluated == first.tokens.prompt
    assert second.tokens.evaluated <= 0.3 * second.tokens.prompt


def test_the_real_model_answers_with_the_right_page(sample_assistant: Assistant) -> None:
    answer = finish(sample_assistant.answers.ask(NOTICE))
    assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.EVIDENCE_ONLY)
    cited = {(citation.path.name, page) for citation in answer.citations for page in citation.pages}
    assert ("Lease 2021.pdf", 4) in cited
    assert "sixty" in answer.text
