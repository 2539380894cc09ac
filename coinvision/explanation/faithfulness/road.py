"""ROAD, remove and debias (Rong et al. 2022): what is lost with the most and the least relevant.

Pixels are filled from their surroundings, so that the form of the hole tells the network nothing.
Coarse and smooth maps gain by their smoothness here (a known weakness), which is why a method must
beat the blurred random map and the center as well.
"""

from collections.abc import Iterator

import numpy as np

from coinvision.explanation.faithfulness.imputation import imputed
from coinvision.explanation.faithfulness.views import Predict, ranks, scores

PERCENTILES = (10, 30, 50, 70, 90)


def road(
    predict: Predict, pictures: np.ndarray, classes: np.ndarray, maps: np.ndarray
) -> np.ndarray:
    """Score without the least relevant pixels less that without the most relevant: more is better.

    Args:
        predict: pictures to scores of every class.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.
        maps: n x rows x columns.

    Returns:
        n numbers, means over PERCENTILES; -1 to 1 where scores are probabilities, 0 by chance.
    """
    views = (_views(picture, heatmap) for picture, heatmap in zip(pictures, maps, strict=True))
    said = scores(predict, views, classes)
    most, least = said[:, : len(PERCENTILES)], said[:, len(PERCENTILES) :]
    gain: np.ndarray = (least - most).mean(axis=1)
    return gain


def _views(picture: np.ndarray, heatmap: np.ndarray) -> np.ndarray:
    """Without the most relevant pixels, for each percentile, and then without the least."""
    return np.stack([imputed(picture, gone) for gone in _removed(ranks(heatmap, len(picture)))])


def _removed(places: np.ndarray) -> Iterator[np.ndarray]:
    counts = [percentile / 100 * places.size for percentile in PERCENTILES]
    yield from (places < count for count in counts)
    yield from (places >= places.size - count for count in counts)
