"""Accuracy, macro-F1, balanced accuracy; precision, recall and F1 of each emperor; confusion.

The definitions are scikit-learn's (and tested against it), written for stacks of confusion
matrices, since the bootstrap needs thousands of them at once.
"""

from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix

from coinvision.intervals import bootstrapped, resampled_confusions, share


def all_metrics(
    labels: np.ndarray, predicted: np.ndarray, groups: np.ndarray, emperors: list[str]
) -> dict[str, Any]:
    """Every figure of a set of predictions, each with n and its 95 % interval.

    Args:
        labels: true emperor of each coin, as a position in `emperors`.
        predicted: predicted emperor of each coin, likewise.
        groups: group of each coin.
        emperors: the classes.
    """
    n, right = len(labels), labels == predicted
    confusion = confusion_matrix(labels, predicted, labels=range(len(emperors)))
    resamples = resampled_confusions(labels, predicted, groups, len(emperors))
    return {
        "n": n,
        "groups": len(np.unique(groups)),
        "accuracy": share(right, groups).as_dict(),
        "macro_f1": bootstrapped(macro_f1, confusion, resamples, n).as_dict(),
        "balanced_accuracy": bootstrapped(balanced_accuracy, confusion, resamples, n).as_dict(),
        "emperors": {
            emperor: {
                "n": int(confusion[i].sum()),
                "precision": share(right[predicted == i], groups[predicted == i]).as_dict(),
                "recall": share(right[labels == i], groups[labels == i]).as_dict(),
                "f1": _f1_of(i, confusion, resamples),
            }
            for i, emperor in enumerate(emperors)
        },
        "confusion": confusion.tolist(),
    }


def _f1_of(i: int, confusion: np.ndarray, resamples: np.ndarray) -> dict[str, float | int | None]:
    n = int(confusion[i].sum())
    return bootstrapped(lambda c: f1(c)[..., i], confusion, resamples, n).as_dict()


def f1(confusions: np.ndarray) -> np.ndarray:
    """F1 of each class (... x K); NaN for a class that is neither there nor predicted."""
    right = np.diagonal(confusions, axis1=-2, axis2=-1)
    both = confusions.sum(axis=-1) + confusions.sum(axis=-2)
    return np.divide(2 * right, both, out=np.full(both.shape, np.nan), where=both > 0)


def macro_f1(confusions: np.ndarray) -> np.ndarray:
    """Mean F1 of the classes that are there or predicted."""
    return np.nanmean(f1(confusions), axis=-1)


def balanced_accuracy(confusions: np.ndarray) -> np.ndarray:
    """Mean recall of the classes that are there."""
    right = np.diagonal(confusions, axis1=-2, axis2=-1)
    there = confusions.sum(axis=-1)
    recall = np.divide(right, there, out=np.full(there.shape, np.nan), where=there > 0)
    return np.nanmean(recall, axis=-1)
