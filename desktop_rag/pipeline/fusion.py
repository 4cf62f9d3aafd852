"""One order out of several."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet", SIGIR 2009.
_RRF_CONSTANT = 60
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each stage's z-score counts for in the final order: docs/decisions/005.

    `rerank` is for questions, `rerank_statement` for all else: the cross-encoder was made on
    questions. `neighbour` is what the better of the two passages around one counts for beside its
    own scores, once they are reranked. `exact` is the share of the question's identifiers that a
    passage holds as they are written; it is added last.
    """

    dense: float = 1.0
    keyword: float = 1.0
    rerank: float = 1.2
    rerank_statement: float = 0.6
    neighbour: float = 0.1
    exact: float = 1.5


def reciprocal_rank_fusion(lists: Sequence[Sequence[Key]]) -> list[Key]:
    """All keys, by the sum over the lists of 1 / (60 + rank), best first."""
    scores: dict[Key, float] = {}
    for keys in lists:
        for rank, key in enumerate(keys, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (_RRF_CONSTANT + rank)
    return sorted(scores, key=lambda key: -scores[key])


def z_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Minus the mean, by the standard deviation; all 0 where the values do not differ."""
    spread = float(values.std()) if values.size else 0.0
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)


def fuse_scores(
    stages: Sequence[tuple[float, Sequence[float]]],
) -> NDArray[np.float64]:
    """Weighted sum of each stage's z-scores over the candidates, shape (candidates,)."""
    totals = np.zeros(len(stages[0][1]) if stages else 0)
    for weight, scores in stages:
        totals += weight * z_scores(np.array(scores, dtype=float))
    return totals


def with_neighbours(
    totals: NDArray[np.float64], places: Sequence[tuple[str, int]], weight: float
) -> NDArray[np.float64]:
    """Each total plus `weight` times the better one of the passages before and after it.

    What bears on a question seldom stands alone. `places` are (document id, ordinal). A
    neighbour that is no candidate counts as the weakest of them.
    """
    known = dict(zip(places, totals, strict=True))
    lowest = float(totals.min()) if totals.size else 0.0
    around = [
        max(known.get((document, ordinal + step), lowest) for step in (-1, 1))
        for document, ordinal in places
    ]
    return totals + weight * np.array(around, dtype=float)


def sigmoid(logit: float) -> float:
    """A logit of the cross-encoder as relevance between 0 and 1."""
    return float(0.5 * (1.0 + np.tanh(0.5 * logit)))  # the same, without overflow
