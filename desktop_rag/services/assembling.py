"""The answer that the reader gets: the model's checked sentences, or the documents' own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_rag.domain import (
    Answer,
    AnswerNote,
    AnswerSentence,
    AnswerStatus,
    AnswerTimes,
    Citation,
    Passage,
    Retrieval,
    Support,
    Writing,
)
from desktop_rag.pipeline.citing import CheckedSentence, best_quote
from desktop_rag.pipeline.evidence import locate, sentence_around
from desktop_rag.pipeline.hiding import is_hidden
from desktop_rag.pipeline.normalising import searchable
from desktop_rag.pipeline.planted import is_planted

_NOT_FOUND = "The documents do not seem to say."
_QUOTED_SENTENCES = 2


def declined(found: Retrieval, times: AnswerTimes) -> Answer:
    """Nothing that was found is taken for an answer."""
    return Answer(
        question=found.question,
        status=AnswerStatus.NOT_FOUND,
        text=_NOT_FOUND,
        sentences=(),
        citations=(),
        passages=found.passages,
        coverage=found.coverage,
        model=None,
        milliseconds=times,
        found_by=found.found_by,
    )


@dataclass
class _Citations:
    """Numbers citations from 1 in the order in which they are first needed."""

    question: str
    passages: Sequence[Passage]
    issued: list[Citation] = field(default_factory=list)

    def cite(self, statement: str, passage_index: int) -> int:
        passage = self.passages[passage_index]
        start, end = best_quote(statement, self.question, passage)
        return self.cite_range(passage, start, end)

    def cite_range(self, passage: Passage, start: int, end: int) -> int:
        """The marker for these characters of a passage; the same characters keep their marker."""
        spans = tuple(span for span, _ in locate(passage.chunk, start, end))
        for citation in self.issued:
            if citation.document_id == passage.chunk.document_id and citation.spans == spans:
                return citation.marker
        pages = tuple(sorted({span.page for span in spans}))
        places = [passage.chunk.pages.index(page) for page in pages]
        self.issued.append(
            Citation(
                marker=len(self.issued) + 1,
                document_id=passage.chunk.document_id,
                path=passage.path,
                pages=pages,
                page_labels=tuple(passage.page_labels[place] for place in places),
                bates=tuple(passage.bates[place] for place in places if passage.bates),
                ocr=tuple(passage.ocr[place] for place in places if passage.ocr),
                quote=passage.chunk.text[start:end],
                spans=spans,
                hidden=is_hidden(spans, passage.hidden),
            )
        )
        return len(self.issued)


def written(
    found: Retrieval,
    passages: Sequence[Passage],
    checked: Sequence[CheckedSentence],
    writing: Writing,
    times: AnswerTimes,
) -> Answer:
    """The answer in the model's words or, if no sentence of it stands, in the documents' own.

    `checked` names `passages` by place.
    """
    citations = _Citations(found.question, passages)
    sentences = [
        AnswerSentence(
            item.text, item.support, tuple(citations.cite(item.text, i) for i in item.sources)
        )
        for item in checked
    ]
    status = AnswerStatus.ANSWERED
    if not any(sentence.support is Support.VERIFIED for sentence in sentences):
        status = AnswerStatus.EVIDENCE_ONLY
        sentences = _quoted(citations)
    return _answer(found, status, sentences, citations, times, writing=writing)


def quoted(
    found: Retrieval,
    passages: Sequence[Passage],
    note: AnswerNote,
    detail: str,
    times: AnswerTimes,
) -> Answer:
    """The evidence itself. `note` and `detail` say why no model wrote, as in `Answer`."""
    citations = _Citations(found.question, passages)
    sentences, status = _quoted(citations), AnswerStatus.EVIDENCE_ONLY
    return _answer(found, status, sentences, citations, times, note=note, detail=detail)


def cited(question: str, places: Sequence[tuple[Passage, int, int]]) -> tuple[Citation, ...]:
    """A citation for each of these ranges of passages' texts, numbered from 1 in their order."""
    citations = _Citations(question, [])
    for passage, start, end in places:
        citations.cite_range(passage, start, end)
    return tuple(citations.issued)


def _answer(
    found: Retrieval,
    status: AnswerStatus,
    sentences: Sequence[AnswerSentence],
    citations: _Citations,
    times: AnswerTimes,
    *,
    writing: Writing | None = None,
    note: AnswerNote = AnswerNote.NONE,
    detail: str = "",
) -> Answer:
    return Answer(
        question=found.question,
        status=status,
        text=" ".join(_with_markers(sentence) for sentence in sentences),
        sentences=tuple(sentences),
        citations=tuple(citations.issued),
        passages=found.passages,
        coverage=found.coverage,
        model=None if writing is None else writing.model.name,
        milliseconds=times,
        note=note,
        detail=detail,
        writing=writing,
        found_by=found.found_by,
    )


def _quoted(citations: _Citations) -> list[AnswerSentence]:
    """The best evidence, word for word; what speaks to a program only if there is nothing else."""
    candidates = [
        (evidence, passage) for passage in citations.passages for evidence in passage.evidence
    ]
    candidates.sort(key=lambda pair: (is_planted(searchable(pair[0].text)), -pair[0].score))
    quoted: list[AnswerSentence] = []
    for evidence, passage in candidates[:_QUOTED_SENTENCES]:
        start, end = sentence_around(passage.chunk, evidence.span)
        marker = citations.cite_range(passage, start, end)
        text = searchable(passage.chunk.text[start:end])
        quoted.append(AnswerSentence(text, Support.VERIFIED, (marker,)))
    return quoted


def _with_markers(sentence: AnswerSentence) -> str:
    markers = "".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {markers}" if markers else sentence.text
