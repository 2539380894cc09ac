"""What the pages read: runs and their tables, each read once until a file in the run changes."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from coinvision import runs
from coinvision.dataset.crops import find_photographs
from coinvision.errors import CoinvisionError, DatasetError
from coinvision.evaluation.eras import by_reign
from coinvision.runs import Run

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


def all_runs() -> tuple[dict[str, Run], list[str]]:
    """All whole and evaluated runs by name, and a sentence for each that cannot be shown."""
    whole, problems = {}, []
    for name in runs.names():
        try:
            run = runs.open_run(name)
            metrics(run), predictions(run)
            whole[name] = run
        except CoinvisionError as error:
            problems.append(str(error))
    return whole, problems


@_cached
def metrics(run: Run) -> dict[str, Any]:
    """The run's figures, each with n and interval."""
    return run.facts(
        runs.METRICS, n=int, groups=int, accuracy=dict, macro_f1=dict, emperors=dict, confusion=list
    )


@_cached
def facts(run: Run) -> dict[str, Any]:
    """What was decided when the run's dataset was prepared."""
    return run.facts(runs.DATASET, coins=int, emperors=dict, left_out=dict, missing=dict)


@_cached
def coins(run: Run) -> pd.DataFrame:
    """All coins of the run's dataset; text columns are never empty cells but empty text."""
    table = run.table(runs.COINS, "coin_id", "emperor", "split", "group", "file_name")
    for column in ("institution", "material", "denomination", "record_url", "image_url"):
        if column not in table:
            table[column] = ""
        table[column] = table[column].fillna("").astype(str)
    if "year" not in table:
        table["year"] = np.nan
    return table


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
    table = run.table(runs.PREDICTIONS, "coin_id", "emperor", "predicted", *columns)
    table = table.drop(columns=["emperor", "split"]).merge(coins(run), on="coin_id")
    table["probability"] = table[columns].max(axis=1)
    table["right"] = table["predicted"] == table["emperor"]
    return table


def tested(run: Run) -> pd.DataFrame:
    """The test coins among the predictions."""
    table = predictions(run)
    return table[table["split"] == "test"].reset_index(drop=True)


@_cached
def heatmaps(run: Run) -> dict[str, np.ndarray]:
    """Stored heatmaps; nothing where none were stored."""
    if runs.HEATMAPS not in run.description["kept"]:
        return {}
    return run.arrays(runs.HEATMAPS)


def reign_order(run: Run) -> list[str]:
    """The run's emperors in the order of their reigns."""
    return by_reign(run.emperors)


def photographs(run: Run) -> Path | None:
    """The folder of the run's photographs, or None where they are not on this machine."""
    try:
        return find_photographs(run.description["dataset"])
    except DatasetError:
        return None
