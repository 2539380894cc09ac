"""What little suffices to name an emperor: baselines that every network must beat.

BASELINES["thumbnail, 8 x 8"](known, asked)     # probabilities, asked coins x emperors

Each learns from the coins of the training folds and answers for the coins of the tested one. A new
baseline is one function and one line in `BASELINES`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, normalize
from sklearn.svm import LinearSVC

from coinvision.dataset import leakage
from coinvision.photos import shrink

HUES = "mean color and hues"
FROZEN = "frozen VGG-16 and logistic regression"
COMPONENTS = 400
# Of 10, 100, 1000 and 10,000 the best log-loss out of fold on both real data sets.
INVERSE_REGULARIZATION = 1000.0
HALF = 2  # features are averaged over squares of so many places a side
HUE_BINS = 16
THUMBNAIL, GROUND, HOG_SIDE = 8, 16, 96
HOG_CELL, HOG_BINS = 12, 9


@dataclass(frozen=True)
class Coins:
    """Some coins: their records, crops (uint8 RGB, square), grounds and emperors as numbers.

    A ground is what `photos.ground_around` leaves of a photograph, GROUND pixels a side. `features`
    are numbers of a network that never saw a coin, where there is one.
    """

    records: pd.DataFrame
    crops: np.ndarray
    grounds: np.ndarray
    labels: np.ndarray
    features: np.ndarray | None = None


Baseline = Callable[[Coins, Coins, int], np.ndarray]


def chance(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """Every emperor as likely."""
    rng = np.random.default_rng(0)
    return np.eye(classes)[rng.integers(classes, size=len(asked.labels))]


def commonest(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """The shares of the emperors among the known coins."""
    shares = np.bincount(known.labels, minlength=classes) / len(known.labels)
    return np.tile(shares, (len(asked.labels), 1))


def material(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """The shares of the emperors among the known coins of the same material."""
    everyone = commonest(known, asked, classes)
    metals = known.records["material"].to_numpy(dtype=object)
    for i, metal in enumerate(asked.records["material"]):
        same = known.labels[metals == metal]
        if len(same):
            everyone[i] = np.bincount(same, minlength=classes) / len(same)
    return everyone


def museum_number(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """The emperor of the nearest museum number, where there is one; else the commonest."""
    both = pd.concat([known.records, asked.records], ignore_index=True)
    labels = np.concatenate([known.labels, asked.labels]).astype(object)
    fold = np.arange(len(both)) >= len(known.labels)
    guesses = leakage.by_number(both, labels, fold.astype(int))
    found = commonest(known, asked, classes)
    own = guesses[guesses.index >= len(known.labels)]
    found[own.index - len(known.labels)] = np.eye(classes)[own.astype(int)]
    return found


def colors(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """Mean color and histogram of hues."""
    return _logistic(_colors, known, asked, classes)


def thumbnail(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """The coin in 8 x 8 pixels."""
    return _logistic(lambda coins: _small(coins.crops, THUMBNAIL), known, asked, classes)


def ground(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """What surrounds the coin, the coin itself masked."""
    return _logistic(lambda coins: _small(coins.grounds, GROUND), known, asked, classes)


def frozen(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """Features of a network that never saw a coin, and a logistic regression on 400 components.

    The components and their weights are learned from the known coins alone.
    """
    if known.features is None or asked.features is None:
        raise ValueError("no features were given")
    model = make_pipeline(
        PCA(min(COMPONENTS, *known.features.shape), random_state=0),
        LogisticRegression(C=INVERSE_REGULARIZATION, max_iter=1000),
    )
    model.fit(known.features, known.labels)
    found = np.zeros((len(asked.labels), classes))
    found[:, model.classes_] = model.predict_proba(asked.features)
    return found


def gradients(known: Coins, asked: Coins, classes: int) -> np.ndarray:
    """Histograms of oriented gradients (Dalal & Triggs 2005) and a linear support-vector machine.

    The machine gives no probabilities: its answer has all of it.
    """
    model = make_pipeline(StandardScaler(), LinearSVC(C=0.001))
    model.fit(_gradients(known.crops), known.labels)
    return np.eye(classes)[model.predict(_gradients(asked.crops))]


BASELINES: dict[str, Baseline] = {
    "chance": chance,
    "commonest emperor": commonest,
    "material": material,
    "nearest museum number": museum_number,
    HUES: colors,
    "thumbnail of 8 x 8": thumbnail,
    "ground without the coin": ground,
    "gradients and linear SVM": gradients,
    FROZEN: frozen,
}


def pooled(features: np.ndarray) -> np.ndarray:
    """Features for a linear model: averaged over small squares, root, every coin of length one.

    Args:
        features: coins x height x width x channels, none negative, sides even.

    Returns:
        float32 array, coins x numbers.
    """
    n, height, width, channels = features.shape
    squares = (n, height // HALF, HALF, width // HALF, HALF, channels)
    means = np.asarray(features, np.float32).reshape(squares).mean(axis=(2, 4))
    rows: np.ndarray = normalize(np.sqrt(means.reshape(n, -1)))
    return rows


# The column of the records that a baseline asks; where it says nothing, there is no baseline.
ASKS = {"material": "material", "nearest museum number": "number"}


def fits(name: str, records: pd.DataFrame) -> bool:
    """Whether the records say what a baseline asks."""
    if name not in ASKS:
        return True
    column = ASKS[name]
    said = records[column] if column in records else pd.Series(dtype=object)
    return bool((said.notna() & (said.astype(str) != "")).any())


def _logistic(
    features: Callable[[Coins], np.ndarray], known: Coins, asked: Coins, classes: int
) -> np.ndarray:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
    model.fit(features(known), known.labels)
    found = np.zeros((len(asked.labels), classes))
    found[:, model.classes_] = model.predict_proba(features(asked))
    return found


def _colors(coins: Coins) -> np.ndarray:
    side = coins.crops.shape[1]
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), int(0.47 * side), 1, -1)
    return np.stack([_colors_of(crop[mask == 1]) for crop in coins.crops])


def _colors_of(pixels: np.ndarray) -> np.ndarray:
    row = pixels[None].astype(np.float32) / 255
    lab = cv2.cvtColor(row, cv2.COLOR_RGB2LAB)[0]
    hsv = cv2.cvtColor(row, cv2.COLOR_RGB2HSV)[0]
    # a hue counts as much as it is colored
    hues, _ = np.histogram(hsv[:, 0], HUE_BINS, (0, 360), weights=hsv[:, 1])
    return np.concatenate([lab.mean(axis=0), lab.std(axis=0), hues / len(pixels)])


def _small(pictures: np.ndarray, side: int) -> np.ndarray:
    return np.stack([shrink(picture, side).ravel() for picture in pictures]).astype(np.float32)


def _gradients(crops: np.ndarray) -> np.ndarray:
    return np.stack([_gradients_of(shrink(crop, HOG_SIDE)) for crop in crops])


def _gradients_of(picture: np.ndarray) -> np.ndarray:
    """Histograms of the directions of edges in cells, four neighboring cells brought to length 1.

    OpenCV 5 left its own descriptor behind.
    """
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    right, down = cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    bins = (np.arctan2(down, right) % np.pi / np.pi * HOG_BINS).astype(int) % HOG_BINS
    strength = np.hypot(right, down)[..., None] * np.eye(HOG_BINS)[bins]
    many = HOG_SIDE // HOG_CELL
    cells = strength.reshape(many, HOG_CELL, many, HOG_CELL, HOG_BINS).sum(axis=(1, 3))
    blocks = np.concatenate(
        [cells[:-1, :-1], cells[1:, :-1], cells[:-1, 1:], cells[1:, 1:]], axis=2
    )
    lengths = np.linalg.norm(blocks, axis=2, keepdims=True)
    scaled: np.ndarray = (blocks / (lengths + 1e-6)).ravel()
    return scaled
