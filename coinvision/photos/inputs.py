"""What a network is given of a photograph: one table. A new input is a function and a line here.

picture = INPUTS["grayscale"].of(photograph, disc, 140)
picture = INPUTS["grayscale"](crop)     # the same, for inputs that are made of the coin alone

Every input takes and returns uint8 RGB, height x width x 3, so that all networks and all inputs
fit together.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from coinvision.photos.crop import MARGIN, crop_disc, ground_around
from coinvision.photos.disc import Disc
from coinvision.photos.jitter import jittered

# Mean distance from gray in CIELAB below which a photograph holds no color that counts. It parts a
# museum half of whose photographs look gray (173 of 300 measured lie below) from one that works in
# color (3 of 300, all three without any color).
NEAR_GRAY_CHROMA = 2.5
LEGEND_FROM = 0.70  # radii of the coin; portraits end about there, legends begin


@dataclass(frozen=True)
class Input:
    """One line of the table of inputs: how a photograph is cut, and what is shown of the crop.

    `in_training(view, rng)` changes each view in training at random, and nothing that is tested.
    """

    present: Callable[[np.ndarray], np.ndarray]
    in_training: Callable[[np.ndarray, np.random.Generator], np.ndarray] | None = None
    cut: Callable[[np.ndarray, Disc, int], np.ndarray] = crop_disc

    def __call__(self, crop: np.ndarray) -> np.ndarray:
        """What is shown of a crop."""
        return self.present(crop)

    def of(self, photograph: np.ndarray, disc: Disc, size: int) -> np.ndarray:
        """What is shown of a photograph, size x size x 3."""
        return self.present(self.cut(photograph, disc, size))


def color(crop: np.ndarray) -> np.ndarray:
    """The crop as it is."""
    return crop


def grayscale(crop: np.ndarray) -> np.ndarray:
    """Luma (ITU-R BT.601) repeated on three channels: removes hue, keeps luster and contrast."""
    return cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def shuffled(crop: np.ndarray) -> np.ndarray:
    """The coin's pixels in a random order: every color is there, no shape is."""
    inside = _radii(crop) < 1
    changed = np.full_like(crop, 255)
    # another order for each coin, always the same for the same coin
    rng = np.random.default_rng(zlib.crc32(crop.tobytes()))
    changed[inside] = rng.permutation(crop[inside])
    return changed


def blurred(crop: np.ndarray) -> np.ndarray:
    """The coin in 8 x 8 fields of color: no letter and no nose is left."""
    inside = (_radii(crop) < 1)[..., None]
    fields = cv2.resize(crop, (8, 8), interpolation=cv2.INTER_AREA)
    smooth = cv2.resize(fields, crop.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(inside, smooth, np.uint8(255))


def portrait(crop: np.ndarray) -> np.ndarray:
    """The middle of the coin; the legend's ring is filled with the coin's mean color."""
    return _filled(crop, _radii(crop) >= LEGEND_FROM)


def legend(crop: np.ndarray) -> np.ndarray:
    """The legend's ring; the middle is filled with the coin's mean color."""
    return _filled(crop, _radii(crop) < LEGEND_FROM)


INPUTS = {
    "color": Input(color),
    "grayscale": Input(grayscale),
    "jittered": Input(color, in_training=jittered),
    "shuffled": Input(shuffled),
    "blurred": Input(blurred),
    "portrait": Input(portrait),
    "legend": Input(legend),
    "ground": Input(color, cut=ground_around),
}


def _radii(crop: np.ndarray) -> np.ndarray:
    """Each pixel's distance from the middle, in radii of the coin."""
    height, width = crop.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(rows - (height - 1) / 2, columns - (width - 1) / 2)
    found: np.ndarray = away * 2 * (1 + MARGIN) / min(height, width)
    return found


def _filled(crop: np.ndarray, where: np.ndarray) -> np.ndarray:
    radii, changed = _radii(crop), crop.copy()
    changed[where] = np.rint(crop[radii < 1].mean(axis=0))
    changed[radii >= 1] = 255
    return changed


def mean_chroma(crop: np.ndarray) -> float:
    """Mean CIELAB chroma inside the inscribed circle of a crop; 0 is gray."""
    lab = cv2.cvtColor(crop.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    inside = np.zeros(crop.shape[:2], np.uint8)
    height, width = crop.shape[:2]
    cv2.circle(inside, (width // 2, height // 2), int(0.4 * min(height, width)), 1, -1)
    return float(np.hypot(lab[..., 1], lab[..., 2])[inside == 1].mean())


def is_near_gray(crop: np.ndarray) -> bool:
    """Whether a crop's photograph is gray already, so that "color" could only mean "museum"."""
    return mean_chroma(crop) < NEAR_GRAY_CHROMA
