"""How alike two orders are."""

import numpy as np
from numpy.typing import NDArray


def spearman(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The rank correlation, from -1 to 1; 0 if either orders nothing. Equal values share a rank."""
    ranks = np.stack([_ranks(one), _ranks(other)])
    if np.ptp(ranks, axis=1).min() == 0:
        return 0.0
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return float(unit[0] @ unit[1])


def _ranks(values: NDArray[np.float32]) -> NDArray[np.float64]:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return ranks
