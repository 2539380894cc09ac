"""Test coins as the networks of an arm are shown them.

pictures = shown(dataset, predictor, made, ARMS["D1"], coin_ids)      # n x size x size x 3, uint8
"""

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.dataset.crops import load_crops
from coinvision.dataset.stored import Dataset
from coinvision.experiments.arms import Arm, Pictures
from coinvision.photos import shrink
from coinvision.prediction import Predictor


def shown(
    dataset: Dataset, predictor: Predictor, made: runs.Run, arm: Arm, tested: pd.Index
) -> np.ndarray:
    """Pictures of the coins, at the network's size.

    Args:
        dataset: that of the run.
        predictor: the run's.
        made: the run of a network of that arm; its training coins tell what metals look like.
        arm: what is shown.
        tested: the ids of n coins.

    Returns:
        uint8 RGB, n x size x size x 3.

    Raises:
        DatasetError: a photograph is missing or has changed.
    """
    folder, coins = dataset.photographs(), dataset.coins.set_index("coin_id", drop=False)
    if arm.shown is None:
        return predictor.pictures(folder, coins.loc[tested])
    splits = made.table(runs.COINS, "coin_id", "split").set_index("coin_id")["split"]
    asked, training = (
        Pictures(
            load_crops(folder, part, image_size=predictor.image_size, input_name="color"), part
        )
        for part in (coins.loc[tested], coins.loc[splits.index[splits == "train"]])
    )
    return np.stack([shrink(crop, predictor.image_size) for crop in arm.shown(asked, training)])
