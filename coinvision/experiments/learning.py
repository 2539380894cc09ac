"""How much more coins would teach: accuracy against the number of training coins.

learning_curve(experiment, "small")    # one row a number of coins, all on the same test coins
"""

from itertools import pairwise
from typing import Any

import pandas as pd

from coinvision.comparison.answers import accuracy, gain
from coinvision.dataset.folds import split_of
from coinvision.experiments.arms import REFERENCE, parted
from coinvision.experiments.store import Experiment


def learning_curve(experiment: Experiment, classifier: str) -> list[dict[str, Any]]:
    """A classifier's share of coins named rightly, by how many it learned from.

    Only folds that were tested with every number count, so that all numbers are asked about the
    same coins.

    Returns:
        Rows with `training_coins` (the mean over folds), `folds`, and `value`, `low`, `high`, `n`
        of the accuracy (Wilson), fewest first; `gain` over the row before on the same coins (95 %
        by bootstrap over groups), None for the first. None where only one number was tried.
    """
    arms: dict[str, set[int]] = {}
    for cell in experiment.cells():
        if (cell.classifier, parted(cell.arm)[0], cell.seed) == (classifier, REFERENCE, 0):
            arms.setdefault(cell.arm, set()).add(cell.fold)
    folds = sorted(set.intersection(*arms.values())) if arms else []
    if len(arms) < 2 or not folds:
        return []
    all_coins = _all_that_teach(experiment, folds)
    taught = {arm: parted(arm)[1] or all_coins for arm in arms}
    order = sorted(arms, key=taught.__getitem__)
    answers = [_answers(experiment, classifier, arm, folds) for arm in order]
    gains = [None, *(gain(more, fewer) for fewer, more in pairwise(answers))]
    return [
        {
            "training_coins": round(taught[arm]),
            "folds": folds,
            **accuracy(own).as_dict(),
            "gain": pair and pair.difference.as_dict(),
        }
        for arm, own, pair in zip(order, answers, gains, strict=True)
    ]


def _answers(experiment: Experiment, classifier: str, arm: str, folds: list[int]) -> pd.DataFrame:
    found = experiment.pooled(classifier, arm)
    assert found is not None  # noqa: S101  (its cells were listed)
    return found[found["fold"].isin(folds)]


def _all_that_teach(experiment: Experiment, folds: list[int]) -> float:
    own = experiment.coins["fold"].to_numpy(dtype=int)
    return sum(int((split_of(own, fold) == "train").sum()) for fold in folds) / len(folds)
