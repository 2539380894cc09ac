"""Saliency (Simonyan et al. 2014) under SmoothGrad (Smilkov et al. 2017)."""

import cv2
import keras
import numpy as np

from coinvision.explanation.compiled import at_pictures
from coinvision.explanation.seeds import rng_of

SAMPLES = 8
NOISE = 0.2  # of the picture's range; SmoothGrad's authors looked best at 0.1 to 0.2
# Finer, a photograph could be made out in the map.
MOST_CELLS = 56


def saliency(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """How much a small change of each place would change the logit of a class, up or down.

    As tf-keras-vis's Saliency without its scaling: the gradient's size at every pixel and channel,
    mean over noisy copies of the picture, the largest of the three channels.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: not looked at: the gradient is the picture's.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.

    Returns:
        float32, n x rows x columns, at most 56 x 56 (means of pixels), from 0 up, in logits a
        gray level. It has no sign: what speaks against the class shows as well.
    """
    gradient = at_pictures(model)
    whole = np.asarray(pictures, np.float32)
    spread = NOISE * np.ptp(whole, axis=(1, 2), keepdims=True)
    chances = [rng_of(picture) for picture in pictures]
    total = np.zeros_like(whole)
    for _ in range(SAMPLES):
        noise = [rng.standard_normal(whole.shape[1:], np.float32) for rng in chances]
        total += np.abs(gradient(whole + spread * np.stack(noise), classes)[0])
    return reduced((total / SAMPLES).max(axis=-1), MOST_CELLS)


def reduced(maps: np.ndarray, most: int) -> np.ndarray:
    """Maps of n x rows x columns as means on a grid of at most `most` cells a side."""
    cells = min(most, *maps.shape[1:])
    small = [cv2.resize(one, (cells, cells), interpolation=cv2.INTER_AREA) for one in maps]
    return np.stack(small).astype(np.float32)
