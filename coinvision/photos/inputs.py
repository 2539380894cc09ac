"""What a network is given of a crop: one table of inputs. A new input is one function here.

Every input takes and returns uint8 RGB, height x width x 3, so that all networks and all inputs
fit together.
"""

from collections.abc import Callable

import cv2
import numpy as np

# Mean distance from gray in CIELAB below which a photograph holds no color that counts. It parts a
# museum half of whose photographs look gray (173 of 300 measured lie below) from one that works in
# color (3 of 300, all three without any color).
NEAR_GRAY_CHROMA = 2.5


def color(crop: np.ndarray) -> np.ndarray:
    """The crop as it is."""
    return crop


def grayscale(crop: np.ndarray) -> np.ndarray:
    """Luma (ITU-R BT.601) repeated on three channels: removes hue, keeps luster and contrast."""
    return cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


INPUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {"color": color, "grayscale": grayscale}


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
