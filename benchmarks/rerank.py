"""Rerank 50 passages: this program's cross-encoder beside the plain way, in turns in one process.

The plain way is `CrossEncoder(folder).predict(pairs)` of sentence-transformers with its defaults
(torch, fp32) on the same weights. Printed are medians, quartiles and their ratio, and how far the
two orders agree.
"""

from desktop_rag.privacy import guard

guard.activate()

import statistics  # noqa: E402 - the guard goes first
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402
from sentence_transformers import CrossEncoder  # noqa: E402

from desktop_rag.adapters.onnx_encoders import OnnxReranker  # noqa: E402
from desktop_rag.adapters.pdfium import PdfiumFile  # noqa: E402
from desktop_rag.domain import ModelIdentity  # noqa: E402
from desktop_rag.services.machine import physical_cores  # noqa: E402

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FOLDER = RESOURCES / "models" / "minilm-l6-reranker"
QUESTION = "How much notice must the tenant give to end the lease?"
PASSAGES, WORDS, ROUNDS = 50, 160, 7


def passages() -> list[str]:
    """Windows of about 160 words from the samples' own text."""
    words: list[str] = []
    for file in sorted((RESOURCES / "samples").glob("*.pdf")):
        document = PdfiumFile(file, None)
        for number in range(1, len(document) + 1):
            words += document.text(number).split()
    starts = np.linspace(0, len(words) - WORDS, PASSAGES).astype(int)
    return [" ".join(words[start : start + WORDS]) for start in starts]


def timed(action: Callable[[], object]) -> float:
    """Seconds that the action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def line(name: str, seconds: list[float]) -> str:
    """Median and quartiles in milliseconds."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{name:<34} {1000 * middle:7.0f} ms  ({1000 * low:.0f}–{1000 * high:.0f})"


def main() -> None:
    """Print both, their ratio and their agreement."""
    texts = passages()
    ours = OnnxReranker(FOLDER, ModelIdentity("ours", ""), physical_cores())
    kind = {"dtype": torch.float32}  # else the stored fp16 is computed with, many times slower
    plain = CrossEncoder(str(FOLDER), device="cpu", local_files_only=True, model_kwargs=kind)
    pairs = [(QUESTION, text) for text in texts]
    scores, logits = plain.predict(pairs), ours.score(QUESTION, texts)
    fast: list[float] = []
    slow: list[float] = []
    for _ in range(ROUNDS):
        fast.append(timed(lambda: ours.score(QUESTION, texts)))
        slow.append(timed(lambda: plain.predict(pairs)))
    ranks = [np.argsort(np.argsort(values)) for values in (scores, logits)]
    print(line("int8, ONNX Runtime, sorted batches", fast))
    print(line("fp32, CrossEncoder.predict", slow))
    print(f"ratio {statistics.median(slow) / statistics.median(fast):.2f}")
    print(f"rank correlation {np.corrcoef(*ranks)[0, 1]:.3f}")


if __name__ == "__main__":
    main()
