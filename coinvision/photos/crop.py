"""Cut the coin out of its photograph: square, centered, the ground outside the disc made white.

    large = crop_disc(photograph, disc, oversize(160))   # kept, and augmented from in training
    picture = shrink(large, 160)                         # what a network sees otherwise
    ground_around(photograph, disc, 160)                 # the opposite: all but the coin

Museums differ in their grounds (white, gray, black, with a scale bar). What lies clearly outside
the disc is filled with white, so that little of the museum is left to learn.
"""

import cv2
import numpy as np

from coinvision.photos.disc import Disc

MARGIN = 0.06  # of the radius, left round the disc
FILL_FROM = 1.06  # radii from the center from where on the ground is white
WHITE, GRAY = (255, 255, 255), (128, 128, 128)
# Crops are cut larger than a network's image, so that an augmented view is as sharp as a plain one.
OVERSIZE = 1.25


def crop_disc(photograph: np.ndarray, disc: Disc, size: int) -> np.ndarray:
    """Cut a square round the disc and bring it to `size` pixels.

    Args:
        photograph: uint8 RGB, height x width x 3.
        disc: the coin's disc in that photograph's pixels.
        size: side of the result in pixels.

    Returns:
        uint8 RGB, size x size x 3; what lay outside the picture or the disc is white.
    """
    half = disc.radius * (1 + MARGIN)
    left, top = int(np.floor(disc.x - half)), int(np.floor(disc.y - half))
    side = max(2, int(np.ceil(2 * half)))
    square = _cut(photograph, left, top, side)
    square = _whiten_ground(square, disc.x - left, disc.y - top, disc.radius * FILL_FROM)
    return _resized(square, size)


def ground_around(photograph: np.ndarray, disc: Disc, size: int) -> np.ndarray:
    """The whole photograph with its coin made gray, brought to a square of `size` pixels.

    Args:
        photograph: uint8 RGB, height x width x 3.
        disc: the coin's disc in that photograph's pixels.
        size: side of the result in pixels.

    Returns:
        uint8 RGB, size x size x 3.
    """
    masked = photograph.copy()
    radius = int(np.ceil(FILL_FROM * disc.radius))
    cv2.circle(masked, (round(disc.x), round(disc.y)), radius, GRAY, -1)
    return _resized(masked, size)


def oversize(image_size: int) -> int:
    """The size at which crops are cut for a network of that image size."""
    return round(image_size * OVERSIZE)


def shrink(crop: np.ndarray, size: int) -> np.ndarray:
    """A crop at the network's size, as validation, test and prediction see it."""
    return cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA)


def _resized(picture: np.ndarray, size: int) -> np.ndarray:
    shrinks = min(picture.shape[:2]) >= size
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return cv2.resize(picture, (size, size), interpolation=how)


def _cut(photograph: np.ndarray, left: int, top: int, side: int) -> np.ndarray:
    height, width = photograph.shape[:2]
    square = np.full((side, side, 3), 255, np.uint8)
    x0, x1 = max(left, 0), min(left + side, width)
    y0, y1 = max(top, 0), min(top + side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = photograph[y0:y1, x0:x1]
    return square


def _whiten_ground(square: np.ndarray, x: float, y: float, radius: float) -> np.ndarray:
    rows, columns = np.ogrid[: square.shape[0], : square.shape[1]]
    # a ramp one pixel wide, so that the circle leaves no jagged edge to learn
    inside = np.clip(radius - np.hypot(columns - x, rows - y) + 0.5, 0, 1)[..., None]
    return np.rint(square * inside + np.asarray(WHITE) * (1 - inside)).astype(np.uint8)
