"""How alike two sets of maps are: Spearman's rank correlation, map by map."""

import numpy as np
from scipy.stats import rankdata


def similarity(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Spearman's rank correlation of each map with its counterpart, on the maps' own grid.

    Args:
        first: n x rows x columns.
        second: the same shape.

    Returns:
        n numbers, -1 to 1; nan where one of the two maps is the same everywhere.
    """
    a, b = _centered_ranks(first), _centered_ranks(second)
    norms = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    with np.errstate(invalid="ignore"):
        alike: np.ndarray = (a * b).sum(axis=1) / norms
    return alike


def _centered_ranks(maps: np.ndarray) -> np.ndarray:
    ranked: np.ndarray = rankdata(maps.reshape(len(maps), -1), axis=1)
    return ranked - ranked.mean(axis=1, keepdims=True)
