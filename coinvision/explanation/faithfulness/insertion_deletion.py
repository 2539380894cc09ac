"""Insertion and deletion (Petsiuk et al. 2018, RISE, section 4.3); the blurred coin is nothing.

Insertion shows the most relevant pixels first on a blurred coin, deletion blurs them first. The
blurred coin keeps the coin's color, light and outline: black in its place would be a picture
unlike all that a network has learned from, and would say more of the black than of the map.
"""

import numpy as np

from coinvision.explanation.faithfulness.views import Predict, enlarged, ranks, scores
from coinvision.explanation.hiding import blurred

# Shares of the picture that are changed: the middles of ten equal steps, whose mean is the area
# under the curve. Ten, since VGG-16 needs 40 to 80 ms a view on two cores; the unchanged and the
# wholly blurred coin, the same for every map, need not be asked for at all.
SHARES = (np.arange(10) + 0.5) / 10


def insertion(
    predict: Predict, pictures: np.ndarray, classes: np.ndarray, maps: np.ndarray
) -> np.ndarray:
    """Area under the score of a class as the most relevant pixels are shown first: more is better.

    Args:
        predict: pictures to scores of every class.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.
        maps: n x rows x columns.

    Returns:
        n numbers; 0 to 1 where scores are probabilities.
    """
    coins = zip(pictures, maps, strict=True)
    views = (_views(picture, blurred(picture), heatmap) for picture, heatmap in coins)
    area: np.ndarray = scores(predict, views, classes).mean(axis=1)
    return area


def deletion(
    predict: Predict, pictures: np.ndarray, classes: np.ndarray, maps: np.ndarray
) -> np.ndarray:
    """Area under the score of a class as the most relevant pixels are blurred first: less is more.

    Takes and gives what `insertion` does.
    """
    coins = zip(pictures, maps, strict=True)
    views = (_views(blurred(picture), picture, heatmap) for picture, heatmap in coins)
    area: np.ndarray = scores(predict, views, classes).mean(axis=1)
    return area


def _views(first: np.ndarray, then: np.ndarray, heatmap: np.ndarray) -> np.ndarray:
    """`first` where the heatmap ranks high, `then` elsewhere, for each of SHARES."""
    places = ranks(heatmap, len(first))
    return np.stack(
        [
            np.where(enlarged(places < share * places.size)[..., None], first, then)
            for share in SHARES
        ]
    ).astype(np.float32)
