"""Random color: the same coin in another hue, stronger, weaker or gray.

A network that is trained so cannot rest on a hue, and still learns that there are colors. Relief
stays: only the two channels of color of CIELAB are changed.
"""

import cv2
import numpy as np

GRAY = 0.2  # share of the views that have no color at all
STRONGEST = 1.5  # times the color that a coin has


def jittered(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A picture with its hues turned by any angle and its colors weakened or strengthened.

    Args:
        picture: uint8 RGB; white, gray and black stay as they are.
        rng: decides all; the same state gives the same colors.
    """
    turn = rng.uniform(-np.pi, np.pi)
    strength = 0.0 if rng.random() < GRAY else rng.uniform(0, STRONGEST)
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    cosine, sine = strength * np.cos(turn), strength * np.sin(turn)
    lab[..., 1:] = lab[..., 1:] @ np.array([[cosine, sine], [-sine, cosine]], np.float32)
    colored = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return np.rint(np.clip(colored, 0, 1) * 255).astype(np.uint8)
