"""Look at every photograph of a collection once: can it be read, where is the coin, is it gray?

What is seen is kept beside the record, so that no later step decodes a photograph to learn it.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from coinvision.errors import PhotoError
from coinvision.photos import Disc, crop_disc, decode, find_disc, is_near_gray

FINGERPRINT_SIDE = 128
# No coin of the collections at hand needs more pixels than this to be cropped at 224.
LONGEST_SIDE = 1024


@dataclass(frozen=True)
class Look:
    """What one photograph shows: its hash, its disc, and the coin in gray for comparing."""

    sha256: str
    width: int
    height: int
    disc: Disc
    near_gray: bool
    gray: np.ndarray


def load(path: Path) -> np.ndarray:
    """Decode a collection's photograph at the size at which discs are measured and crops cut."""
    return decode(path, longest_side=LONGEST_SIDE)


def look_at(path: Path) -> Look:
    """Look at one photograph.

    Raises:
        PhotoError: it cannot be read, or shows nothing.
    """
    photograph = load(path)
    disc = find_disc(photograph)
    if disc is None:
        raise PhotoError(f"{path.name} is blank: no coin in it")
    crop = crop_disc(photograph, disc, FINGERPRINT_SIDE)
    height, width = photograph.shape[:2]
    return Look(
        hashlib.sha256(path.read_bytes()).hexdigest(),
        width,
        height,
        disc,
        is_near_gray(crop),
        cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY),
    )


def look_at_all(paths: list[Path]) -> Iterator[Look | PhotoError]:
    """Look at many photographs, in their order; one that cannot be used gives its error."""
    with ThreadPoolExecutor() as pool:
        yield from pool.map(_look_or_error, paths)


def _look_or_error(path: Path) -> Look | PhotoError:
    try:
        return look_at(path)
    except PhotoError as error:
        return error
