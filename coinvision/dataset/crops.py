"""The coins of a dataset as crops in memory, each checked against the photograph's hash."""

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.collection import locate
from coinvision.dataset.inspection import load
from coinvision.dataset.stored import Dataset
from coinvision.errors import DatasetError
from coinvision.photos import INPUTS, Disc, crop_disc, oversize

Progress = Callable[[Iterable, int], Iterable]


def load_crops(
    dataset: Dataset,
    coins: pd.DataFrame,
    *,
    image_size: int,
    input_name: str,
    progress: Progress = lambda items, _: items,
) -> np.ndarray:
    """Crops of some coins of a dataset, as the named input shows them.

    Args:
        dataset: where the photographs are.
        coins: the rows of `dataset.coins` to load.
        image_size: of the network; crops are cut at `photos.oversize` of it.
        input_name: a row of `photos.INPUTS`.
        progress: wraps an iterable of known length.

    Returns:
        uint8 array, len(coins) x side x side x 3, with side = oversize(image_size).

    Raises:
        DatasetError: a photograph is missing or has changed since the dataset was prepared.
    """
    folder = dataset.photographs()
    present, side = INPUTS[input_name], oversize(image_size)

    def one(record: dict) -> np.ndarray:
        return present(crop_disc(_checked(folder, record), disc_of(record), side))

    crops = np.empty((len(coins), side, side, 3), np.uint8)
    with ThreadPoolExecutor() as pool:
        for i, crop in enumerate(progress(pool.map(one, coins.to_dict("records")), len(coins))):
            crops[i] = crop
    return crops


def disc_of(record: dict) -> Disc:
    """The disc that was found when the dataset was prepared."""
    return Disc(
        record["disc_x"], record["disc_y"], record["disc_radius"], bool(record["disc_found"])
    )


def _checked(folder: Path, record: dict) -> np.ndarray:
    path = locate(folder, record["file_name"])
    if not path.is_file():
        raise DatasetError(
            f"{path} is not there any more; restore it or prepare the dataset again."
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != record["picture_sha256"]:
        raise DatasetError(f"{path} has changed since the dataset was prepared; prepare it again.")
    return load(path)
