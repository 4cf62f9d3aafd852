"""Is there an answer in what was found? Told before the language model is asked.

A logistic model of six signals, fitted on questions with and without an answer
(`benchmarks/declining.py`; docs/decisions/004 has its curve).
"""

import math
from collections.abc import Sequence

from desktop_rag.domain import Retrieval
from desktop_rag.pipeline.checking.statements import statement
from desktop_rag.pipeline.checking.wording import meets

SIGNALS = ("evidence", "first evidence", "relevance", "words covered", "score", "lead")
_MEANS = (0.702, 1.869, -1.194, 0.624, 9.572, 3.446)
_SPREADS = (2.914, 3.890, 2.883, 0.244, 3.712, 3.576)
_WEIGHTS = (0.394, -0.106, 0.358, 0.390, 0.794, -0.360)
_BIAS = 0.841
_LEAST = 0.5  # below it nothing that was found is taken for an answer
_LEAST_OF_FEW = 0.4  # among few candidates most passages are about something else
_LEAST_COSINE = 0.1  # of the best evidence, where the cross-encoder was not asked

_BEST = 3
_FULL = 50  # candidates: among fewer, how far the first stands out tells nothing
_SUREST = 1e-5  # further towards 0 or 1 a probability says no more


def bears_answer(found: Retrieval) -> bool:
    """Whether what was found is worth the language model's time."""
    if not found.passages:
        return False
    if found.passages[0].relevance is None:
        cosines = [item.score for one in found.passages for item in one.evidence]
        return max(cosines, default=0.0) >= _LEAST_COSINE
    least = _LEAST if found.candidates >= _FULL else _LEAST_OF_FEW
    return answerability(found) >= least


def answerability(found: Retrieval) -> float:
    """The probability that the passages, reranked and at least one, hold an answer."""
    total = _BIAS
    for signal, mean, spread, weight in zip(
        signals(found), _MEANS, _SPREADS, _WEIGHTS, strict=True
    ):
        total += 0.0 if signal is None else weight * (signal - mean) / spread
    return 1.0 / (1.0 + math.exp(-total))


def signals(found: Retrieval) -> tuple[float | None, ...]:
    """What tells an answer from none, in the order of `SIGNALS`; None for what cannot be told.

    The mean logit of the three best evidence sentences; that of the first passage's best one; the
    mean logit of the passages; the greatest share of the question's words in an evidence sentence;
    the first passage's score, and its lead over the second.
    """
    first, following = found.passages[0], found.passages[min(1, len(found.passages) - 1)]
    evidence = [item for one in found.passages for item in one.evidence]
    best = sorted((item.score for item in evidence), reverse=True)[:_BEST]
    stands_out = found.candidates >= _FULL
    return (
        _mean([_logit(score) for score in best]),
        _logit(max((item.score for item in first.evidence), default=0.0)),
        _mean([_logit(one.relevance or 0.0) for one in found.passages]),
        max((_covered(found.question, item.text) for item in evidence), default=0.0),
        first.score if stands_out else None,
        first.score - following.score if stands_out else None,
    )


def _covered(question: str, text: str) -> float:
    """The share of the question's words that stand in the text, or words like them."""
    asked, said = statement(question).content, statement(text).content
    return sum(meets(word, said) for word in asked) / len(asked) if asked else 0.0


def _logit(probability: float) -> float:
    inside = min(max(probability, _SUREST), 1.0 - _SUREST)
    return math.log(inside / (1.0 - inside))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else _logit(0.0)
