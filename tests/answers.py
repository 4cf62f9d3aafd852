"""Answers as the engine would give them, for tests of what happens to them afterwards."""

from pathlib import Path

from desktop_rag.domain import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    AnswerTimes,
    Chunk,
    Citation,
    Coverage,
    Evidence,
    Passage,
    Ranks,
    Span,
    Support,
    UnreadDocument,
)


def make_answer(question: str, *document_ids: str, text: str = "") -> Answer:
    """An answer that cites the first of the documents and lists a passage of every one."""
    passages = tuple(_passage(rank, key) for rank, key in enumerate(document_ids, start=1))
    citations = tuple(
        Citation(1, key, Path(f"/x/{key}.pdf"), (4,), ("ii",), "quote", (Span(4, 0, 5),))
        for key in document_ids[:1]
    )
    return Answer(
        question=question,
        status=AnswerStatus.ANSWERED,
        text=text,
        sentences=(AnswerSentence(text, Support.VERIFIED, (1,)),),
        citations=citations,
        passages=passages,
        coverage=Coverage(2, (UnreadDocument(Path("/x/bad.pdf"), "It is damaged."),)),
        model="scripted",
        milliseconds=AnswerTimes(1.0, None, 2.5),
    )


def _passage(rank: int, document_id: str) -> Passage:
    spans = (Span(4, 0, 5), Span(5, 0, 3))
    chunk = Chunk(document_id, 0, "quote\nall", "quote all", "7. Term", spans)
    evidence = (Evidence(Span(4, 0, 5), "quote", 0.5),)
    path = Path(f"/x/{document_id}.pdf")
    return Passage(rank, chunk, path, ("ii", "1"), 1.5, 0.25, Ranks(1, None, 2), evidence)
