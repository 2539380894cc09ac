"""Does a map lie where the truth lies? Only drawn coins can tell: their parts are known.

That a map lies on the portrait says nothing of what the network used, unless only the portrait
could tell the emperor (`scripts/phantom.py --cue portrait=1`).
"""

import cv2
import numpy as np

from coinvision.explanation.anatomy import energy_in_mask

MEASURES = ("energy", "pointing", "area")


def localized(heatmap: np.ndarray, mask: np.ndarray) -> tuple[float, float, float]:
    """How much of a map lies inside a mask, and whether its peak does.

    Args:
        heatmap: rows x columns, on its own grid.
        mask: height x width of the same picture, 0 to 1.

    Returns:
        In the order of MEASURES. Energy: the share of positive evidence inside (Wang et al. 2020,
        Score-CAM, section 4.3). Pointing: 1 where the peak lies inside, 0 where not (Zhang et al.
        2018, Top-down neural attention); where several places are the peak, the share of them
        inside. Both are nan where nothing is positive. Area: the mask's share of the picture,
        which is what an even map scores.
    """
    pointing = _pointing(heatmap, mask) if heatmap.max() > 0 else float("nan")
    return energy_in_mask(heatmap, mask), pointing, float(mask.mean())


def _pointing(heatmap: np.ndarray, mask: np.ndarray) -> float:
    height, width = mask.shape
    plain = np.asarray(heatmap, np.float32)
    large = cv2.resize(plain, (width, height), interpolation=cv2.INTER_LINEAR)
    return float((mask[large == large.max()] > 0.5).mean())
