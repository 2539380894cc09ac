"""How much more coins would teach: accuracy against the number of training coins.

learning_curve(experiment, "small")    # one row a number of coins, all on the same test coins
"""

from typing import Any

from coinvision.dataset.folds import split_of
from coinvision.experiments.arms import REFERENCE, parted
from coinvision.experiments.store import Experiment
from coinvision.intervals import proportion


def learning_curve(experiment: Experiment, classifier: str) -> list[dict[str, Any]]:
    """A classifier's share of coins named rightly, by how many it learned from.

    Only folds that were tested with every number count, so that all numbers are asked about the
    same coins.

    Returns:
        Rows with `training_coins` (the mean over folds), `folds`, and `value`, `low`, `high`, `n`
        of the accuracy (Wilson), fewest first; none where only one number was tried.
    """
    arms: dict[str, set[int]] = {}
    for cell in experiment.cells():
        if cell.classifier == classifier and parted(cell.arm)[0] == REFERENCE:
            arms.setdefault(cell.arm, set()).add(cell.fold)
    folds = set.intersection(*arms.values()) if arms else set()
    if len(arms) < 2 or not folds:
        return []
    rows = [_row(experiment, classifier, arm, sorted(folds)) for arm in arms]
    return sorted(rows, key=lambda row: row["training_coins"])


def _row(experiment: Experiment, classifier: str, arm: str, folds: list[int]) -> dict[str, Any]:
    answers = experiment.pooled(classifier, arm)
    assert answers is not None  # noqa: S101  (its cells were listed)
    right = answers.loc[answers["fold"].isin(folds), "right"]
    taught = parted(arm)[1] or _all_that_teach(experiment, folds)
    figure = proportion(int(right.sum()), len(right)).as_dict()
    return {"training_coins": round(taught), "folds": folds, **figure}


def _all_that_teach(experiment: Experiment, folds: list[int]) -> float:
    own = experiment.coins["fold"].to_numpy(dtype=int)
    return sum(int((split_of(own, fold) == "train").sum()) for fold in folds) / len(folds)
