"""What runs and experiments keep of each coin: enough to read results without the collection."""

import pandas as pd

from coinvision.dataset import headgear
from coinvision.dataset.stored import Dataset

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


def remembered(dataset: Dataset) -> pd.DataFrame:
    """Those of the columns `REMEMBERED` that a dataset has, one row a coin."""
    coins = dataset.coins
    if "description_obverse" in coins and "headgear" not in coins:
        worn = headgear.of_descriptions(coins["description_obverse"])
        coins = coins.assign(headgear=worn)
    return coins[[column for column in REMEMBERED if column in coins.columns]]
