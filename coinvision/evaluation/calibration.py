"""May the probabilities be believed? Temperature, calibration error, and what to leave to a person.

t = temperature(labels_of_validation, probabilities_of_validation)
cooled(probabilities, t)                  # of test coins, calibrated
calibration_error(confidences, right)     # 0: of 100 coins named at 80 %, 80 are right
"""

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from sklearn.metrics import brier_score_loss

from coinvision.intervals import (
    RESAMPLES,
    SEED,
    Figure,
    percentile_interval,
    share,
)

BINS = 15
# Stored probabilities have four decimals: what is stored as 0 may be anything below half of one.
LEAST = 0.00005
COOLEST, HOTTEST = 0.1, 10.0


def temperature(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The temperature that makes probabilities likeliest (Guo et al. 2017, section 4.2).

    Args:
        labels: true class of each coin, of coins that neither taught nor will be tested.
        probabilities: coins x classes.

    Returns:
        Above 1 for a network that is surer than it should be.
    """

    def loss(log_temperature: float) -> float:
        changed = cooled(probabilities, float(np.exp(log_temperature)))
        return -float(np.log(changed[np.arange(len(labels)), labels]).mean())

    bounds = (np.log(COOLEST), np.log(HOTTEST))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded").x))


def cooled(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities (coins x classes) as a softmax of that temperature would have given them."""
    powers = np.maximum(probabilities, LEAST) ** (1 / temperature)
    changed: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return changed


def calibration_error(confidences: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over bins of equally many coins (Nguyen & O'Connor 2015).

    Args:
        confidences: probability of the emperor that was named, of each coin.
        right: whether that was right.
    """
    order, starts = _bins(confidences)
    return _binned_error((confidences - right)[order], starts)


def _bins(confidences: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The order of coins by confidence, and where in it each bin starts."""
    order = np.argsort(confidences, kind="stable")
    sizes = [len(part) for part in np.array_split(order, BINS) if len(part)]
    return order, np.cumsum([0, *sizes[:-1]])


def _binned_error(gaps: np.ndarray, starts: np.ndarray) -> float:
    """Of each coin's confidence less 1 if it was right, in the order of bins."""
    return float(np.abs(np.add.reduceat(gaps, starts)).sum() / len(gaps))


def perfect_range(confidences: np.ndarray) -> tuple[float, float]:
    """Where 95 % of the calibration errors of a perfect network with these confidences lie.

    It is not 0: so few coins are right or wrong by chance (Vaicenavicius et al. 2019, section 4).
    """
    rng = np.random.default_rng(SEED)
    order, starts = _bins(confidences)
    chance = (rng.random(len(order)) < confidences for _ in range(RESAMPLES))
    errors = [_binned_error((confidences - right)[order], starts) for right in chance]
    return percentile_interval(np.array(errors))


def reliability(
    confidences: np.ndarray, right: np.ndarray, groups: np.ndarray
) -> list[tuple[float, Figure]]:
    """Bins of equally many coins: their mean confidence, and the share that was right."""
    order, starts = _bins(confidences)
    bins = np.split(order, starts[1:])
    return [(float(confidences[b].mean()), share(right[b], groups[b])) for b in bins]


def figures(
    validation: tuple[np.ndarray, np.ndarray], test: tuple[np.ndarray, np.ndarray]
) -> dict[str, Any]:
    """Temperature, calibration error and Brier's score, before and after, for metrics.json.

    Args:
        validation: labels (coins) and probabilities (coins x classes) that fit the temperature.
        test: those that are measured.
    """
    found = temperature(*validation)
    labels, probabilities = test
    return {
        "temperature": round(found, 4),
        "fitted_on": len(validation[0]),
        "before": error(labels, cooled(probabilities, 1.0)),  # stored ones are rounded
        "after": error(labels, cooled(probabilities, found)),
    }


def error(labels: np.ndarray, probabilities: np.ndarray) -> dict[str, Any]:
    """Calibration error with the range of a perfect network, and Brier's score.

    Args:
        labels: true class of each coin.
        probabilities: coins x classes.
    """
    confidences, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    classes = range(probabilities.shape[1])
    score = brier_score_loss(labels, probabilities, labels=classes, scale_by_half=False)
    low, high = perfect_range(confidences)
    return {
        "calibration_error": round(calibration_error(confidences, right), 4),
        "perfect_from": round(low, 4),
        "perfect_to": round(high, 4),
        "brier": round(float(score), 4),
    }


def risk_coverage(confidences: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """How often the surest answers are right (El-Yaniv & Wiener 2010, risk and coverage).

    Returns:
        Columns `named, %` of the coins, surest first, and `right, %` of those; one row for each
        confidence that occurs, so that coins of equal confidence are named together.
    """
    order = np.argsort(-confidences, kind="stable")
    named = np.arange(1, len(order) + 1)
    shares = 100 * np.cumsum(right[order]) / named
    last = _last_of_ties(confidences[order])
    return pd.DataFrame(
        {"named, %": (100 * named / len(order))[last], "right, %": shares[last]}
    ).round(2)


def _last_of_ties(descending: np.ndarray) -> np.ndarray:
    return np.append(np.diff(descending) != 0, True)


def threshold_for(wanted: float, confidences: np.ndarray, right: np.ndarray) -> float | None:
    """The least confidence from which on the share of right answers reaches what is wanted.

    Args:
        wanted: a share.
        confidences: of coins that will not be tested.
        right: whether each was named rightly.

    Returns:
        None if even the surest coins fall short.
    """
    order = np.argsort(-confidences, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((shares >= wanted) & _last_of_ties(confidences[order]))
    return float(confidences[order][enough[-1]]) if len(enough) else None
