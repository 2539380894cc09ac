"""May a network's probabilities be believed, over all folds that were tested?

found = sureness(experiment, "vgg16", "A")     # coins, confidences, calibration before and after
named = surest(found, 0.95)                    # the coins it may name, to be right in 95 % of them
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coinvision.evaluation import calibration
from coinvision.evaluation.evaluating import as_arrays
from coinvision.experiments.store import Experiment


@dataclass(frozen=True)
class Sureness:
    """Tested coins (records with `right` and `fold`) and the confidence of each, calibrated."""

    coins: pd.DataFrame
    confidences: np.ndarray
    before: dict[str, Any]  # calibration.error of what networks say as trained
    after: dict[str, Any]  # and with each fold's own temperature


def sureness(experiment: Experiment, network: str, arm: str) -> Sureness | None:
    """How sure a network was of the test coins of all folds; None if none was tested."""
    raw, cooled = (experiment.pooled(network, arm, calibrated=c) for c in (False, True))
    if raw is None or cooled is None:
        return None
    (labels, said), (_, calibrated) = (_whole(experiment, part) for part in (raw, cooled))
    before, after = (calibration.error(labels, part) for part in (said, calibrated))
    return Sureness(cooled, calibrated.max(axis=1), before, after)


def _whole(experiment: Experiment, answers: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and probabilities that add up to one though they are stored rounded."""
    labels, probabilities = as_arrays(experiment.emperors, answers)
    return labels, calibration.cooled(probabilities, 1.0)


def surest(asked: Sureness, wanted: float) -> np.ndarray | None:
    """The coins that a network may name so that the wanted share of their names is right.

    A fold's limit of confidence is set on the test coins of the other folds. Its own coins have no
    say in it but that they taught those folds' networks, and chose and calibrated one of them.

    Args:
        asked: of at least two folds.
        wanted: a share.

    Returns:
        True for each coin that is named; None if even the surest coins of some folds fall short.
    """
    right, folds = (asked.coins[column].to_numpy() for column in ("right", "fold"))
    named = np.zeros(len(right), bool)
    for fold in np.unique(folds):
        own = folds == fold
        limit = calibration.threshold_for(wanted, asked.confidences[~own], right[~own])
        if limit is None:
            return None
        named[own] = asked.confidences[own] >= limit
    return named
