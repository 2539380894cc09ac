"""Figures of an experiment, over all folds that were tested: each with n and interval.

figures(experiment, answers)      # one classifier in one arm: accuracy, macro-F1, log loss, folds
evidence(experiment, "vgg16")     # what the rule of the verdict looks at
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import log_loss

from coinvision.comparison.answers import accuracy, commonest, gain, shared
from coinvision.comparison.verdict import Evidence
from coinvision.evaluation import calibration
from coinvision.evaluation.evaluating import positions
from coinvision.evaluation.metrics import all_metrics
from coinvision.experiments.arms import ARMS, COLOR_ONLY, REFERENCE
from coinvision.experiments.store import Experiment

# Parts of the coins within which color is asked about again: what color tells beyond them.
WITHIN: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "metal": lambda coins: coins["material"].fillna(""),
    "museum": lambda coins: coins["institution"].fillna(""),
    "photographs": lambda coins: coins["near_gray"].map({False: "in color", True: ""}),
}
FEWEST = 50  # tested coins of a part, below which an interval says nothing


def figures(experiment: Experiment, answers: pd.DataFrame) -> dict[str, Any]:
    """All figures of one classifier in one arm; `answers` is what `Experiment.pooled` gives."""
    emperors = experiment.emperors
    labels = positions(emperors, answers["emperor"])
    found = all_metrics(
        labels,
        positions(emperors, answers["predicted"]),
        answers["group"].to_numpy(dtype=int),
        emperors,
    )
    probabilities = answers[[f"p_{name}" for name in emperors]].to_numpy(dtype=float)
    scaled = np.maximum(probabilities, calibration.LEAST)
    scaled /= scaled.sum(axis=1, keepdims=True)
    found["log_loss"] = round(float(log_loss(labels, scaled, labels=range(len(emperors)))), 4)
    found["folds"] = {str(fold): accuracy(own).as_dict() for fold, own in answers.groupby("fold")}
    return found


def asked(experiment: Experiment, network: str, arm: str) -> pd.DataFrame | None:
    """A network's answers in an arm, or those of the baseline that the arm is; None if not there.

    An arm may end on its number of training coins, as in "A@800".
    """
    line = ARMS.get(arm)
    if line is not None and line.baseline:
        return experiment.pooled(line.baseline, REFERENCE)
    return experiment.pooled(network, arm)


def evidence(experiment: Experiment, network: str, where: pd.Index | None = None) -> Evidence:
    """What the rule of the verdict looks at, for one network and all or some of the coins.

    Raises:
        ValueError: arms A and B share no tested coin there.
    """
    color, gray = (_within(asked(experiment, network, arm), where) for arm in "AB")
    if color is None or gray is None:
        raise ValueError("arms A and B are not there")
    both = shared(color, gray)
    only = [_within(asked(experiment, network, arm), where) for arm in COLOR_ONLY]
    # one asked about fewer coins says nothing of the others
    tried = [one for one in only if one is not None and not len(both.difference(one.index))]
    gains = [gain(one.loc[both], color).difference for one in tried]
    return Evidence(
        gain(color, gray).difference,
        accuracy(color.loc[both]),
        accuracy(gray.loc[both]),
        commonest(color.loc[both])[1],
        max(gains, key=lambda figure: figure.value or 0.0, default=None),
    )


def parts(experiment: Experiment, kind: str, tested: pd.Index) -> dict[str, pd.Index]:
    """Of the tested coins, those of each metal, museum, ...: the parts that have enough of them."""
    try:
        values = WITHIN[kind](experiment.coins.loc[tested])
    except KeyError:
        return {}
    counts = values[values != ""].value_counts()
    return {str(part): tested[values == part] for part in counts.index[counts >= FEWEST]}


def _within(answers: pd.DataFrame | None, where: pd.Index | None) -> pd.DataFrame | None:
    if answers is None or where is None:
        return answers
    return answers[answers.index.isin(where)]
