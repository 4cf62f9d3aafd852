"""search, ask, evaluate."""

import argparse
from collections.abc import Sequence

from desktop_rag.cli import as_json
from desktop_rag.cli.language_notes import note_languages
from desktop_rag.cli.output import Output
from desktop_rag.domain import (
    Answer,
    AnswerNote,
    AnswerStatus,
    Citation,
    Coverage,
    GpuTrial,
    Passage,
    PassagePlace,
    PromptRead,
    Scope,
    Support,
    SurveyProgress,
    TextWritten,
    printed_pages,
)
from desktop_rag.errors import WrongUsage
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.conversing import AskingStep
from desktop_rag.services.quality_check import QualityProgress, read_questions

_QUOTE_CHARACTERS = 160
_NEAREST = 3
_MOST_NAMES = 3
_MOST_MISSED = 20
_SCAN = ", from a scan"
_HIDDEN = " (not visible on the page)"
_BY_WORDS = (
    "Searched by words only: the model that the library was made with is not here any more. "
    "“desktop-rag reembed” prepares the documents for the one in the settings."
)
_WHY = {
    AnswerNote.MODEL_MISSING: "No language model is installed that could write an answer.",
    AnswerNote.MODEL_UNUSABLE: "The language model could not be loaded.",
    AnswerNote.MODEL_FAILED: "The language model failed while it wrote.",
    AnswerNote.OUT_OF_MEMORY: "The free memory does not suffice for the language model.",
}


def search(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """The passages, best first."""
    found = assistant.retriever.retrieve(
        _question(chosen),
        _scope(chosen),
        top=chosen.top,
        mode=chosen.mode,
        rerank=not chosen.no_rerank,
    )
    output.result(as_json.of_search(found))
    for passage in found.passages:
        output.line(f"{passage.rank:>2}. {_place(passage)}")
        output.line(f"    {_shortened(_gist(passage))}")
        if passage.alike:
            output.line(f"    and {len(passage.alike)} more like this: {_names(passage.alike)}")
    if not found.passages:
        output.line("Nothing was found.")
    _say_coverage(found.coverage, output)
    note_languages(assistant, output, assistant.retriever.entries_in(_scope(chosen)))
    return 0


def ask(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """The answer as it is written, then its sentences as they were checked."""
    question, scope, rerank = _question(chosen), _scope(chosen), not chosen.no_rerank
    mode, whole = chosen.mode, not chosen.passages_only
    kept = {}
    if chosen.keep:
        asking = assistant.conversing.ask(
            question, scope, None, mode=mode, rerank=rerank, whole=whole
        )
        turn = output.follow(asking, describe_writing)
        answer, kept = turn.answer, {"turn_id": turn.id}
    else:
        steps = assistant.answers.ask(question, scope, mode=mode, rerank=rerank, whole=whole)
        answer = output.follow(steps, describe_writing)
    output.result(as_json.of_answer(answer) | kept)
    _say_answer(answer, output)
    _say_coverage(answer.coverage, output)
    if kept:
        output.line(f"Kept as {kept['turn_id']}.")
    return 0


def describe_writing(step: AskingStep) -> tuple[str, float, float]:
    """Label, done and total of a step of an answer."""
    if isinstance(step, SurveyProgress):
        things = "passages" if step.of_passages else "documents"
        return f"Looking through {step.done:,} of {step.total:,} {things}", step.done, step.total
    if isinstance(step, GpuTrial):
        return "Trying the GPU", 0, 0
    if isinstance(step, PromptRead):
        return "Reading the passages", step.done, step.total
    return ("Writing" if isinstance(step, TextWritten) else "Reading the passages"), 0, 0


def evaluate(assistant: Assistant, chosen: argparse.Namespace, output: Output) -> int:
    """Means over the answerable questions."""
    questions = read_questions(chosen.questions)

    def describe(step: QualityProgress) -> tuple[str, float, float]:
        return f"{step.done}/{step.total} questions", step.done, step.total

    steps = assistant.quality.evaluate(questions, mode=chosen.mode, rerank=not chosen.no_rerank)
    report = output.follow(steps, describe)
    output.result(as_json.of_quality(report))
    output.line(
        f"{report.questions} questions, {report.p50_ms:.0f} ms each (p95 {report.p95_ms:.0f})"
    )
    means = {
        "nDCG@10": report.ndcg_at_10,
        "recall@50": report.recall_at_50,
        "MRR@10": report.mrr_at_10,
        "precision@5": report.precision_at_5,
        "hit@5": report.hit_at_5,
    }
    output.line("  ".join(f"{name} {value:.3f}" for name, value in means.items()))
    for question in report.missed[:_MOST_MISSED]:
        pages = ", ".join(f"{name} p. {page}" for name, page in sorted(question.grades))
        output.line(f"  Not among the first five: “{_shortened(question.text)}” ({pages})")
    if len(report.missed) > _MOST_MISSED:
        output.line(f"  and {len(report.missed) - _MOST_MISSED} more; “--json” lists them all")
    return 0


def _question(chosen: argparse.Namespace) -> str:
    question = str(chosen.question).strip()
    if not question:
        raise WrongUsage("The question is empty.", "Put it in quotes after the command.")
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise WrongUsage(
            "The question is not in UTF-8.", "Check the terminal's encoding."
        ) from error
    return question


def _scope(chosen: argparse.Namespace) -> Scope:
    return Scope(
        chosen.collection, tuple(chosen.document), chosen.pages, chosen.since, chosen.until
    )


def _say_answer(answer: Answer, output: Output) -> None:
    if answer.table:
        output.line(answer.text.split("\n", 1)[0])
        _say_table(answer.table, output)
        return
    if answer.status is AnswerStatus.NOT_FOUND:
        output.line(f"{answer.text} Closest places:" if answer.passages else answer.text)
        for passage in answer.passages[:_NEAREST]:
            output.line(f"  {_place(passage)}: {_shortened(_gist(passage))}")
        return
    if answer.note in _WHY:
        output.line(f"{_WHY[answer.note]} {answer.detail}".rstrip())
    if answer.status is AnswerStatus.EVIDENCE_ONLY:
        output.line("In the documents' own words:")
    for sentence in answer.sentences:
        markers = "".join(f"[{number}]" for number in sentence.citations)
        note = "" if sentence.support is Support.VERIFIED else "   (not found in the documents)"
        output.line(f"{sentence.text} {markers}{note}".rstrip())
    output.line()
    for citation in answer.citations:
        pages = printed_pages(citation.page_labels, citation.pages, citation.bates)
        scan = _SCAN if any(citation.ocr) else ""
        hidden = _HIDDEN if citation.hidden else ""
        output.line(f"[{citation.marker}] {citation.path.name}, p. {pages}{scan}{hidden}")
        output.line(f"    “{' '.join(citation.quote.split())}”")


def _say_table(rows: Sequence[Citation], output: Output) -> None:
    """A line a row: document, page, quote, the first two as wide as the widest."""
    pages = [f"p. {printed_pages(row.page_labels, row.pages, row.bates)}" for row in rows]
    name_width = max(len(row.path.name) for row in rows)
    page_width = max(map(len, pages))
    output.line()
    for row, page in zip(rows, pages, strict=True):
        scan = _SCAN if any(row.ocr) else ""
        hidden = _HIDDEN if row.hidden else ""
        quote = f"“{' '.join(row.quote.split())}”{scan}{hidden}"
        output.line(f"{row.path.name:<{name_width}}  {page:<{page_width}}  {quote}")
    output.line()


def _say_coverage(coverage: Coverage, output: Output) -> None:
    documents = "document" if coverage.searched == 1 else "documents"
    output.line(f"Searched {coverage.searched} {documents}.")
    if coverage.by_words_only:
        output.line(_BY_WORDS)
    for item in coverage.unreadable:
        output.line(f"  Not searched: {item.path.name}. {item.reason}")


def _place(passage: Passage) -> str:
    heading = f" ({passage.chunk.heading})" if passage.chunk.heading else ""
    pages = printed_pages(passage.page_labels, passage.chunk.pages, passage.bates)
    scan = _SCAN if any(passage.ocr) else ""
    hidden = _HIDDEN if passage.gist_is_hidden else ""
    return f"{passage.path.name}, p. {pages}{scan}{heading}{hidden}"


def _names(places: Sequence[PassagePlace]) -> str:
    names = list(dict.fromkeys(place.path.name for place in places))
    more = f" and {len(names) - _MOST_NAMES} other files" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _gist(passage: Passage) -> str:
    text = passage.evidence[0].text if passage.evidence else passage.chunk.plain_text
    return " ".join(text.split())


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_CHARACTERS else text[: _QUOTE_CHARACTERS - 1] + "…"
