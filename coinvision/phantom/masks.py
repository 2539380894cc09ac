"""The masks of a drawn collection, read back."""

from pathlib import Path

import cv2
import numpy as np

from coinvision.errors import CollectionError

MASKS = "masks"


def load_masks(folder: Path, file_name: str) -> np.ndarray:
    """What each pixel of a drawn photograph is.

    Args:
        folder: the collection's.
        file_name: the photograph's.

    Returns:
        uint8, height x width, a position in `canvas.MASKS` each.

    Raises:
        CollectionError: it is not there or cannot be read.
    """
    path = folder / MASKS / Path(file_name).name
    masks = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if masks is None:
        raise CollectionError(f"{path} is missing or damaged; scripts/phantom.py draws it again.")
    return np.asarray(masks)
