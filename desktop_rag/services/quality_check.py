"""`evaluate`: how well the right pages are found, on questions whose pages a person has judged."""

import json
import math
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desktop_rag.domain import LibraryEntry, Passage, Scope, SearchMode
from desktop_rag.errors import WrongUsage
from desktop_rag.services.library import Library
from desktop_rag.services.retriever import CANDIDATES, Retriever

PageKey = tuple[str, int]
_HIGHEST_GRADE = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question.

    Attributes:
        within: names of the files that it is asked of; none: of all.
        grades: relevance of each page, by (file name, page number).
        answers: texts of the documents that answer it.
    """

    id: str
    text: str
    within: tuple[str, ...]
    grades: Mapping[PageKey, int]
    answerable: bool
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityProgress:
    """`done` of `total` questions are asked."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Means over the answerable questions; each question's ranked pages; latencies.

    Attributes:
        runs: for each question id, (file name, page, score), best first, each page once.
        missed: questions with none of their pages among the first five, in the order asked.
        p50_ms, p95_ms: percentiles of the time of one search.
    """

    questions: int
    ndcg_at_10: float
    recall_at_50: float
    mrr_at_10: float
    precision_at_5: float
    hit_at_5: float
    runs: Mapping[str, tuple[tuple[str, int, float], ...]]
    missed: tuple[Question, ...]
    p50_ms: float
    p95_ms: float


class QualityCheck:
    """Asks judged questions of the library as a user would."""

    def __init__(self, library: Library, retriever: Retriever) -> None:
        self._library = library
        self._retriever = retriever

    def evaluate(
        self,
        questions: Sequence[Question],
        *,
        mode: SearchMode = SearchMode.HYBRID,
        rerank: bool = True,
    ) -> Generator[QualityProgress, None, QualityReport]:
        """Search for every answerable question. Raises WrongUsage for an unknown file name."""
        asked = [question for question in questions if question.answerable]
        names = names_of(self._library.documents())
        runs: dict[str, tuple[tuple[str, int, float], ...]] = {}
        scores: list[tuple[float, ...]] = []
        times: list[float] = []
        for number, question in enumerate(asked, start=1):
            scope = scope_of(question, names)
            started = time.perf_counter()
            found = self._retriever.retrieve(
                question.text, scope, mode=mode, rerank=rerank, evidence=False
            )
            times.append(1000 * (time.perf_counter() - started))
            runs[question.id] = run = ranked_pages(found.passages, spoken_names(question, names))
            scores.append(metrics([(name, page) for name, page, _ in run], question.grades))
            yield QualityProgress(number, len(asked))
        means = np.mean(scores, axis=0) if scores else np.zeros(5)
        p50, p95 = np.percentile(times, [50, 95]) if times else (0.0, 0.0)
        return QualityReport(
            questions=len(asked),
            ndcg_at_10=float(means[0]),
            recall_at_50=float(means[1]),
            mrr_at_10=float(means[2]),
            precision_at_5=float(means[3]),
            hit_at_5=float(means[4]),
            runs=runs,
            missed=tuple(q for q, (*_, hit) in zip(asked, scores, strict=True) if not hit),
            p50_ms=float(p50),
            p95_ms=float(p95),
        )


def names_of(entries: Sequence[LibraryEntry]) -> dict[str, tuple[str, ...]]:
    """The file names of each document, by its id: the same bytes may stand under several."""
    return {entry.document.id: tuple(file.path.name for file in entry.files) for entry in entries}


def read_questions(file: Path) -> list[Question]:
    """Questions from a JSON Lines file. Raises WrongUsage, naming the line that is wrong."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file} cannot be read: {error}.", "Check the name.") from error
    questions: list[Question] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (
                ValueError,
                KeyError,
                TypeError,
                AttributeError,
                OverflowError,
                RecursionError,
            ) as error:
                raise WrongUsage(
                    f"{file}, line {number}, is no question: {error!r}.",
                    'It needs {"id", "question", "relevant": [{"path", "page", "grade"}]}.',
                ) from error
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids):
        twice = next(key for key in ids if ids.count(key) > 1)
        raise WrongUsage(f"{file} has two questions “{twice}”.", "Give each an id of its own.")
    return questions


def ranked_pages(
    passages: Sequence[Passage], names: Mapping[str, str]
) -> tuple[tuple[str, int, float], ...]:
    """Each page that a passage touches, once, at its best rank, 50 deep.

    `names` gives the file name that each document goes by.
    """
    pages: dict[PageKey, float] = {}
    for passage in passages:
        name = names.get(passage.chunk.document_id, passage.path.name)
        for page in passage.chunk.pages:
            pages.setdefault((name, page), passage.score)
    return tuple((name, page, score) for (name, page), score in pages.items())[:CANDIDATES]


def metrics(
    ranked: Sequence[PageKey], grades: Mapping[PageKey, int]
) -> tuple[float, float, float, float, float]:
    """nDCG@10 (gain 2^grade - 1), recall@50, MRR@10, precision@5, hit@5 of one ranking."""
    gains = [2 ** grades.get(key, 0) - 1 for key in ranked]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)
    best = _dcg(ideal[:10])
    relevant = {key for key, grade in grades.items() if grade > 0}
    first = next((rank for rank, gain in enumerate(gains[:10], start=1) if gain), None)
    found = sum(key in relevant for key in ranked[:50])
    hits = sum(key in relevant for key in ranked[:5])
    return (
        _dcg(gains[:10]) / best if best else 0.0,
        found / len(relevant) if relevant else 0.0,
        1.0 / first if first else 0.0,
        hits / 5,
        float(hits > 0),
    )


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _question(record: dict[str, object]) -> Question:
    relevant, within = record.get("relevant"), _list(record.get("within"), "within")
    answerable = record.get("answerable", True)
    if not isinstance(record["question"], str) or not isinstance(answerable, bool):
        raise TypeError("“question” is a text, “answerable” true or false")
    record["question"].encode()
    return Question(
        id=str(record["id"]),
        text=record["question"],
        within=tuple(Path(str(name)).name for name in within),
        grades={
            (Path(page["path"]).name, int(page["page"])): _grade(page.get("grade", 1))
            for page in _list(relevant, "relevant")
        },
        answerable=answerable,
        answers=tuple(str(answer) for answer in _list(record.get("answers"), "answers")),
    )


def _list(value: object, name: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise TypeError(f"“{name}” is a list")
    return value or []


def _grade(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _HIGHEST_GRADE:
        raise ValueError(f"a grade is a whole number from 0 to {_HIGHEST_GRADE}")
    return value


def spoken_names(question: Question, names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The name by which the question speaks of each document, where the same bytes have several."""
    meant = {*question.within, *(name for name, _ in question.grades)}
    return {
        key: next((name for name in known if name in meant), known[0])
        for key, known in names.items()
    }


def scope_of(question: Question, names: Mapping[str, tuple[str, ...]]) -> Scope:
    """The documents that the question is asked of, from the file names of each document id.

    Raises WrongUsage for a file that is not in the library.
    """
    if not question.within:
        return Scope()
    wanted = set(question.within)
    ids = tuple(key for key, known in names.items() if wanted & set(known))
    missing = wanted - {name for key in ids for name in names[key]}
    if missing:
        raise WrongUsage(
            f"Question {question.id} is asked of {min(missing)}, which is not in the library.",
            "Add it first, or correct the name.",
        )
    return Scope(document_ids=ids)
