"""From a question to an answer whose every sentence is checked against a page."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    AnswerTimes,
    Citation,
    EvidenceFound,
    Passage,
    Retrieval,
    Scope,
    SearchMode,
    Support,
    TextWritten,
)
from desktop_rag.pipeline.citing import CheckedSentence, best_quote, check_answer
from desktop_rag.pipeline.evidence import locate, sentence_around
from desktop_rag.pipeline.normalising import searchable
from desktop_rag.pipeline.prompting import make_prompt
from desktop_rag.ports import LanguageModel
from desktop_rag.services.retriever import Retriever

_PASSAGES = 6
# Below both, nothing that was found is taken for an answer (docs/decisions/004).
_LEAST_RELEVANCE = 0.1
_LEAST_EVIDENCE = 0.1
_NOT_FOUND = "The documents do not seem to say."
_QUOTED_SENTENCES = 2


class AnswerEngine:
    """Retrieves, declines or writes, and checks. The language model is loaded when first needed."""

    def __init__(
        self,
        retriever: Retriever,
        load_model: Callable[[], LanguageModel],
        answer_tokens: int,
    ) -> None:
        self._retriever = retriever
        self._load_model = load_model
        self._answer_tokens = answer_tokens

    def ask(
        self,
        question: str,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        *,
        mode: SearchMode = SearchMode.HYBRID,
        rerank: bool = True,
    ) -> Generator[EvidenceFound | TextWritten, None, Answer]:
        """Yield the evidence, then the words as they are written; return the checked answer.

        Raises ModelError if the language model cannot be loaded, UnknownDocument and
        UnknownCollection as `Retriever.retrieve`.
        """
        started = time.perf_counter()
        found = self._retriever.retrieve(question, scope, top=_PASSAGES, mode=mode, rerank=rerank)
        retrieved = time.perf_counter()
        yield EvidenceFound(found.passages, found.coverage)
        if not bears_answer(found.passages):
            return _declined(found, _times(started, retrieved, None))
        model = self._load_model()
        passages = sorted(found.passages, key=lambda passage: -_best_evidence(passage))
        prompt, issued = make_prompt(
            question,
            passages,
            small_model=model.is_small,
            budget=model.context_tokens - self._answer_tokens,
            count_tokens=model.count_tokens,
        )
        pieces: list[str] = []
        first_token: float | None = None
        for piece in model.write(prompt, max_tokens=self._answer_tokens):
            first_token = first_token or time.perf_counter()
            pieces.append(piece)
            yield TextWritten(piece)
        checked = check_answer("".join(pieces), passages, issued, question)
        times = _times(started, retrieved, first_token)
        return _assembled(found, passages, checked, model.identity.name, times)


def _declined(found: Retrieval, times: AnswerTimes) -> Answer:
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
    )


def bears_answer(passages: Sequence[Passage]) -> bool:
    """Whether anything found is worth the model's time."""
    relevance = max((passage.relevance or 0.0 for passage in passages), default=0.0)
    evidence = max((_best_evidence(passage) for passage in passages), default=0.0)
    return relevance >= _LEAST_RELEVANCE or evidence >= _LEAST_EVIDENCE


def _best_evidence(passage: Passage) -> float:
    return max((item.score for item in passage.evidence), default=0.0)


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
            )
        )
        return len(self.issued)


def _assembled(
    found: Retrieval,
    passages: Sequence[Passage],
    checked: Sequence[CheckedSentence],
    model: str,
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
    return Answer(
        question=found.question,
        status=status,
        text=" ".join(_with_markers(sentence) for sentence in sentences),
        sentences=tuple(sentences),
        citations=tuple(citations.issued),
        passages=found.passages,
        coverage=found.coverage,
        model=model,
        milliseconds=times,
    )


def _quoted(citations: _Citations) -> list[AnswerSentence]:
    """The best evidence, word for word."""
    candidates = [
        (evidence, passage) for passage in citations.passages for evidence in passage.evidence
    ]
    candidates.sort(key=lambda pair: -pair[0].score)
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


def _times(started: float, retrieved: float, first_token: float | None) -> AnswerTimes:
    return AnswerTimes(
        retrieve=1000 * (retrieved - started),
        first_token=None if first_token is None else 1000 * (first_token - started),
        total=1000 * (time.perf_counter() - started),
    )
