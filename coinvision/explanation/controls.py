"""Maps that know nothing of the network: what a method must beat before it is believed.

They take and give what methods do (`explanation.get("center")`); model and classes change nothing.
"""

import cv2
import keras
import numpy as np

from coinvision.explanation.saliency import reduced
from coinvision.explanation.seeds import rng_of

PLACES = 28  # a photograph cannot be made out in its edges on so coarse a grid
CENTER = 0.25  # of the map's side: two thirds of the bell lie on the portrait


def random(model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Chance: every place for itself, evenly from 0 to 1; n x 28 x 28."""
    return np.stack([rng_of(one).random((PLACES, PLACES), np.float32) for one in pictures])


def blurred_random(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """Chance as coarse as the layer's own grid: removal measures favor smooth maps; n x 28 x 28."""
    rows, columns = model.get_layer(layer).output.shape[1:3]
    coarse = [rng_of(one).random((rows, columns), np.float32) for one in pictures]
    return np.stack(
        [cv2.resize(one, (PLACES, PLACES), interpolation=cv2.INTER_LINEAR) for one in coarse]
    )


def center(model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """A bell in the middle, where portraits are; n x 28 x 28."""
    away = (np.arange(PLACES) - (PLACES - 1) / 2) / PLACES
    bell = np.exp(-0.5 * (away / CENTER) ** 2)
    return np.repeat(np.outer(bell, bell)[None], len(pictures), axis=0).astype(np.float32)


def edges(model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """How steep the photograph is (Sobel, on luma), as means of at most 28 x 28 places."""
    found = []
    for picture in np.asarray(pictures, np.float32):
        luma = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        steps = [cv2.Sobel(luma, cv2.CV_32F, *way) for way in ((1, 0), (0, 1))]
        found.append(np.hypot(*steps))
    return reduced(np.stack(found), PLACES)
