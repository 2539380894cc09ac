"""Small changes that leave a coin the same coin: turned, moved, scaled, lit and blurred a little.

Never mirrored: that would turn the legend into nonsense and the portrait the other way.
"""

from dataclasses import dataclass

import cv2
import numpy as np

# Raise this with every change of what `augment` or an input's own change in training does: stored
# views of older kinds are not reused.
VERSION = 1


@dataclass(frozen=True)
class Strength:
    """How far each change may go."""

    turn: float = 15.0  # degrees either way
    scale: float = 0.12  # of the size, either way
    shift: float = 0.06  # of the side, either way
    contrast: float = 0.25  # of the contrast, either way
    brightness: float = 25.0  # of 255, either way
    blur: float = 0.15  # share of coins that lose detail, as in a smaller photograph


STRENGTH = Strength()


def augment(crop: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    """One changed view of a crop.

    Args:
        crop: uint8 RGB, square, at least `size` pixels.
        rng: decides all; the same state gives the same view.
        size: side of the result.

    Returns:
        uint8 RGB, size x size x 3.
    """
    moved = _move(crop, rng, size)
    if rng.random() < STRENGTH.blur:
        moved = _lose_detail(moved, rng.uniform(0.5, 1.0))
    return _light(moved, rng)


def _move(crop: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    middle = (crop.shape[0] - 1) / 2
    turn = rng.uniform(-STRENGTH.turn, STRENGTH.turn)
    scale = rng.uniform(1 - STRENGTH.scale, 1 + STRENGTH.scale) * size / crop.shape[0]
    matrix = cv2.getRotationMatrix2D((middle, middle), turn, scale)
    shift = rng.uniform(-STRENGTH.shift, STRENGTH.shift, 2) * size
    matrix[:, 2] += (size - 1) / 2 - middle + shift
    return cv2.warpAffine(
        crop,
        matrix,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )


def _lose_detail(picture: np.ndarray, share: float) -> np.ndarray:
    size = picture.shape[0]
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC)


def _light(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    contrast = rng.uniform(1 - STRENGTH.contrast, 1 + STRENGTH.contrast)
    brightness = rng.uniform(-STRENGTH.brightness, STRENGTH.brightness)
    mean = picture.mean()
    lit = (picture.astype(np.float32) - mean) * contrast + mean + brightness
    return np.clip(np.rint(lit), 0, 255).astype(np.uint8)
