"""Changed views of a coin: which pixels a map ranks first, and what a network says of each view.

places = ranks(heatmap, 160)
most = enlarged(places < 0.1 * places.size)      # the most relevant tenth, 160 x 160
"""

import zlib
from collections.abc import Callable, Iterable

import cv2
import numpy as np

Predict = Callable[[np.ndarray], np.ndarray]

# Pixels are removed in squares of so many: 56 x 56 of them on the small network's picture, which is
# as fine as any heatmap is stored, and a quarter of the unknowns for road.py.
CELL = 2
SEED = 0


def ranks(heatmap: np.ndarray, size: int) -> np.ndarray:
    """The place of each cell of a picture in the order of a heatmap, the most relevant first.

    The heatmap is enlarged linearly. Ties (Grad-CAM is zero over half of many coins) are broken at
    random, by a seed made of the heatmap: any fixed order would remove the picture's upper left
    first, the same map has the same order in any company.

    Args:
        heatmap: rows x columns, on its own grid; what is negative ranks last.
        size: side of the picture in pixels, a multiple of CELL.

    Returns:
        int array, size / CELL squared: 0 for the most relevant cell, each number once.
    """
    side = size // CELL
    plain = np.ascontiguousarray(heatmap, np.float32)
    values = cv2.resize(plain, (side, side), interpolation=cv2.INTER_LINEAR).ravel()
    rng = np.random.default_rng([SEED, zlib.crc32(plain.tobytes())])
    order = np.lexsort((rng.random(values.size), -values))
    places = np.empty(values.size, int)
    places[order] = np.arange(values.size)
    return places.reshape(side, side)


def enlarged(cells: np.ndarray) -> np.ndarray:
    """Cells as pixels: each becomes a square of CELL x CELL."""
    return cells.repeat(CELL, axis=0).repeat(CELL, axis=1)


def scores(predict: Predict, views: Iterable[np.ndarray], classes: np.ndarray) -> np.ndarray:
    """What a network says of the class of each coin, view by view.

    Args:
        predict: pictures to scores of every class.
        views: for each coin, its views: float array, k x size x size x 3.
        classes: n, the class of each coin.

    Returns:
        float array, n x k.
    """
    stacked = np.stack(list(views))
    said = predict(stacked.reshape(-1, *stacked.shape[2:])).reshape(*stacked.shape[:2], -1)
    return said[np.arange(len(stacked)), :, classes]
