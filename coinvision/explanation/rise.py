"""RISE (Petsiuk et al. 2018): what a place adds when random parts of the coin are hidden."""

from collections.abc import Iterator

import cv2
import keras
import numpy as np

from coinvision.explanation.compiled import logits
from coinvision.explanation.hiding import blurred
from coinvision.explanation.saliency import reduced

# Maps of two coins from two seeds correlate by 0.88 (small network; 0.78 with 256 masks). The
# paper's 4,000 would take eight times as long.
MASKS = 512
SEED = 0
# Cells a side that are shown or hidden together, half of them shown, as the paper has it. The
# paper's 7 are too coarse for a legend: a tenth of a crop is about a letter.
CELLS, SHOWN = 10, 0.5
PLACES = 28  # masks are smooth: nothing finer is in the result
BATCH = 32


def rise(model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """How far the logit of a class is above its mean when a place is shown.

    Where the coin is hidden its blurred copy shows. The mean logit under all masks is taken off:
    the paper's own sum keeps it, and with it a share of the masks' own unevenness.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: not looked at: only pictures are changed.
        pictures: n x size x size x 3, RGB 0-255, crops of coins.
        classes: n, the class that each map explains.

    Returns:
        float32, n x 28 x 28 (at most one place a pixel), in logits; negative where the place
        speaks against the class.
    """
    pairs = zip(np.asarray(pictures, np.float32), classes, strict=True)
    return np.stack([_one(model, picture, int(wanted)) for picture, wanted in pairs])


def _one(model: keras.Model, picture: np.ndarray, wanted: int) -> np.ndarray:
    hidden = blurred(picture)
    scores, places = [], []
    for masks in _masks(len(picture)):
        shown = hidden + masks[..., None] * (picture - hidden)
        scores.append(logits(model)(shown, np.full(len(shown), wanted))[0])
        places.append(reduced(masks, PLACES))
    above, seen = np.concatenate(scores), np.concatenate(places)
    above -= above.mean()
    found: np.ndarray = np.tensordot(above, seen, 1) / seen.sum(axis=0)
    return found.astype(np.float32)


def _masks(size: int) -> Iterator[np.ndarray]:
    """All masks, a batch at a time, 0 to 1: cells enlarged smoothly and shifted by chance."""
    rng = np.random.default_rng(SEED)
    cell = -(-size // CELLS)
    side = (CELLS + 1) * cell
    for _ in range(0, MASKS, BATCH):
        cells = (rng.random((BATCH, CELLS + 1, CELLS + 1)) < SHOWN).astype(np.float32)
        shifts = rng.integers(0, cell, (BATCH, 2))
        large = [cv2.resize(one, (side, side), interpolation=cv2.INTER_LINEAR) for one in cells]
        yield np.stack(
            [one[y : y + size, x : x + size] for one, (y, x) in zip(large, shifts, strict=True)]
        )
