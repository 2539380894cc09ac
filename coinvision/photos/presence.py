"""Is there a coin in the picture at all? Three plain signs, set wide of every real coin at hand.

On a quarter of 3,744 obverses and reverses of eleven museums and a hoard the disc lies inside the
picture (at least 99.6 % of it), its lightness varies (standard deviation 6 to 26 of 100) and it is
never garish (nine tenths of its pixels below chroma 60). Of all of them, 3 blank pictures and 4
coins are doubted. A picture that passes may still show a button.
"""

import cv2
import numpy as np

from coinvision.photos.disc import Disc

LEAST_INSIDE = 0.98  # share of the disc that lies in the picture
LEAST_RELIEF = 4.0  # standard deviation of lightness, of 100
EDGE = 0.95  # of the radius: further out the ground may show
MOST_CHROMA = 75.0  # below which nine tenths of the disc must lie


def doubt(photograph: np.ndarray, disc: Disc | None) -> str | None:
    """Why a picture seems to show no coin, as a sentence; None if nothing speaks against one.

    Args:
        photograph: uint8 RGB, height x width x 3.
        disc: what `find_disc` gave for it.
    """
    if disc is None:
        return "The picture is blank."
    if not disc.found:
        return "Nothing round stands out from its ground."
    rows, columns = np.ogrid[: photograph.shape[0], : photograph.shape[1]]
    radii = np.hypot(columns - disc.x, rows - disc.y) / disc.radius
    if (radii < 1).sum() < LEAST_INSIDE * np.pi * disc.radius**2:
        return "What is roundest in it runs out of the picture."
    lab = cv2.cvtColor(photograph.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[radii < EDGE]
    if lab[:, 0].std() < LEAST_RELIEF:
        return "What is roundest in it is flat, without relief."
    if np.percentile(np.hypot(lab[:, 1], lab[:, 2]), 90) > MOST_CHROMA:
        return "What is roundest in it is too colorful for a coin."
    return None
