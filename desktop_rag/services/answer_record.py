"""The record of an answer: all that it came from, for whoever has to account for it later."""

import json
from pathlib import Path

from desktop_rag.domain import Answer, FoundBy, ModelIdentity, Passage, Scope, Survey, Turn, Writing
from desktop_rag.services.saving import save_new

Json = dict[str, object]


def answer_record(turn: Turn) -> Json:
    """Question, what was searched and found, what the model was given and wrote, and the answer.

    It holds text of the documents. `model`, `prompt`, `written`, `settings` and `tokens` are None
    where no model wrote, and in answers that were kept before records were.
    """
    answer, writing = turn.answer, turn.answer.writing
    given = frozenset() if writing is None else frozenset(writing.passages)
    return {
        "turn_id": turn.id,
        "asked_at": turn.asked_at,
        "question": turn.question,
        "searched": turn.searched,
        "scope": _scope(turn.scope),
        "found_by": _found_by(answer.found_by),
        "passages": [
            _passage(passage, given=place in given) for place, passage in enumerate(answer.passages)
        ],
        **_writing(writing),
        "status": answer.status.value,
        "note": answer.note.value,
        "detail": answer.detail,
        "answer": answer.text,
        "sentences": [
            {"text": one.text, "support": one.support.value, "citations": list(one.citations)}
            for one in answer.sentences
        ],
        "citations": _citations(answer),
        "survey": None if answer.survey is None else _survey(answer.survey),
        "milliseconds": {
            "retrieve": round(answer.milliseconds.retrieve, 1),
            "first_token": answer.milliseconds.first_token,
            "total": round(answer.milliseconds.total, 1),
        },
    }


def save_record(turn: Turn, target: Path) -> Path:
    """Write the record as JSON, for its owner alone, and return `target`. Raises NotSaved."""
    text = json.dumps(answer_record(turn), ensure_ascii=False, indent=2)
    return save_new(f"{text}\n".encode(), target)


def _found_by(found_by: FoundBy | None) -> Json:
    models = FoundBy() if found_by is None else found_by
    return {"embedder": _model(models.embedder), "reranker": _model(models.reranker)}


def _model(model: ModelIdentity | None) -> Json | None:
    return None if model is None else {"name": model.name, "sha256": model.sha256}


def _writing(writing: Writing | None) -> Json:
    if writing is None:
        names = ("model", "prompt", "written", "settings", "tokens", "version")
        return dict.fromkeys(names)
    settings = writing.settings
    return {
        "model": _model(writing.model),
        "prompt": {"text": writing.prompt.text, "stop": list(writing.prompt.stop)},
        "written": writing.text,
        "settings": {
            "search": writing.search,
            "answer_tokens": writing.answer_tokens,
            "context_tokens": settings.context_tokens,
            "step_tokens": settings.step_tokens,
            "threads": settings.threads,
            "gpu": settings.gpu,
            "gpu_layers": settings.gpu_layers,
            "all_layers": settings.all_layers,
            "temperature": 0,
            "seed": settings.seed,
            "repeat_penalty": settings.repeat_penalty,
            "runtime": settings.runtime,
        },
        "tokens": {"prompt": writing.tokens.prompt, "evaluated": writing.tokens.evaluated},
        "version": writing.version,
    }


def _passage(passage: Passage, *, given: bool) -> Json:
    chunk, ranks = passage.chunk, passage.ranks
    return {
        "rank": passage.rank,
        "id": f"{chunk.document_id}:{chunk.ordinal}",
        "document_id": chunk.document_id,
        "file": passage.path.name,
        "pages": list(chunk.pages),
        "score": passage.score,
        "relevance": passage.relevance,
        "ranks": {
            "dense": ranks.dense,
            "keyword": ranks.keyword,
            "fused": ranks.fused,
            "rerank": ranks.rerank,
        },
        "in_prompt": given,
        "text": chunk.text,
    }


def _citations(answer: Answer) -> list[Json]:
    return [
        {
            "marker": one.marker,
            "document_id": one.document_id,
            "file": one.path.name,
            "pages": list(one.pages),
            "quote": one.quote,
        }
        for one in answer.citations
    ]


def _survey(survey: Survey) -> Json:
    return {
        "kind": survey.kind.value,
        "target": survey.target,
        "documents": survey.documents,
        "holding": survey.holding,
        "passages": survey.passages,
        "read": survey.read,
        "without": [path.name for path in survey.without],
        "left_out": survey.left_out,
    }


def _scope(scope: Scope) -> Json:
    pages = scope.pages
    return {
        "collection": scope.collection,
        "document_ids": list(scope.document_ids),
        "pages": None if pages is None else [pages.first, pages.last],
        "since": None if scope.since is None else scope.since.isoformat(),
        "until": None if scope.until is None else scope.until.isoformat(),
    }
