"""Every two networks, and the strongest baseline, in color and in gray: who is right more often?

pairs(experiment)     # rows for the report, each of the coins that both were asked about

The 2020 study's networks and baselines are asked in color alone and stand so beside networks in
gray. The baseline is chosen after its answers are seen, in its favor.
"""

from collections.abc import Iterable
from itertools import combinations, product
from typing import Any

import pandas as pd

from coinvision.comparison.answers import gain, shared
from coinvision.comparison.paired import sign_test
from coinvision.comparison.verdict import holm
from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments.arms import GRAY, REFERENCE
from coinvision.experiments.store import Experiment
from coinvision.networks import NETWORKS, OWN

LEVEL = 0.05  # a corrected p above it leaves a tie

Asked = tuple[str, pd.DataFrame]  # a classifier and its answers


def pairs(experiment: Experiment) -> list[dict[str, Any]]:
    """Compare every two, the one that is right more often on the coins of both first.

    Returns:
        A row a pair: `shown` ("color" or "gray"), `more`, `less` (classifiers), `only_more`,
        `only_less` (coins that only one names rightly), `difference` (a share of the coins, 95 % by
        bootstrap over groups), `p_value` (exact sign test over groups), `corrected` (the same after
        Holm, for asking about all of these pairs) and `tie`: the interval holds zero, or the
        corrected p is above `LEVEL`.
    """
    color, gray = _asked(experiment, NETWORKS, REFERENCE), _asked(experiment, OWN, GRAY)
    if color:
        color += _strongest(_asked(experiment, BASELINES, REFERENCE))
    in_color_alone = [one for one in color if one[0] not in OWN]
    wanted = [
        *(("color", *two) for two in combinations(color, 2)),
        *(("gray", *two) for two in combinations(gray, 2)),
        *(("gray", *two) for two in product(gray, in_color_alone)),
    ]
    rows = [_pair(*one) for one in wanted if len(shared(one[1][1], one[2][1]))]
    return [
        {**row, "corrected": p, "tie": row["tie"] or p > LEVEL}
        for row, p in zip(rows, holm([row["p_value"] for row in rows]), strict=True)
    ]


def _asked(experiment: Experiment, classifiers: Iterable[str], arm: str) -> list[Asked]:
    found = ((name, experiment.pooled(name, arm)) for name in classifiers)
    return [(name, answers) for name, answers in found if answers is not None]


def _strongest(baselines: list[Asked]) -> list[Asked]:
    """The one that is right most often, of those asked about the most coins; none of none."""
    order = sorted(baselines, key=lambda one: (len(one[1]), one[1]["right"].mean()))
    return order[-1:]


def _pair(shown: str, one: Asked, other: Asked) -> dict[str, Any]:
    both = shared(one[1], other[1])
    ahead = one[1].loc[both, "right"].astype(int) - other[1].loc[both, "right"].astype(int)
    if ahead.sum() < 0:
        one, other, ahead = other, one, -ahead
    found = gain(one[1], other[1])
    return {
        "shown": shown,
        "more": one[0],
        "less": other[0],
        "only_more": found.only_second,
        "only_less": found.only_first,
        "difference": found.difference.as_dict(),
        "tie": found.tie,
        "p_value": sign_test(ahead.to_numpy(), one[1].loc[both, "group"].to_numpy()),
    }
