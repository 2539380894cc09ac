"""The paired comparison of two runs: difference of accuracies, group bootstrap, McNemar's test."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from coinvision import runs
from coinvision.errors import RunError
from coinvision.intervals import Figure, mean


@dataclass(frozen=True)
class Pair:
    """Two runs on the same test coins.

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


def paired(first: runs.Run, second: runs.Run) -> Pair:
    """Compare two evaluated runs on the test coins that both name.

    Raises:
        RunError: predictions are missing, or are of other coins.
    """
    one, other = _right(first), _right(second)
    if set(one.index) != set(other.index):
        raise RunError(f"{first.name} and {second.name} were tested on different coins.")
    groups = first.table(runs.COINS, "coin_id", "group").set_index("coin_id")["group"]
    a = one.to_numpy(dtype=int)
    b = other.loc[one.index].to_numpy(dtype=int)
    return compare(a, b, groups.loc[one.index].to_numpy(dtype=int))


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
    return Pair(mean(second - first, groups), only_first, only_second, p_value)


def _right(run: runs.Run) -> pd.Series:
    table = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted")
    test = table[table["split"] == "test"].set_index("coin_id")
    return test["emperor"] == test["predicted"]
