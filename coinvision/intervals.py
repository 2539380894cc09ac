"""Intervals: Wilson's for a proportion, the group bootstrap for everything else.

Coins of one group (a run of museum numbers, one die) are not independent, so whole groups are
drawn again, not coins.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 0


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval and the number of coins it rests on; None without coins."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    def as_dict(self) -> dict[str, float | int | None]:
        """For JSON, rounded to 4 decimals."""
        return {k: v if v is None else round(v, 4) for k, v in asdict(self).items()}


def proportion(right: int, n: int) -> Figure:
    """A proportion with Wilson's score interval (Wilson 1927)."""
    from scipy.stats import binomtest  # a second to import, for who needs no figure

    if n == 0:
        return Figure(None, None, None, 0)
    interval = binomtest(right, n).proportion_ci(CONFIDENCE, method="wilson")
    return Figure(right / n, float(interval.low), float(interval.high), n)


def resampled_groups(count: int) -> np.ndarray:
    """How often each of so many groups is drawn: int array, RESAMPLES x count."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)


def percentile_interval(spread: np.ndarray) -> tuple[float, float]:
    """The bounds between which CONFIDENCE of the resampled figures lie."""
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(spread, [tail, 100 - tail])
    return float(low), float(high)


def mean(values: np.ndarray, groups: np.ndarray) -> Figure:
    """A mean over coins, with the percentile interval over resampled groups.

    Args:
        values: one number a coin.
        groups: group of each coin.
    """
    if not len(values):
        return Figure(None, None, None, 0)
    _, members = np.unique(groups, return_inverse=True)
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
