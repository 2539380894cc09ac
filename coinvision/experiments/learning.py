"""How much more coins would teach: accuracy against the number of training coins.

learning_curve(experiment, "small")    # one row a number of coins, all on the same test coins
"""

import math
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
        of the accuracy (Wilson), fewest first; `gain` over the row of about half as many, whose
        number is `than`, on the same coins (95 % by bootstrap over groups); both None for the
        first. None where only one number was tried.
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
    numbers = [taught[arm] for arm in order]
    return [
        {
            "training_coins": round(number),
            "folds": folds,
            **accuracy(own).as_dict(),
            "than": None if half is None else round(numbers[half]),
            "gain": None if half is None else gain(own, answers[half]).difference.as_dict(),
        }
        for number, own, half in zip(numbers, answers, _halves(numbers), strict=True)
    ]


def _halves(numbers: list[float]) -> list[int | None]:
    """Of each number, ascending, the position of that before it which is nearest to its half."""
    return [
        min(range(i), key=lambda k: abs(math.log(2 * numbers[k] / number)), default=None)
        for i, number in enumerate(numbers)
    ]


def _answers(experiment: Experiment, classifier: str, arm: str, folds: list[int]) -> pd.DataFrame:
    found = experiment.pooled(classifier, arm)
    assert found is not None  # noqa: S101  (its cells were listed)
    return found[found["fold"].isin(folds)]


def _all_that_teach(experiment: Experiment, folds: list[int]) -> float:
    own = experiment.coins["fold"].to_numpy(dtype=int)
    return sum(int((split_of(own, fold) == "train").sum()) for fold in folds) / len(folds)
