"""Who was right on the same coins: difference of accuracies, group bootstrap, exact tests."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from coinvision.intervals import CONFIDENCE, Figure, mean_over_groups


@dataclass(frozen=True)
class Pair:
    """Two classifiers on the same coins.

    `difference` is the second accuracy less the first; `only_first` and `only_second` count the
    coins that only one of them named rightly; `p_value` is McNemar's, exact.
    """

    difference: Figure
    only_first: int
    only_second: int
    p_value: float

    @property
    def tie(self) -> bool:
        """Whether the interval of the difference holds zero."""
        low, high = self.difference.low, self.difference.high
        return low is None or high is None or low <= 0 <= high


def compare(first: np.ndarray, second: np.ndarray, groups: np.ndarray) -> Pair:
    """Compare who was right on the same coins.

    Args:
        first: 1 where the first was right, else 0; one a coin.
        second: likewise.
        groups: group of each coin; groups are resampled, since their coins are not independent.
    """
    only_first = int(((first == 1) & (second == 0)).sum())
    only_second = int(((first == 0) & (second == 1)).sum())
    differing = only_first + only_second
    p_value = float(binomtest(only_first, differing).pvalue) if differing else 1.0
    return Pair(_gain(second - first, groups), only_first, only_second, p_value)


def sign_test(gains: np.ndarray, groups: np.ndarray) -> float:
    """How often gains so large, either way, would come if each group's sign were a fair coin's.

    McNemar's test, exact, where every coin is a group of its own; coins of one group, which are
    not independent, change their signs together.

    Args:
        gains: 1, 0 or -1, one a coin.
        groups: group of each coin.
    """
    _, members = np.unique(groups, return_inverse=True)
    sums = np.bincount(members, gains)
    spread = np.ones(1)  # chances of the sums -k to k
    for size in np.abs(sums[sums != 0]).astype(int):
        apart = np.zeros(2 * size)
        spread = (np.append(spread, apart) + np.append(apart, spread)) / 2
    reached = np.abs(np.arange(len(spread)) - len(spread) // 2) >= abs(sums.sum())
    return min(1.0, float(spread[reached].sum()))


def _gain(gains: np.ndarray, groups: np.ndarray) -> Figure:
    """The mean gain with its interval over groups, at least as wide as if no coin had changed.

    Resampling shows no width where no coin changed, and little where one did, yet such coins may be
    among the next ones: at these ends, with 2.5 %, none of so many independent groups would have
    changed by chance.
    """
    found = mean_over_groups(gains, groups)
    if found.value is None or found.low is None or found.high is None:
        return found
    tail = (1 - CONFIDENCE) / 2
    end = 1 - tail ** (1 / len(np.unique(groups)))
    low, high = min(found.low, found.value - end), max(found.high, found.value + end)
    return Figure(found.value, max(-1.0, low), min(1.0, high), found.n)
