"""Words under a bar: found like others, marked wherever they are shown, not read by the model."""

import json
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_rag.cli import as_json
from desktop_rag.domain import AddStatus, AnswerStatus, Page, PageMethod, ReadDocument
from desktop_rag.services.answer_engine import AnswerEngine
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.judging import judge
from tests.fakes import ScriptedModel
from tests.support import finish, run_program

SECRET = "The insurer secretly agreed to settle the whole claim for four million pounds."
OPEN = "The insurer inspected the damaged warehouse in Rotterdam on the third of May."
QUESTION = "For how many pounds did the insurer settle the claim?"


def redacted(path: Path, *, whole: bool = False) -> Path:
    """A page with a sentence under a black bar, and one that is seen unless `whole` is."""
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 11)
    if not whole:
        canvas.drawString(60, 700, OPEN)
    canvas.drawString(60, 660, SECRET)
    canvas.rect(58, 655, 480, 16, stroke=0, fill=1)
    canvas.save()
    return path


def test_what_is_under_a_bar_is_found_and_marked(tmp_path: Path) -> None:
    home = tmp_path / "data"
    added = run_program("--json", "add", redacted(tmp_path / "Claim.pdf"), home=home).json
    (file,) = added["documents"]
    assert file["status"] == AddStatus.READY
    assert file["message"] == "Page 1 holds text that is not visible on the page."
    found = run_program("--json", "search", QUESTION, home=home).json["passages"][0]
    assert found["hidden"] is True
    coverage = run_program("--json", "search", QUESTION, home=home).json["coverage"]
    assert coverage["searched"] == 1
    assert coverage["unreadable"] == []  # it was read, all of it
    marked = {one["text"]: one.get("hidden") for one in found["evidence"]}
    assert marked == {SECRET: True, OPEN: None}
    said = run_program("search", QUESTION, home=home).out
    assert "Claim.pdf, p. 1 (not visible on the page)" in said


def test_the_model_is_not_given_it_and_the_quote_of_it_is_marked(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([redacted(tmp_path / "Claim.pdf")]))
    model = ScriptedModel("The insurer settled the whole claim for four million pounds.")
    answer = finish(AnswerEngine(assistant.retriever, lambda: model, 160).ask(QUESTION))
    assert answer.writing is not None
    assert "Rotterdam" in answer.writing.prompt.text
    assert "million" not in answer.writing.prompt.text
    citations = json.loads(json.dumps(as_json.of_answer(answer)))["citations"]
    assert answer.status is AnswerStatus.EVIDENCE_ONLY  # nobody sees what would bear it out
    quotes = {one["quote"]: one.get("hidden") for one in citations}
    assert quotes == {SECRET: True, OPEN: None}


def test_a_page_that_nobody_sees_is_quoted_and_no_model_is_asked(
    assistant: Assistant, tmp_path: Path
) -> None:
    finish(assistant.library.add([redacted(tmp_path / "Claim.pdf", whole=True)]))

    def load() -> ScriptedModel:
        raise AssertionError("there is nothing that it could read")

    answer = finish(AnswerEngine(assistant.retriever, load, 160).ask(QUESTION))
    assert answer.status is AnswerStatus.EVIDENCE_ONLY
    assert [one.hidden for one in answer.citations] == [True]


def test_nothing_of_the_samples_is_hidden(sample_assistant: Assistant) -> None:
    found = sample_assistant.retriever.retrieve("How much notice must the tenant give?")
    assert not any(passage.hidden for passage in found.passages)
    assert "hidden" not in json.dumps(as_json.of_search(found))


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ((), ""),
        ((2,), "Page 2 holds text that is not visible on the page."),
        ((1, 3), "Pages 1, 3 hold text that is not visible on their pages."),
    ],
)
def test_a_document_says_once_which_pages_hold_what_is_not_visible(
    hidden: tuple[int, ...], words: str
) -> None:
    pages = tuple(
        Page(
            number,
            str(number),
            "one two three",
            PageMethod.PDFIUM,
            hidden=((0, 13),) if number in hidden else ((0, 7),),
        )
        for number in (1, 2, 3)
    )
    assert judge(ReadDocument(pages), 1)[1] == words
