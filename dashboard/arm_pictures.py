"""What a network was shown of a coin in each arm of the experiment, where the photographs are."""

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from coinvision import collection
from coinvision.dataset.crops import load_crops
from coinvision.errors import CollectionError
from coinvision.experiments.arms import ARMS, Pictures
from coinvision.experiments.store import Experiment
from coinvision.photos import shrink

IMAGE_SIZE = 160  # pixels: VGG-16's; the small network's 112 show less
# So many training coins of a metal tell its colors nearly as well as all of them, in a second.
OF_A_METAL = 40


@st.cache_data(
    show_spinner="Making the pictures …",
    max_entries=256,
    hash_funcs={Experiment: lambda experiment: str(experiment.folder)},
)
def pictures(
    experiment: Experiment, folder: Path, coin_id: str, letters: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """A coin as some arms show it, uint8 RGB, by the arm's letter.

    An arm that needs more of a coin than the experiment or its collection tells has no picture.

    Args:
        experiment: on the coin's dataset.
        folder: of the photographs.
        coin_id: the coin's.
        letters: of the arms.

    Raises:
        DatasetError: a photograph is missing or has changed.
    """
    record = _with_own_columns(_records(experiment).loc[[coin_id]], folder)
    training = _palette_coins(experiment, folder, int(record["fold"].iloc[0]))
    found = {}
    for letter in letters:
        arm = ARMS[letter]
        own = _crops(folder, record, arm.trained_on if arm.shown is None else "color")
        try:
            shown = own if arm.shown is None else arm.shown(Pictures(own, record), training)
        except KeyError:  # a column that neither of them has
            continue
        found[letter] = shrink(shown[0], IMAGE_SIZE)
    return found


@st.cache_resource(
    show_spinner=False,
    max_entries=4,
    hash_funcs={Experiment: lambda experiment: str(experiment.folder)},
)
def _palette_coins(experiment: Experiment, folder: Path, fold: int) -> Pictures:
    """Some coins of each metal that are not tested in a fold."""
    records = _records(experiment)
    records = records[(records["fold"] != fold) & (records["material"] != "")]
    # and one of each emperor: arms ask who is known
    some = records[
        records.index.isin(records.groupby("material").head(OF_A_METAL).index)
        | ~records["emperor"].duplicated()
    ]
    return Pictures(_crops(folder, some, "color"), some)


def _records(experiment: Experiment) -> pd.DataFrame:
    coins = experiment.coins.reset_index()
    materials = coins["material"] if "material" in coins else pd.Series("", coins.index)
    coins["material"] = materials.astype(object).fillna("")
    return coins.set_index("coin_id", drop=False)


def _with_own_columns(records: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Records of some coins with what only their collection keeps, such as how they were drawn."""
    try:
        own = collection.read(folder).table.set_index("coin_id")
    except CollectionError:  # photographs alone are enough for most arms
        return records
    return records.join(own[[name for name in own if name not in records]])


def _crops(folder: Path, records: pd.DataFrame, input_name: str) -> np.ndarray:
    return load_crops(folder, records, image_size=IMAGE_SIZE, input_name=input_name)
