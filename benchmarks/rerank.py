"""Rerank 50 real passages: this program's cross-encoder beside the plain way, in turns.

    python benchmarks/rerank.py [--sets FOLDER] [--questions N] [--libraries FOLDER]

The plain way is `CrossEncoder(folder).predict(pairs)` of sentence-transformers with its defaults
(torch, fp32) on the same weights. The passages are those that the first stage finds for N questions
of each set in FOLDER, else of the samples. Printed are medians, quartiles and their ratio, how far
the two orders agree, the nDCG@10 of each order alone, and the roofline: the time that the model's
multiplications would take at the rate of int8 products measured in the same run.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import random  # noqa: E402
import statistics  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
from roofline import dense_operations, int8_rate  # noqa: E402
from steps import finish  # noqa: E402

from desktop_rag.domain import ModelIdentity, Passage  # noqa: E402
from desktop_rag.services.machine import physical_cores  # noqa: E402
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

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "models" / "minilm-l6-reranker"
SAMPLES = ROOT / "tests" / "quality"
WIDTH = 384


@dataclass
class Measured:
    """Of each question: seconds of both ways, rank correlation, nDCG@10 of both, tokens."""

    fast: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    agreement: list[float] = field(default_factory=list)
    ndcg: list[tuple[float, float]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)


def candidates(
    folder: Path, library: Path, most: int
) -> Iterator[tuple[Question, dict[str, str], list[Passage]]]:
    """Questions of the set with the names of its files and the first stage's best 50 passages."""
    assistant, _ = open_assistant(library)
    try:
        finish(assistant.library.add([assistant.samples_folder if folder == SAMPLES else folder]))
        names = names_of(assistant.library.documents())
        questions = [q for q in read_questions(folder / "questions.jsonl") if q.answerable]
        for question in random.Random(1).sample(questions, min(most, len(questions))):
            found = assistant.retriever.retrieve(
                question.text, scope_of(question, names), rerank=False, evidence=False
            )
            yield question, spoken_names(question, names), list(found.passages)
    finally:
        assistant.close()


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that the action takes, and its result."""
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result


def line(name: str, seconds: list[float]) -> str:
    """Median and quartiles in milliseconds."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{name:<34} {1000 * middle:7.0f} ms  ({1000 * low:.0f}–{1000 * high:.0f})"


def compare(folders: list[Path], home: Path, most: int) -> Measured:
    """Both ways on every question, in turns."""
    import tokenizers
    import torch
    from sentence_transformers import CrossEncoder

    from desktop_rag.adapters.onnx_encoders import OnnxReranker

    ours = OnnxReranker(FOLDER, ModelIdentity("ours", ""), physical_cores())
    kind = {"dtype": torch.float32}  # else the stored fp16 is computed with, many times slower
    plain = CrossEncoder(str(FOLDER), device="cpu", local_files_only=True, model_kwargs=kind)
    tokenizer = tokenizers.Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(512)
    measured = Measured()
    for folder in folders:
        for question, names, passages in candidates(folder, home / folder.name, most):
            texts = [passage.chunk.titled_text for passage in passages]
            pairs = [(question.text, text) for text in texts]
            fast, logits = timed(lambda t=texts, q=question: ours.score(q.text, t))
            slow, scores = timed(lambda p=pairs: plain.predict(p))
            measured.fast.append(fast)
            measured.slow.append(slow)
            measured.tokens.append(sum(len(one.ids) for one in tokenizer.encode_batch(pairs)))
            ranks = [np.argsort(np.argsort(values)) for values in (logits, scores)]
            measured.agreement.append(float(np.corrcoef(*ranks)[0, 1]))
            ours_first, plain_first = (
                [passages[place] for place in np.argsort(-values)] for values in (logits, scores)
            )
            measured.ndcg.append(
                (ndcg(ours_first, names, question), ndcg(plain_first, names, question))
            )
    return measured


def ndcg(order: list[Passage], names: dict[str, str], question: Question) -> float:
    """The nDCG@10 of this order of passages."""
    return metrics([page[:2] for page in ranked_pages(order, names)], question.grades)[0]


def main() -> None:
    """Print both, their ratio, their agreement and the roofline."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path)
    options.add_argument("--questions", type=int, default=12)
    options.add_argument("--libraries", type=Path, help="keep the libraries here between runs")
    chosen = options.parse_args()
    folders = sorted(f.parent for f in chosen.sets.glob("*/questions.jsonl")) if chosen.sets else []
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.libraries or Path(temporary)
        measured = compare(folders or [SAMPLES], home, chosen.questions)
    ratios = [slow / fast for slow, fast in zip(measured.slow, measured.fast, strict=True)]
    ideal = dense_operations(FOLDER, sum(measured.tokens)) / int8_rate(WIDTH, physical_cores())
    print(f"{len(ratios)} questions, {sum(measured.tokens) / len(ratios):.0f} tokens each")
    print(line("int8, ONNX Runtime, a text a thread", measured.fast))
    print(line("fp32, CrossEncoder.predict", measured.slow))
    whole = sum(measured.slow) / sum(measured.fast)
    print(f"ratio {whole:.2f} (median {statistics.median(ratios):.2f})")
    above = sum(measured.fast) / ideal
    print(f"roofline {1000 * ideal / len(ratios):.0f} ms; ours takes {above:.2f} times that")
    print(f"rank correlation {statistics.mean(measured.agreement):.3f}")
    ours, plain = (statistics.mean(pair[way] for pair in measured.ndcg) for way in (0, 1))
    print(f"nDCG@10 of the order alone: {ours:.4f} and {plain:.4f}")


if __name__ == "__main__":
    main()
