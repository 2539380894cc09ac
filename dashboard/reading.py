"""What the pages read: runs and their tables, each read once until a file in the run changes."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from coinvision import collection, runs
from coinvision.dataset.cleaning import is_missing
from coinvision.dataset.crops import find_photographs
from coinvision.errors import CollectionError, DatasetError, RunError
from coinvision.evaluation import calibration
from coinvision.evaluation.eras import by_reign
from coinvision.explanation import METHODS, stored
from coinvision.explanation.stored import Maps
from coinvision.runs import Run
from dashboard import shapes

# What pages read of coins.csv; other columns may be called anything.
COINS = (
    *("coin_id", "emperor", "split", "group", "file_name", "institution", "material", "year"),
    *("denomination", "record_url", "image_url", "picture_sha256", "headgear", "label_basis"),
    *("disc_x", "disc_y", "disc_radius", "disc_found"),
)
TEXTS = ("institution", "material", "denomination", "record_url", "image_url")
IF_RECORDED = ("headgear", "label_basis")

Stamp = tuple[tuple[str, int, int], ...]


def stamp(folder: Path) -> Stamp:
    """Changes when any file of a run does: names, sizes, times."""
    return tuple(
        (path.name, path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.glob("*"))
        if path.is_file()
    )


def of_run(run: Run) -> tuple[str, Stamp]:
    """What a cache knows a run by."""
    return str(run.folder), stamp(run.folder)


_cached = st.cache_data(show_spinner=False, max_entries=64, hash_funcs={Run: of_run})


@_cached
def metrics(run: Run) -> dict[str, Any]:
    """The run's figures, each with n and interval."""
    return run.facts(
        runs.METRICS, n=int, groups=int, accuracy=dict, macro_f1=dict, emperors=dict, confusion=list
    )


@_cached
def calibrated(run: Run) -> dict[str, Any]:
    """The run's temperature, and its calibration error before and after.

    Raises:
        RunError: it was evaluated before these were measured.
    """
    found: dict[str, Any] = run.facts(runs.METRICS).get("calibration", {})
    if not found:
        raise RunError(
            f"{run.name} has no calibration yet; `scripts/evaluate.py {run.name}` measures it."
        )
    return shapes.check(found, shapes.CALIBRATION, f"{run.folder / runs.METRICS}")


def shares_of(run: Run, record: pd.Series) -> pd.Series:
    """A coin's probabilities by emperor, as the network said them."""
    return pd.Series({name: float(record[f"p_{name}"]) for name in run.emperors})


def cooled(run: Run, shares: pd.Series) -> pd.Series | None:
    """Probabilities by emperor, calibrated; None where the run has no calibration."""
    try:
        temperature = calibrated(run)["temperature"]
    except RunError:
        return None
    return pd.Series(calibration.cooled(shares.to_numpy()[None], temperature)[0], shares.index)


@_cached
def facts(run: Run) -> dict[str, Any]:
    """What was decided when the run's dataset was prepared."""
    return run.facts(runs.DATASET, coins=int, emperors=dict, left_out=dict, missing=dict)


@_cached
def coins(run: Run) -> pd.DataFrame:
    """All coins of the run's dataset; text columns are never empty cells but empty text."""
    table = run.table(runs.COINS, "coin_id", "emperor", "split", "group", "file_name")
    for column in (*TEXTS, *(name for name in IF_RECORDED if name in table)):
        if column not in table:
            table[column] = ""
        # a column without any value is read as numbers
        table[column] = table[column].astype(object).fillna("").astype(str)
    years = table["year"] if "year" in table else pd.Series(np.nan, table.index)
    table["year"] = pd.to_numeric(years, errors="coerce").replace([np.inf, -np.inf], np.nan)
    return table[[column for column in COINS if column in table]]


@_cached
def history(run: Run) -> pd.DataFrame:
    """Loss and accuracy of each epoch."""
    return run.table(runs.HISTORY, "epoch", "loss", "accuracy", "val_loss", "val_accuracy")


@_cached
def architecture(run: Run) -> pd.DataFrame:
    """The network's layers."""
    return run.table(runs.ARCHITECTURE, "layer", "kind", "output", "weights", "trained")


@_cached
def predictions(run: Run) -> pd.DataFrame:
    """The coins that training never saw: record, prediction, probability, and right or wrong."""
    columns = [f"p_{emperor}" for emperor in run.emperors]
    table = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted", *columns)
    told = table[["coin_id", "split", "emperor"]]
    table = table[["coin_id", "predicted", *columns]].merge(coins(run), on="coin_id")
    if not told.equals(table[["coin_id", "split", "emperor"]]):
        raise RunError(f"{run.name}: {runs.PREDICTIONS} and {runs.COINS} contradict each other.")
    if not all(pd.api.types.is_numeric_dtype(table[column]) for column in columns):
        raise RunError(f"{run.name}: {runs.PREDICTIONS} holds probabilities that are no numbers.")
    table["probability"] = table[columns].max(axis=1)
    table["right"] = table["predicted"] == table["emperor"]
    return table


def tested(run: Run) -> pd.DataFrame:
    """The test coins among the predictions."""
    table = predictions(run)
    return table[table["split"] == "test"].reset_index(drop=True)


@_cached
def heatmaps(run: Run) -> dict[str, Maps]:
    """Stored heatmaps by method, the first method the one to show; nothing where none are stored.

    Raises:
        RunError: they are damaged, or of coins that the run does not test.
    """
    found = stored.read(run)
    known = set(tested(run)["coin_id"])
    if not all(known.issuperset(maps.coin_ids) for maps in found.values()):
        raise RunError(
            f"{run.folder / runs.HEATMAPS} holds maps of coins that {run.name} does not test; "
            "explain.py writes it anew."
        )
    order = [*(name for name in METHODS if name in found), *found]
    return {name: found[name] for name in dict.fromkeys(order)}


@_cached
def strongest(run: Run, method: str) -> float:
    """The value that ends the scale of a run's maps."""
    return heatmaps(run)[method].strongest


@_cached
def faithfulness(run: Run) -> dict[str, dict[str, Any]]:
    """How far maps can be believed: `methods` and `controls`, by name, with their figures.

    Methods have `passes` and `badge`, a sentence; both are empty where nothing was measured.

    Raises:
        RunError: the file is damaged.
    """
    if runs.FAITHFULNESS not in run.description["kept"]:
        return {"methods": {}, "controls": {}}
    found = run.facts(runs.FAITHFULNESS)
    return shapes.check(found, shapes.FAITHFULNESS, f"{run.folder / runs.FAITHFULNESS}")


@_cached
def regions(run: Run) -> dict[str, Any] | None:
    """Accuracy on whole coins, and without each region; None where that was not measured.

    Raises:
        RunError: the file is damaged.
    """
    if runs.REGIONS not in run.description["kept"]:
        return None
    return shapes.check(run.facts(runs.REGIONS), shapes.REGIONS, f"{run.folder / runs.REGIONS}")


@_cached
def neighbors(run: Run) -> pd.DataFrame:
    """Each test coin's most similar training coins; no rows where none were stored."""
    columns = ["coin_id", "emperor", "neighbor", "similarity"]
    if runs.NEIGHBORS not in run.description["kept"]:
        return pd.DataFrame(columns=columns)
    table = run.table(runs.NEIGHBORS, *(name for name in columns if name != "coin_id"))
    if not set(table["neighbor"]) <= set(coins(run)["coin_id"]):
        raise RunError(f"{run.folder / runs.NEIGHBORS} is damaged; explain.py writes it anew.")
    return table[columns]


@st.cache_data(show_spinner=False, max_entries=8, hash_funcs={Run: of_run})
def legends(run: Run) -> dict[str, str]:
    """What is written on each coin's obverse, where the collection is here and records it."""
    folder = photographs(run)
    if folder is None:
        return {}
    try:
        table = collection.read(folder).table
    except CollectionError:  # photographs alone show the coins as well
        return {}
    if "legend_obverse" not in table:
        return {}
    written = table[~table["legend_obverse"].map(is_missing)]
    return dict(zip(written["coin_id"], written["legend_obverse"], strict=True))


def reign_order(run: Run) -> list[str]:
    """The run's emperors in the order of their reigns."""
    return by_reign(run.emperors)


def photographs(run: Run) -> Path | None:
    """The folder of the run's photographs, or None where they are not on this machine."""
    try:
        return find_photographs(run.description["dataset"])
    except DatasetError:
        return None
