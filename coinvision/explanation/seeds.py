"""Chance that belongs to a picture: the same picture always gets the same random numbers."""

import zlib

import numpy as np


def rng_of(picture: np.ndarray) -> np.random.Generator:
    """A generator that depends on the picture's pixels (uint8 range) alone."""
    return np.random.default_rng(zlib.crc32(np.asarray(picture).astype(np.uint8).tobytes()))
