"""What was found in whole documents as an answer: each row a quotation with its exact place."""

from dataclasses import replace

from desktop_rag.domain import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    AnswerTimes,
    Coverage,
    Evidence,
    Passage,
    Support,
    Survey,
    WholeKind,
)
from desktop_rag.pipeline.evidence import locate
from desktop_rag.pipeline.normalising import searchable
from desktop_rag.pipeline.whole_questions import WholeQuestion
from desktop_rag.services.assembling import cited
from desktop_rag.services.ground import Finding, Ground, Row

_MOST_NAMES = 20


def tabulated(
    question: str,
    asked: WholeQuestion,
    ground: Ground,
    finding: Finding,
    coverage: Coverage,
    times: AnswerTimes,
) -> Answer:
    """The table; where nothing was found, the nearest places are the answer's passages."""
    survey = _survey(asked, ground, finding)
    places = [(_passage(row, ground, rank), row) for rank, row in enumerate(finding.rows, start=1)]
    citations = cited(question, [(passage, row.start, row.end) for passage, row in places])
    sentences = [
        AnswerSentence(searchable(one.quote), Support.VERIFIED, (one.marker,)) for one in citations
    ]
    lines = [
        told(survey, len(citations)),
        *(f"{one.text} [{one.citations[0]}]" for one in sentences),
    ]
    nearest = [_passage(row, ground, rank) for rank, row in enumerate(finding.nearest, start=1)]
    return Answer(
        question=question,
        status=AnswerStatus.ANSWERED if citations else AnswerStatus.NOT_FOUND,
        text="\n".join(lines),
        sentences=tuple(sentences),
        citations=citations,
        passages=() if citations else tuple(nearest),
        coverage=coverage,
        model=None,
        milliseconds=times,
        survey=survey,
    )


def told(survey: Survey, rows: int) -> str:
    """What was looked through and what was found, in words."""
    documents = _counted(survey.documents, "document")
    looked = f"Looked through {'all ' if survey.documents > 1 else ''}{documents}."
    parts = [looked, _found(survey, rows)]
    if rows and survey.without:
        names = ", ".join(path.name for path in survey.without[:_MOST_NAMES])
        more = len(survey.without) - _MOST_NAMES
        parts.append(f"Nothing was found in: {names}{f' and {more} more' if more > 0 else ''}.")
    if not survey.read_all:
        which = "Some" if survey.kind is WholeKind.SUMMARY else "The closest"
        parts.append(
            f"{which} {survey.read:,} of {survey.passages:,} passages were read word by word."
        )
    if survey.left_out:
        parts.append(f"The table holds {rows:,} of them; {survey.left_out:,} are left out.")
    return " ".join(parts)


def _found(survey: Survey, rows: int) -> str:
    if not rows:
        return "Nothing was found that matches."
    if survey.kind is WholeKind.SUMMARY:
        of = "the document" if survey.holding == 1 else "the documents"
        return f"Sentences taken from {of}:"
    documents = _counted(survey.documents, "document")
    if survey.of_documents:
        least = "At least " if survey.kind is WholeKind.COUNT else ""
        hold = "holds" if survey.holding == 1 else "hold"
        return f"{least}{survey.holding:,} of {documents} {hold} a matching place."
    were = "was" if rows == 1 else "were"
    places = _counted(rows + survey.left_out, "place")
    return f"At least {places} {were} found, in {_counted(survey.holding, 'document')}."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _survey(asked: WholeQuestion, ground: Ground, finding: Finding) -> Survey:
    holding = finding.holding | {row.chunk.document_id for row in finding.rows}
    without = [entry.path for entry in ground.entries if entry.document.id not in holding]
    return Survey(
        kind=asked.kind,
        target=asked.target,
        of_documents=asked.of_documents,
        documents=len(ground.entries),
        holding=len(holding),
        passages=finding.passages,
        read=finding.read,
        without=tuple(without),
        left_out=finding.left_out,
    )


def _passage(row: Row, ground: Ground, rank: int) -> Passage:
    """The row's passage, with the row as its evidence."""
    pieces = locate(row.chunk, row.start, row.end)
    evidence = tuple(Evidence(span, text, row.score) for span, text in pieces)
    return replace(ground.placing.passage(row.chunk, rank, row.score), evidence=evidence)
