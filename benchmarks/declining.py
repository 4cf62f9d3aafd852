"""How well the program tells a question without an answer, and the weights that it does it by.

    python benchmarks/declining.py --sets FOLDER [--questions N] [--libraries FOLDER]

FOLDER holds one folder a set, with its PDFs and `questions.jsonl`; sets without unanswerable
questions are left out. Of each set N answerable and N unanswerable questions are drawn, the same
at each run, and weighted as the whole set has them. Printed are the precision and the recall of
the program's own declines, those of a model fitted anew (tenfold cross-validation) at each
threshold, and its weights, as they stand in `pipeline/answerable.py`.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import random  # noqa: E402
import tempfile  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.pipeline.answerable import SIGNALS, bears_answer, signals  # noqa: E402
from desktop_rag.services.answer_engine import PASSAGES  # noqa: E402
from desktop_rag.services.quality_check import (  # noqa: E402
    Question,
    names_of,
    read_questions,
    scope_of,
)
from desktop_rag.wiring import open_assistant  # noqa: E402

Floats = NDArray[np.float64]
FOLDS = 10
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
_RIDGE = 3.0
_NEWTON_STEPS = 30


@dataclass(frozen=True)
class Asked:
    """Of each question: its signals (NaN for what cannot be told), whether it has an answer.

    Also how many questions of its set it stands for, its set, and whether the program declined.
    """

    signals: Floats
    answerable: NDArray[np.bool_]
    weights: Floats
    sets: NDArray[np.str_]
    declined: NDArray[np.bool_]


def ask(folders: list[Path], home: Path, most: int) -> Asked:
    """Search for the drawn questions of every set."""
    rows: list[tuple[tuple[float | None, ...], bool, float, str, bool]] = []
    for folder in folders:
        assistant, _ = open_assistant(home / folder.name)
        try:
            finish(assistant.library.add([folder]))
            names = names_of(assistant.library.documents())
            for question, weight in _drawn(read_questions(folder / "questions.jsonl"), most):
                scope = scope_of(question, names)
                found = assistant.retriever.retrieve(question.text, scope, top=PASSAGES)
                declined = not bears_answer(found)
                rows.append((signals(found), question.answerable, weight, folder.name, declined))
        finally:
            assistant.close()
        print(f"{folder.name}: asked", flush=True)
    given, answerable, weights, sets, declined = zip(*rows, strict=True)
    values = np.array([[np.nan if one is None else one for one in row] for row in given])
    return Asked(
        values, np.array(answerable), np.array(weights), np.array(sets), np.array(declined)
    )


def _drawn(questions: list[Question], most: int) -> list[tuple[Question, float]]:
    drawn: list[tuple[Question, float]] = []
    for answerable in (True, False):
        those = [one for one in questions if one.answerable is answerable]
        some = random.Random(11).sample(those, min(most, len(those)))
        drawn += [(one, len(those) / len(some)) for one in some]
    return drawn


def fit(values: Floats, answerable: NDArray[np.bool_], weights: Floats) -> tuple[Floats, ...]:
    """Means, spreads and weights (the bias last) of a logistic model with a small ridge."""
    means, spreads = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    rows = _rows(values, means, spreads)
    found = np.zeros(rows.shape[1])
    ridge = np.diag([*[_RIDGE] * (rows.shape[1] - 1), 0.0])
    for _ in range(_NEWTON_STEPS):
        sure = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (answerable - sure)) - ridge @ found
        bend = (rows * (weights * sure * (1 - sure))[:, None]).T @ rows + ridge
        found += np.linalg.solve(bend, slope)
    return means, spreads, found


def _rows(values: Floats, means: Floats, spreads: Floats) -> Floats:
    known = np.nan_to_num((values - means) / spreads)
    return np.column_stack([known, np.ones(len(values))])


def cross_validated(asked: Asked) -> Floats:
    """The probability of an answer for each question, by a model that has not seen it."""
    folds = np.random.default_rng(0).permutation(len(asked.weights)) % FOLDS
    sure = np.zeros(len(folds))
    for fold in range(FOLDS):
        rest, own = folds != fold, folds == fold
        means, spreads, found = fit(
            asked.signals[rest], asked.answerable[rest], asked.weights[rest]
        )
        sure[own] = 1 / (1 + np.exp(-_rows(asked.signals[own], means, spreads) @ found))
    return sure


def rates(declined: NDArray[np.bool_], asked: Asked) -> str:
    """Precision, recall, and the share of answerable questions that are declined."""
    weights, missing = asked.weights, ~asked.answerable
    right = (weights * (declined & missing)).sum()
    wrong = (weights * (declined & asked.answerable)).sum()
    return (
        f"{right / max(right + wrong, 1e-9):.3f} | {right / weights[missing].sum():.3f} | "
        f"{wrong / weights[asked.answerable].sum():.3f}"
    )


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path, required=True)
    options.add_argument("--questions", type=int, default=1_000)
    options.add_argument("--libraries", type=Path, help="keep the libraries here between runs")
    chosen = options.parse_args()
    folders = [
        file.parent
        for file in sorted(chosen.sets.glob("*/questions.jsonl"))
        if not all(question.answerable for question in read_questions(file))
    ]
    with tempfile.TemporaryDirectory() as temporary:
        asked = ask(folders, chosen.libraries or Path(temporary), chosen.questions)
    print("\n| declines of the program | precision | recall | answerable declined |")
    print("|---|---|---|---|")
    for name in (*sorted(set(asked.sets)), "all"):
        part = np.full(len(asked.sets), True) if name == "all" else asked.sets == name
        own = Asked(*(values[part] for values in vars(asked).values()))
        print(f"| {name} ({len(own.weights)} asked) | {rates(own.declined, own)} |")
    sure = cross_validated(asked)
    print("\n| fitted anew, declined below | precision | recall | answerable declined |")
    print("|---|---|---|---|")
    for threshold in THRESHOLDS:
        print(f"| {threshold} | {rates(sure < threshold, asked)} |")
    print("\nsignals:", ", ".join(SIGNALS))
    for name, values in zip(
        ("means", "spreads", "weights"),
        fit(asked.signals, asked.answerable, asked.weights),
        strict=True,
    ):
        print(f"{name}:", ", ".join(f"{value:.3f}" for value in values))


if __name__ == "__main__":
    main()
