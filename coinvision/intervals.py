"""Intervals: Wilson's for a proportion, the group bootstrap for everything else.

Coins of one group (a run of museum numbers, one die) are not independent, so whole groups are
drawn again, not coins, and a share of coins rests on as many as independent ones would tell.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)  # 1.96 standard errors
RESAMPLES = 2000
SEED = 0
DECIMALS = 6  # so that what is rounded again for a reader is rounded rightly


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval and the number of coins it rests on; None without coins."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    def as_dict(self) -> dict[str, float | int | None]:
        """For JSON; readers round to one decimal of a percent, once."""
        return {k: v if v is None else round(v, DECIMALS) for k, v in asdict(self).items()}


def proportion(right: int, n: int) -> Figure:
    """A proportion of independent things with Wilson's score interval (Wilson 1927)."""
    return _wilson(right / n, n, n) if n else Figure(None, None, None, 0)


def share(right: np.ndarray, groups: np.ndarray) -> Figure:
    """The share of coins that are right, with Wilson's interval for as many independent coins.

    n coins in groups tell as much as n / design effect independent ones; the effect is the variance
    of the share, estimated over groups, against that of independent coins (Kish 1965, Survey
    sampling), and at least 1. Where all or none are right, each group counts as one coin.

    Args:
        right: whether each coin is right.
        groups: group of each coin.
    """
    n = len(right)
    if n == 0:
        return Figure(None, None, None, 0)
    value = float(np.mean(right))
    _, members = np.unique(groups, return_inverse=True)
    off = np.bincount(members, np.asarray(right, float) - value)  # of each group
    if value in (0.0, 1.0) or len(off) == 1:
        return _wilson(value, n, len(off))
    grouped = (off**2).sum() / n**2 * len(off) / (len(off) - 1)
    independent = value * (1 - value) / (n - 1)
    return _wilson(value, n, n / max(1.0, grouped / independent))


def _wilson(value: float, n: int, independent: float) -> Figure:
    # libraries take whole numbers of coins alone
    shrink = 1 + Z**2 / independent
    middle = (value + Z**2 / (2 * independent)) / shrink
    spread = value * (1 - value) / independent + Z**2 / (4 * independent**2)
    half = Z * sqrt(spread) / shrink
    return Figure(value, max(0.0, middle - half), min(1.0, middle + half), n)


def resampled_groups(count: int, seed: int = SEED) -> np.ndarray:
    """How often each of so many groups is drawn: int array, RESAMPLES x count."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)


def percentile_interval(spread: np.ndarray) -> tuple[float, float]:
    """The bounds between which CONFIDENCE of the resampled figures lie."""
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(spread, [tail, 100 - tail])
    return float(low), float(high)


def mean_over_groups(values: np.ndarray, groups: np.ndarray) -> Figure:
    """The mean of one number a coin, with the interval over resampled groups of coins.

    Args:
        values: one a coin; nan where a coin has none, which leaves it out.
        groups: group of each coin.
    """
    known = np.isfinite(values)
    if not known.any():
        return Figure(None, None, None, 0)
    values = np.asarray(values, float)[known]
    _, members = np.unique(np.asarray(groups)[known], return_inverse=True)
    sums, sizes = np.bincount(members, values), np.bincount(members)
    draws = resampled_groups(len(sizes))
    interval = percentile_interval((draws @ sums) / (draws @ sizes))
    return Figure(float(values.mean()), *interval, len(values))


def resampled_confusions(
    labels: np.ndarray, predicted: np.ndarray, groups: np.ndarray, num_classes: int
) -> np.ndarray:
    """Confusion matrices of resampled groups.

    Args:
        labels: true class of each coin, as a number.
        predicted: predicted class of each coin.
        groups: group of each coin.
        num_classes: side of each matrix.

    Returns:
        int array, RESAMPLES x num_classes x num_classes; rows are true, columns predicted.
    """
    names, members = np.unique(groups, return_inverse=True)
    per_group = np.zeros((len(names), num_classes * num_classes), int)
    np.add.at(per_group, (members, labels * num_classes + predicted), 1)
    draws = resampled_groups(len(names))
    return (draws @ per_group).reshape(RESAMPLES, num_classes, num_classes)


def bootstrapped(
    statistic: Callable[[np.ndarray], np.ndarray],
    confusion: np.ndarray,
    resamples: np.ndarray,
    n: int,
) -> Figure:
    """A figure of a confusion matrix with the percentile interval over resampled groups.

    Args:
        statistic: takes matrices (... x K x K), gives numbers (...), NaN where undefined.
        confusion: the matrix of all coins.
        resamples: what `resampled_confusions` gave.
        n: the number of coins that the figure rests on.
    """
    value = float(statistic(confusion))
    spread = statistic(resamples)
    spread = spread[np.isfinite(spread)]
    if not np.isfinite(value) or not len(spread):
        return Figure(None, None, None, n)
    return Figure(value, *percentile_interval(spread), n)
