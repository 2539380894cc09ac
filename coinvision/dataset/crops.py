"""The photographs of a dataset: find them on this machine, check each against its hash, crop."""

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.collection import locate
from coinvision.dataset.drawn import expected_sha256
from coinvision.dataset.inspection import load
from coinvision.errors import DatasetError
from coinvision.files import cache_folder
from coinvision.photos import INPUTS, Disc, oversize

COLLECTIONS_VARIABLE = "COINVISION_COLLECTIONS"
COLLECTIONS = "collections"  # searched as well, in the folder where a command runs
Progress = Callable[[Iterable, int], Iterable]


def find_photographs(name: str, recorded: str | None = None) -> Path:
    """The folder of a collection's photographs on this machine.

    Args:
        name: the collection's; its folder is called so.
        recorded: where it lay when the dataset was prepared.

    Raises:
        DatasetError: it is not there, nor in a folder that COINVISION_COLLECTIONS names.
    """
    searched = [COLLECTIONS, *os.environ.get(COLLECTIONS_VARIABLE, "").split(os.pathsep)]
    places = [Path(place) / name for place in searched if place] + [
        cache_folder(COLLECTIONS) / name
    ]
    for folder in [Path(recorded), *places] if recorded else places:
        if folder.is_dir():
            return folder
    raise DatasetError(
        f"The photographs of {name} are not in {recorded or places[0]}; put them there, or name "
        f"the folder above theirs in {COLLECTIONS_VARIABLE}."
    )


def load_crops(
    folder: Path,
    coins: pd.DataFrame,
    *,
    image_size: int,
    input_name: str,
    progress: Progress = lambda items, _: items,
) -> np.ndarray:
    """Crops of some coins, as the named input shows them.

    Args:
        folder: the collection's, with the photographs.
        coins: rows of a dataset's or a run's coins.csv.
        image_size: of the network; crops are cut at `photos.oversize` of it.
        input_name: a row of `photos.INPUTS`.
        progress: wraps an iterable of known length.

    Returns:
        uint8 array, len(coins) x side x side x 3, with side = oversize(image_size).

    Raises:
        DatasetError: a photograph is missing or has changed since the dataset was prepared.
    """
    shown, side = INPUTS[input_name], oversize(image_size)

    def one(record: dict) -> np.ndarray:
        return shown.of(load_photograph(folder, record), disc_of(record), side)

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


def load_photograph(folder: Path, record: dict) -> np.ndarray:
    """A coin's photograph, at the size in whose pixels its disc was measured.

    Raises:
        DatasetError: it is missing or has changed since the dataset was prepared.
    """
    path = locate(folder, record["file_name"])
    if not path.is_file():
        raise DatasetError(
            f"{path} is not there any more; restore it or prepare the dataset again."
        )
    expected = expected_sha256(folder, record["file_name"], record["picture_sha256"])
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise DatasetError(f"{path} has changed since the dataset was prepared; prepare it again.")
    return load(path)
