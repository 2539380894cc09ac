"""Occlusion (Zeiler & Fergus 2014): what is lost when a small patch of the coin is hidden."""

import keras
import numpy as np

from coinvision.explanation.compiled import logits
from coinvision.explanation.hiding import blurred

# Places a side. A patch is two places wide, a fourteenth of the picture: about a letter of a
# legend, and less than a third of the ring between portrait and rim.
PLACES = 28
BATCH = 32


def occlusion(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """How far the logit of a class falls when the coin's blurred copy covers a patch.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: not looked at: only pictures are changed.
        pictures: n x size x size x 3, RGB 0-255, crops of coins.
        classes: n, the class that each map explains.

    Returns:
        float32, n x 28 x 28 (fewer in pictures under 56 pixels), in logits; negative where the
        patch spoke against the class, 0 where there is nothing to hide.
    """
    pairs = zip(np.asarray(pictures, np.float32), classes, strict=True)
    return np.stack([_one(model, picture, int(wanted)) for picture, wanted in pairs])


def _one(model: keras.Model, picture: np.ndarray, wanted: int) -> np.ndarray:
    def score(shown: list[np.ndarray]) -> np.ndarray:
        return logits(model)(np.stack(shown), np.full(len(shown), wanted))[0]

    hidden, patches = blurred(picture), _patches(len(picture))
    changed = (hidden != picture).any(axis=-1)
    lost = np.zeros((len(patches), len(patches)), np.float32)
    places = [at for at in np.ndindex(lost.shape) if changed[patches[at[0]], patches[at[1]]].any()]
    whole = score([picture])[0]
    for start in range(0, len(places), BATCH):
        block = places[start : start + BATCH]
        shown = [_covered(picture, hidden, patches[row], patches[column]) for row, column in block]
        lost[tuple(np.transpose(block))] = whole - score(shown)
    return lost


def _patches(size: int) -> list[slice]:
    """Where the patch of each place begins and ends, along one side."""
    places = min(PLACES, size // 2)
    edges = (np.arange(-1, places + 2) + 0.5) * size / places  # middles of places, and beyond
    edges = np.clip(np.rint(edges), 0, size).astype(int)
    return [slice(edges[i], edges[i + 2]) for i in range(places)]


def _covered(picture: np.ndarray, hidden: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
    changed = picture.copy()
    changed[rows, columns] = hidden[rows, columns]
    return changed
