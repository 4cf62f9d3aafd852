"""Is there an answer in what was found? Told before the language model is asked.

A logistic model of six signals, fitted on questions with and without an answer
(`benchmarks/declining.py`; docs/decisions/004 has its curve).
"""

import math
from collections.abc import Sequence

from desktop_rag.domain import Passage

SIGNALS = ("evidence", "first", "relevance", "score", "lead", "dense rank")
_WEIGHTS = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_BIAS = 0.0
LEAST = 0.5  # below it nothing that was found is taken for an answer

_BEST = 3
_UNRANKED = 60  # the dense stage did not find it among its 50
_SUREST = 1e-5  # further towards 0 or 1 a probability says no more


def answerability(passages: Sequence[Passage]) -> float:
    """The probability that the passages, best first, hold an answer to their question."""
    if not passages:
        return 0.0
    total = _BIAS + sum(
        weight * signal for weight, signal in zip(_WEIGHTS, signals(passages), strict=True)
    )
    return 1.0 / (1.0 + math.exp(-total))


def signals(passages: Sequence[Passage]) -> tuple[float, ...]:
    """What tells an answer from none, in the order of `SIGNALS`.

    The mean logit of the three best evidence sentences; that of the first passage's best one; the
    mean logit of the passages; the score of the first, and its lead over the second; the mean
    logarithm of the dense ranks of the first three.
    """
    first = passages[0]
    evidence = sorted((item.score for one in passages for item in one.evidence), reverse=True)
    own = [item.score for item in first.evidence]
    following = passages[min(1, len(passages) - 1)]
    return (
        _mean([_logit(score) for score in evidence[:_BEST]]),
        _logit(max(own, default=0.0)),
        _mean([_logit(one.relevance or 0.0) for one in passages]),
        first.score,
        first.score - following.score,
        _mean([math.log(one.ranks.dense or _UNRANKED) for one in passages[:_BEST]]),
    )


def _logit(probability: float) -> float:
    inside = min(max(probability, _SUREST), 1.0 - _SUREST)
    return math.log(inside / (1.0 - inside))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else _logit(0.0)
