"""A coin with nothing on it, to hide parts of a coin with."""

import cv2
import numpy as np

from coinvision.photos.crop import MARGIN

# Of the picture's side. A legend's letters are about as high: no letter and no nose is left.
BLUR = 1 / 12


def blurred(picture: np.ndarray) -> np.ndarray:
    """The coin's blurred copy: its metal and its light, without any shape.

    Only the coin is blurred, and only by itself: a rim mixed with the white ground would be a
    new thing to see.

    Args:
        picture: size x size x 3, RGB 0-255, a crop of a coin.

    Returns:
        float32, of the same shape; outside the coin as it was.
    """
    size = len(picture)
    coin = np.zeros((size, size), np.float32)
    cv2.circle(coin, (size // 2, size // 2), round(size / 2 / (1 + MARGIN)), 1, -1)
    coin = coin[..., None]
    whole = np.asarray(picture, np.float32)
    mixed = _smooth(whole * coin) / np.maximum(_smooth(coin)[..., None], 1e-6)
    return np.where(coin > 0, mixed, whole)


def _smooth(picture: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), BLUR * len(picture), borderType=cv2.BORDER_CONSTANT)
