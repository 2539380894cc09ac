"""Where on a coin a heatmap's evidence lies: its share inside a mask.

energy_in_mask(heatmap, part(masks, PORTRAIT, disc, 224))     # 0 to 1, beside the mask's mean()
"""

import cv2
import numpy as np

from coinvision.photos import Disc, crop_disc


def energy_in_mask(heatmap: np.ndarray, mask: np.ndarray) -> float:
    """The share of a heatmap's positive evidence that lies inside a mask.

    The energy-based pointing game of Wang et al. 2020 (Score-CAM, section 4.3). A uniform heatmap
    scores the mask's share of the area.

    Args:
        heatmap: rows x columns, on its own grid; what is negative speaks against and is left out.
        mask: height x width of the same picture, 0 to 1.

    Returns:
        0 to 1, or nan where nothing is positive.
    """
    height, width = mask.shape
    positive = np.maximum(heatmap, 0).astype(np.float32)
    large = cv2.resize(positive, (width, height), interpolation=cv2.INTER_LINEAR)
    total = float(large.sum())
    return float((large * mask).sum()) / total if total > 0 else float("nan")


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
    # crops are filled with white: what is not the part must be white too
    white = np.where(masks == number, 0, 255).astype(np.uint8)
    crop = crop_disc(np.repeat(white[..., None], 3, axis=2), disc, size)
    return 1 - crop[..., 0] / 255.0
