"""The random changes of the 2020 study: flips, zoom, shear and shift.

They mirror coins, which `augmentation.py` never does: this is a baseline, kept as it was. The study
names the kinds of change and not how far they went; the ranges here are common ones.
"""

import cv2
import numpy as np

ZOOM = 0.2  # of the size, either way, width and height apart
SHEAR = 0.2  # of the height, sideways, either way
SHIFT = 0.1  # of the side, either way


def augment(crop: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    """One changed view of a crop, mirrored half of the time.

    Args:
        crop: uint8 RGB, square, at least `size` pixels.
        rng: decides all; the same state gives the same view.
        size: side of the result.

    Returns:
        uint8 RGB, size x size x 3; beyond the crop its edge goes on.
    """
    across, down = rng.uniform(1 - ZOOM, 1 + ZOOM, 2) * size / crop.shape[0]
    mirrored = -1 if rng.random() < 0.5 else 1
    linear = np.array([[mirrored * across, rng.uniform(-SHEAR, SHEAR) * down], [0, down]])
    middle = np.full(2, (crop.shape[0] - 1) / 2)
    moved = (size - 1) / 2 + rng.uniform(-SHIFT, SHIFT, 2) * size - linear @ middle
    return cv2.warpAffine(
        crop,
        np.column_stack([linear, moved]),
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
