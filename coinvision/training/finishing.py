"""What a finished training leaves in its run: weights, layers, the dataset's facts, its coins."""

import platform

import keras
import numpy as np
import pandas as pd

from coinvision import networks, runs
from coinvision.dataset import headgear
from coinvision.dataset.stored import Dataset
from coinvision.networks.blueprint import layer_rows
from coinvision.runs import weights
from coinvision.training import checkpoint

# What the run remembers of each coin, so that results can be read without the collection.
REMEMBERED = (
    "coin_id",
    "file_name",
    "emperor",
    "group",
    "fold",
    "institution",
    "material",
    "denomination",
    "year",
    "label_basis",
    "headgear",
    "record_url",
    "image_url",
    "near_gray",
    "disc_x",
    "disc_y",
    "disc_radius",
    "disc_found",
    "picture_sha256",
)


def finish(
    run: runs.Run, model: keras.Model, trained: keras.Model, dataset: Dataset, splits: np.ndarray
) -> runs.Run:
    """Write what the run is to keep; only then is it done, and only then the checkpoint goes."""
    weights.keep_weights(run, model)
    layers = layer_rows(model, networks.get(run.description["network"]).frozen_until)
    runs.keep_table(run, runs.ARCHITECTURE, pd.DataFrame(layers))
    runs.keep_json(run, runs.DATASET, dataset.facts)
    runs.keep_table(run, runs.COINS, remembered(dataset, splits))
    runs.describe(
        run,
        state="done",
        weights_trained=int(sum(np.prod(v.shape) for v in trained.trainable_variables)),
        weights=int(model.count_params()),
        device=", ".join(keras.distribution.list_devices()),
        versions={
            "python": platform.python_version(),
            "keras": keras.__version__,
            "backend": keras.backend.backend(),
            "numpy": np.__version__,
        },
    )
    (run.folder / checkpoint.FILE).unlink(missing_ok=True)
    return run


def remembered(dataset: Dataset, splits: np.ndarray) -> pd.DataFrame:
    """What the run knows of each coin: `REMEMBERED`, and its split in that order."""
    coins = dataset.coins
    if "description_obverse" in coins and "headgear" not in coins:
        worn = headgear.of_descriptions(coins["description_obverse"])
        coins = coins.assign(headgear=worn)
    table = coins[[column for column in REMEMBERED if column in coins.columns]]
    return table.assign(split=splits)
