"""Where on a coin a heatmap's evidence lies: the coin's parts, and a map's share in each.

    shares(heatmaps, list(rings(224).values()))           # n x parts, 0 to 1: photographs
    shares(heatmap[None], list(exact(masks, disc, 224).values()))    # drawn coins
    energy_in_mask(heatmap, part(masks, PORTRAIT, disc, 224))        # one mask

On a photograph the parts are rings round the middle of the fitted disc; on a drawn coin they are
known. A share says little beside its part's share of the picture: where evidence is spread evenly
the two are equal.
"""

import cv2
import numpy as np

from coinvision.phantom import canvas
from coinvision.photos import Disc, crop_disc
from coinvision.photos.crop import MARGIN
from coinvision.photos.inputs import LEGEND_FROM

# In radii of the coin, from 200 drawn coins (scripts/measure_rings.py measures how well they fit):
# a disc of 0.60 covers heads best (intersection over union 0.59; 0.56 at 0.50, 0.55 at 0.70);
PORTRAIT_TO = 0.60
# 97 % of the letters lie between LEGEND_FROM and 0.92, 86 % of the border's dots beyond.
BORDER_FROM = 0.92

PARTS = ("portrait", "headgear", "legend", "field", "border", "outside")
_MASKS = {
    "portrait": canvas.PORTRAIT,
    "headgear": canvas.HEADGEAR,
    "legend": canvas.LEGEND,
    "field": canvas.FIELD,
    "border": canvas.BORDER,
}
_RINGS = {
    "portrait": (0.0, PORTRAIT_TO),
    "legend": (LEGEND_FROM, BORDER_FROM),
    "field": (PORTRAIT_TO, LEGEND_FROM),
    "border": (BORDER_FROM, 1.0),
    "outside": (1.0, np.inf),
}


def rings(size: int) -> dict[str, np.ndarray]:
    """The parts of any coin's crop: portrait, legend, field, border, outside.

    Args:
        size: side of the crop in pixels.

    Returns:
        By part, float array, size x size, 0 or 1; every pixel is in exactly one.
    """
    away = np.arange(size) - (size - 1) / 2
    radii = np.hypot(away[:, None], away[None, :]) * 2 * (1 + MARGIN) / size
    return {
        name: ((radii >= begins) & (radii < ends)).astype(np.float32)
        for name, (begins, ends) in _RINGS.items()
    }


def exact(masks: np.ndarray, disc: Disc, size: int) -> dict[str, np.ndarray]:
    """The parts of a drawn coin's crop, as they were drawn.

    Args:
        masks: what `phantom.load_masks` gave, height x width.
        disc: the coin's, in the photograph's pixels.
        size: side of the crop in pixels.

    Returns:
        By part, float array, size x size, 0 to 1; headgear is empty on a bare head.
    """
    names = list(_MASKS)
    # a crop has three channels: as many parts are cut at once
    cut = [_cut(masks, [_MASKS[n] for n in names[i : i + 3]], disc, size) for i in (0, 3)]
    found = dict(zip(names, np.concatenate(cut, axis=2).transpose(2, 0, 1), strict=False))
    # each part is enlarged for itself: at an edge they may together be more than a pixel
    total = np.maximum(np.sum(list(found.values()), axis=0), 1)
    found = {name: mask / total for name, mask in found.items()}
    return {**found, "outside": (1 - np.sum(list(found.values()), axis=0)).clip(0)}


def part(masks: np.ndarray, number: int, disc: Disc, size: int) -> np.ndarray:
    """One part of a coin as a mask of the crop that networks are given.

    Args:
        masks: of the photograph, height x width, the number of a part each.
        number: the part's.
        disc: the coin's, in the photograph's pixels.
        size: side of the result in pixels.

    Returns:
        float array, size x size, 0 to 1.
    """
    return _cut(masks, [number], disc, size)[..., 0]


def _cut(masks: np.ndarray, numbers: list[int], disc: Disc, size: int) -> np.ndarray:
    """Up to three parts, each in a channel of its own; channels to spare are empty."""
    # crops are filled with white: what is not the part must be white too
    white = np.full((*masks.shape, 3), 255, np.uint8)
    for channel, number in enumerate(numbers):
        white[..., channel][masks == number] = 0
    return 1 - crop_disc(white, disc, size) / 255.0


def shares(heatmaps: np.ndarray, masks: list[np.ndarray]) -> np.ndarray:
    """The share of each heatmap's positive evidence that lies inside each mask.

    The energy-based pointing game of Wang et al. 2020 (Score-CAM, section 4.3). A uniform heatmap
    scores each mask's share of the area.

    Args:
        heatmaps: n x rows x columns, on their own grid, which is stretched linearly over the
            picture; what is negative speaks against and is left out.
        masks: of the same picture, each size x size, 0 to 1.

    Returns:
        float array, n x masks, 0 to 1; nan where nothing is positive.
    """
    positive = np.maximum(heatmaps, 0).astype(np.float64)
    down, across = (_stretch(length, len(masks[0])) for length in positive.shape[1:])
    everywhere = np.ones_like(masks[0])
    # what a cell adds to a mask's sum once it is stretched: no map has to be
    weights = np.stack([down.T @ mask @ across for mask in (everywhere, *masks)])
    sums = np.einsum("nij,mij->nm", positive, weights)
    with np.errstate(invalid="ignore"):
        found: np.ndarray = sums[:, 1:] / sums[:, :1]
    return found


def energy_in_mask(heatmap: np.ndarray, mask: np.ndarray) -> float:
    """The share of one heatmap's positive evidence inside one mask, as `shares` counts it."""
    return float(shares(heatmap[None], [mask])[0, 0])


def _stretch(length: int, size: int) -> np.ndarray:
    """The matrix that stretches so many cells linearly over so many pixels: size x length."""
    cells = np.eye(length, dtype=np.float32)
    stretched = cv2.resize(cells, (length, size), interpolation=cv2.INTER_LINEAR)
    return stretched.astype(np.float64)
