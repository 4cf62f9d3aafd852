"""The table of search quality: each stage alone and together, on question sets with judged pages.

    python benchmarks/quality.py --sets FOLDER [--questions N] [--libraries FOLDER]

FOLDER holds one folder a set, with its PDFs and `questions.jsonl`. Without --sets, the table is
made for the samples. With --questions, N answerable questions of each set are drawn, the same at
each run. Behind each mean stand the 2.5 and 97.5 percentiles of 2,000 bootstrap samples.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import random  # noqa: E402
import statistics  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.domain import Passage, SearchMode  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.services.quality_check import (  # noqa: E402
    Question,
    metrics,
    names_of,
    ranked_pages,
    read_questions,
    scope_of,
    spoken_names,
)
from desktop_rag.wiring import open_assistant  # noqa: E402

STAGES = ("dense", "BM25", "hybrid", "rerank alone", "all")
METRICS = ("nDCG@10", "recall@50", "MRR@10", "precision@5")
SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "quality"
SAMPLES_DRAWN = 2000

Scores = NDArray[np.float64]  # (questions, stages, metrics)


def measure(folder: Path, library: Path, most: int | None) -> tuple[Scores, list[float]]:
    """Scores of every question of the set in `folder`, and milliseconds of each whole search."""
    assistant, _ = open_assistant(library)
    try:
        finish(assistant.library.add([_pdfs(folder, assistant)]))
        questions = [q for q in read_questions(folder / "questions.jsonl") if q.answerable]
        if most is not None and most < len(questions):
            questions = random.Random(1).sample(questions, most)
        names = names_of(assistant.library.documents())
        times: list[float] = []
        scores = [_scores(assistant, question, names, times) for question in questions]
        return np.array(scores), times
    finally:
        assistant.close()


def _scores(
    assistant: Assistant, question: Question, names: dict[str, tuple[str, ...]], times: list[float]
) -> list[list[float]]:
    scope = scope_of(question, names)

    def found(mode: SearchMode, *, rerank: bool = False) -> list[Passage]:
        retrieve = assistant.retriever.retrieve
        whole = retrieve(question.text, scope, mode=mode, rerank=rerank, evidence=False)
        return list(whole.passages)

    first = [found(mode) for mode in (SearchMode.DENSE, SearchMode.KEYWORD, SearchMode.HYBRID)]
    started = time.perf_counter()
    final = found(SearchMode.HYBRID, rerank=True)
    times.append(1000 * (time.perf_counter() - started))
    reranked = sorted(final, key=lambda passage: passage.ranks.rerank or 0)
    spoken = spoken_names(question, names)
    return [
        list(metrics([page[:2] for page in ranked_pages(order, spoken)], question.grades)[:4])
        for order in (*first, reranked, final)
    ]


def _pdfs(folder: Path, assistant: Assistant) -> Path:
    return assistant.samples_folder if folder == SAMPLES else folder


def interval(values: Sequence[Scores], stage: int, metric: int) -> str:
    """The mean over the sets of their means, with its bootstrap interval."""
    chance = np.random.default_rng(0)
    drawn = np.zeros(SAMPLES_DRAWN)
    for scores in values:
        column = scores[:, stage, metric]
        places = chance.integers(0, len(column), (SAMPLES_DRAWN, len(column)))
        drawn += column[places].mean(axis=1) / len(values)
    low, high = np.percentile(drawn, [2.5, 97.5])
    middle = np.mean([scores[:, stage, metric].mean() for scores in values])
    return f"{middle:.3f} ({low:.3f}–{high:.3f})"


def main() -> None:
    """Print a Markdown table for each measure, the ratio to dense, and the latency."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path)
    options.add_argument("--questions", type=int)
    options.add_argument("--libraries", type=Path, help="keep the libraries here between runs")
    chosen = options.parse_args()
    folders = sorted(f.parent for f in chosen.sets.glob("*/questions.jsonl")) if chosen.sets else []
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.libraries or Path(temporary)
        table(folders or [SAMPLES], home, chosen.questions)


def table(folders: list[Path], home: Path, most: int | None) -> None:
    """Measure set by set, then print."""
    sets: dict[str, Scores] = {}
    times: list[float] = []
    for folder in folders:
        scores, spent = measure(folder, home / folder.name, most)
        sets[folder.name] = scores
        times += spent
        means = "  ".join(f"{value:.3f}" for value in scores[:, :, 0].mean(axis=0))
        print(f"{folder.name}: {len(scores)} questions, nDCG@10 {means}", flush=True)
    for metric, title in enumerate(METRICS):
        print(f"\n| {title} | questions |", " | ".join(STAGES), "|")
        print("|---|---|" + "---|" * len(STAGES))
        for name, scores in sets.items():
            cells = " | ".join(interval([scores], stage, metric) for stage in range(len(STAGES)))
            print(f"| {name} | {len(scores)} | {cells} |")
        cells = " | ".join(
            interval(list(sets.values()), stage, metric) for stage in range(len(STAGES))
        )
        print(f"| **mean** | {sum(map(len, sets.values()))} | {cells} |")
    means = np.mean([scores[:, :, 0].mean(axis=0) for scores in sets.values()], axis=0)
    print(f"\nmean nDCG@10 of all stages beside dense alone: {means[-1] / means[0]:.3f} times")
    for name, scores in sets.items():
        own = scores[:, :, 0].mean(axis=0)
        recalls = scores[:, :, 1].mean(axis=0)
        print(
            f"{name}: all beside the best of its stages {own[-1] - own[:-1].max():+.3f}, "
            f"recall@50 of the first stage beside dense {recalls[2] - recalls[0]:+.3f}"
        )
    print(f"a whole search: median {statistics.median(times):.0f} ms")


if __name__ == "__main__":
    main()
