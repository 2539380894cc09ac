"""Every two networks asked in color, and the strongest baseline: who is right more often?

pairs(experiment)     # rows for the report, each of the coins that both were asked about
"""

from itertools import combinations
from typing import Any

import pandas as pd

from coinvision.comparison.answers import gain, shared
from coinvision.comparison.paired import sign_test
from coinvision.comparison.verdict import holm
from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments.arms import REFERENCE
from coinvision.experiments.store import Experiment
from coinvision.networks import NETWORKS


def pairs(experiment: Experiment) -> list[dict[str, Any]]:
    """Compare every two, the one that is right more often on the coins of both first.

    Returns:
        A row a pair: `more`, `less` (classifiers), `only_more`, `only_less` (coins that only one
        names rightly), `difference` (a share of the coins, 95 % by bootstrap over groups), `tie`
        (whether that holds zero), `p_value` (exact sign test over groups) and `corrected` (the
        same after Holm, for asking about all of these pairs).
    """
    asked = [name for name in NETWORKS if experiment.pooled(name, REFERENCE) is not None]
    baseline = _strongest_baseline(experiment)
    answers = _in_color(experiment, asked + ([baseline] if asked and baseline else []))
    rows = [
        _pair(one, other, answers)
        for one, other in combinations(answers, 2)
        if len(shared(answers[one], answers[other]))
    ]
    corrected = holm([row["p_value"] for row in rows])
    return [{**row, "corrected": p} for row, p in zip(rows, corrected, strict=True)]


def _strongest_baseline(experiment: Experiment) -> str | None:
    """The baseline that is right most often, of those asked about the most coins."""
    answers = _in_color(experiment, list(BASELINES))
    best = max(answers, key=lambda n: (len(answers[n]), answers[n]["right"].mean()), default=None)
    return best


def _in_color(experiment: Experiment, classifiers: list[str]) -> dict[str, pd.DataFrame]:
    found = {name: experiment.pooled(name, REFERENCE) for name in classifiers}
    return {name: table for name, table in found.items() if table is not None}


def _pair(one: str, other: str, answers: dict[str, pd.DataFrame]) -> dict[str, Any]:
    both = shared(answers[one], answers[other])
    first, second = (answers[name].loc[both] for name in (one, other))
    if second["right"].sum() > first["right"].sum():
        one, other, first, second = other, one, second, first
    found = gain(first, second)
    ahead = first["right"].astype(int) - second["right"].astype(int)
    return {
        "more": one,
        "less": other,
        "only_more": found.only_second,
        "only_less": found.only_first,
        "difference": found.difference.as_dict(),
        "tie": found.tie,
        "p_value": sign_test(ahead.to_numpy(), first["group"].to_numpy()),
    }
