"""How early the review queue brings up wrong labels: some are flipped on purpose and looked for.

The out-of-fold probabilities come from a logistic regression on a frozen network's features, which
takes a minute where five trained networks take a night.
"""

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

from coinvision.evaluation.baselines import COMPONENTS, INVERSE_REGULARIZATION
from coinvision.review import queue


class OutOfFold:
    """Probabilities for each coin by a logistic regression that never saw its fold.

    The features' principal components are those of the four other folds, found once.
    """

    def __init__(self, features: np.ndarray, folds: np.ndarray) -> None:
        self._parts = [self._reduced(features, folds == fold) for fold in np.unique(folds)]

    @staticmethod
    def _reduced(
        features: np.ndarray, held_out: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        learned = features[~held_out]
        axes = PCA(min(COMPONENTS, *learned.shape), random_state=0).fit(learned)
        return held_out, axes.transform(learned), axes.transform(features[held_out])

    def probabilities(self, labels: np.ndarray, num_classes: int) -> np.ndarray:
        """Probabilities, coins x classes, learned from these labels (numbers of classes)."""
        found = np.zeros((len(labels), num_classes))
        for held_out, learned, asked in self._parts:
            model = LogisticRegression(C=INVERSE_REGULARIZATION, max_iter=1000)
            model.fit(learned, labels[~held_out])
            found[np.ix_(held_out, model.classes_)] = model.predict_proba(asked)
        return found


def flip(labels: np.ndarray, share: float, num_classes: int, seed: int) -> np.ndarray:
    """The labels with a share of them, chosen at random, turned into another one at random."""
    rng = np.random.default_rng(seed)
    which = rng.choice(len(labels), round(share * len(labels)), replace=False)
    flipped = labels.copy()
    flipped[which] = (labels[which] + rng.integers(1, num_classes, len(which))) % num_classes
    return flipped


def places(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The place of each coin in the queue, from 0 (first) on."""
    names = [f"{k:03d}" for k in range(probabilities.shape[1])]
    table = pd.DataFrame(probabilities, columns=[f"p_{name}" for name in names])
    table["coin_id"] = np.arange(len(labels))
    table["emperor"] = np.array(names, dtype=object)[labels]
    table["predicted"] = np.array(names, dtype=object)[probabilities.argmax(axis=1)]
    place = np.empty(len(labels), int)
    place[queue.ranked(table, names)["coin_id"].to_numpy(dtype=int)] = np.arange(len(labels))
    return place


def found_early(place: np.ndarray, wanted: np.ndarray, share: float) -> float:
    """Which share of the wanted coins (a mask) stands in the first `share` of the queue."""
    return float((place[wanted] < np.ceil(share * len(place))).mean())
