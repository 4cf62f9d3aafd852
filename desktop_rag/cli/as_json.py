"""The JSON of the terminal contract."""

from collections.abc import Sequence
from typing import Any

from desktop_rag.domain import (
    AddedFile,
    AddReport,
    Answer,
    Citation,
    Coverage,
    LibraryEntry,
    ModelChange,
    Passage,
    ReembedReport,
    Retrieval,
    Survey,
)
from desktop_rag.services.quality_check import QualityReport

Json = dict[str, Any]


def of_add(report: AddReport) -> Json:
    return {
        "documents": [of_added(file) for file in report.files],
        "seconds": round(report.seconds, 3),
    }


def of_added(file: AddedFile) -> Json:
    return {
        "path": str(file.path),
        "document_id": file.document_id or None,
        "status": file.status.value,
        "pages": file.page_count,
        "ocr_pages": list(file.ocr_pages),
        "unreadable_pages": list(file.unreadable_pages),
        "chunks": file.chunk_count,
        "message": file.message,
    }


def of_documents(entries: Sequence[LibraryEntry]) -> Json:
    return {
        "documents": [
            {
                "document_id": entry.document.id,
                "path": str(entry.path),
                "paths": [str(file.path) for file in entry.files],
                "files": [
                    {"path": str(file.path), "state": file.state.value} for file in entry.files
                ],
                "collections": sorted({file.collection for file in entry.files}),
                "status": entry.document.status.value,
                "pages": entry.document.page_count,
                "chunks": entry.document.chunk_count,
                "languages": list(entry.document.languages),
                "message": entry.document.message,
                "added_at": entry.document.added_at,
            }
            for entry in entries
        ]
    }


def of_change(change: ModelChange) -> Json:
    return {"made_with": change.made_with, "wanted": change.wanted, "is_here": change.is_here}


def of_reembed(report: ReembedReport) -> Json:
    return {
        "model": report.model,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
    }


def of_search(found: Retrieval) -> Json:
    times = found.milliseconds
    return {
        "question": found.question,
        "passages": [_passage(passage) for passage in found.passages],
        "coverage": _coverage(found.coverage),
        "milliseconds": {
            "embed": round(times.embed, 1),
            "search": round(times.search, 1),
            "rerank": round(times.rerank, 1),
            "total": round(times.total, 1),
        },
    }


def of_answer(answer: Answer) -> Json:
    times = answer.milliseconds
    first_token = times.first_token
    return {
        "question": answer.question,
        "status": answer.status.value,
        "answer": answer.text,
        "sentences": [
            {
                "text": sentence.text,
                "support": sentence.support.value,
                "citations": list(sentence.citations),
            }
            for sentence in answer.sentences
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "table": [_row(citation) for citation in answer.table],
        "survey": None if answer.survey is None else _survey(answer.survey),
        "nearest": [_passage(passage) for passage in answer.passages],
        "coverage": _coverage(answer.coverage),
        "note": answer.note.value,
        "detail": answer.detail,
        "model": answer.model,
        "prompt_tokens": None if answer.writing is None else answer.writing.tokens.prompt,
        "evaluated_tokens": None if answer.writing is None else answer.writing.tokens.evaluated,
        "milliseconds": {
            "retrieve": round(times.retrieve, 1),
            "first_token": None if first_token is None else round(first_token, 1),
            "total": round(times.total, 1),
        },
    }


def of_quality(report: QualityReport) -> Json:
    return {
        "questions": report.questions,
        "ndcg@10": round(report.ndcg_at_10, 4),
        "recall@50": round(report.recall_at_50, 4),
        "mrr@10": round(report.mrr_at_10, 4),
        "precision@5": round(report.precision_at_5, 4),
        "hit@5": round(report.hit_at_5, 4),
        "runs": {
            key: [
                {"path": path, "page": page, "score": round(score, 4)} for path, page, score in run
            ]
            for key, run in report.runs.items()
        },
        "missed": [question.id for question in report.missed],
        "milliseconds": {"p50": round(report.p50_ms, 1), "p95": round(report.p95_ms, 1)},
    }


def _passage(passage: Passage) -> Json:
    ranks = passage.ranks
    return {
        "rank": passage.rank,
        "document_id": passage.chunk.document_id,
        "path": str(passage.path),
        "pages": list(passage.chunk.pages),
        "page_labels": list(passage.page_labels),
        "bates": list(passage.bates),
        "ocr": list(passage.ocr),
        "score": round(passage.score, 4),
        "text": passage.chunk.text,
        "heading": passage.chunk.heading,
        "alike": [
            {"document_id": one.document_id, "path": str(one.path), "pages": list(one.pages)}
            for one in passage.alike
        ],
        "ranks": {
            "dense": ranks.dense,
            "keyword": ranks.keyword,
            "fused": ranks.fused,
            "rerank": ranks.rerank,
        },
        "spans": [
            {"page": span.page, "start": span.start, "length": span.length}
            for span in passage.chunk.spans
        ],
        "evidence": [
            {
                "page": item.span.page,
                "start": item.span.start,
                "length": item.span.length,
                "text": item.text,
                **_hidden(item.hidden),
            }
            for item in passage.evidence
        ],
        **_hidden(bool(passage.hidden)),
    }


def _hidden(is_hidden: bool) -> Json:
    """A mark on what is not visible on its page, and on nothing else."""
    return {"hidden": True} if is_hidden else {}


def _citation(citation: Citation) -> Json:
    return {
        "marker": citation.marker,
        "document_id": citation.document_id,
        "path": str(citation.path),
        "pages": list(citation.pages),
        "page_labels": list(citation.page_labels),
        "bates": list(citation.bates),
        "ocr": list(citation.ocr),
        "quote": citation.quote,
        "spans": [
            {"page": span.page, "start": span.start, "length": span.length}
            for span in citation.spans
        ],
        **_hidden(citation.hidden),
    }


def _row(citation: Citation) -> Json:
    return {
        "document_id": citation.document_id,
        "path": str(citation.path),
        "pages": list(citation.pages),
        "page_labels": list(citation.page_labels),
        "quote": citation.quote,
        "citation": citation.marker,
    }


def _survey(survey: Survey) -> Json:
    return {
        "kind": survey.kind.value,
        "target": survey.target,
        "documents": survey.documents,
        "holding": survey.holding,
        "passages": survey.passages,
        "read": survey.read,
        "without": [str(path) for path in survey.without],
        "left_out": survey.left_out,
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "searched": coverage.searched,
        "unreadable": [
            {"path": str(item.path), "reason": item.reason} for item in coverage.unreadable
        ],
        "by_words_only": coverage.by_words_only,
    }
