"""An experiment of fifty coins in five folds, and answers of which so many are right."""

from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.experiments import store
from coinvision.experiments.store import Cell


def fifty_coins(folder: Path) -> store.Experiment:
    coins = pd.DataFrame(
        {"emperor": "Nero", "group": range(50), "fold": np.repeat(range(5), 10)},
        index=pd.Index([f"c{i:02d}" for i in range(50)], name="coin_id"),
    )
    facts = {"dataset": "d", "dataset_hash": "h", "emperors": ["Nero", "Otho"], "split": "grouped"}
    return store.Experiment(folder, facts, coins)


def keep(found: store.Experiment, cell: Cell, right: int) -> None:
    """The first `right` coins of the cell's fold are named rightly, the others wrongly."""
    sure = np.repeat([0.9, 0.1], [right, 10 - right])
    ids = found.coins.index[found.coins["fold"] == cell.fold]
    found.keep(cell, pd.DataFrame({"Nero": sure, "Otho": 1 - sure}, index=ids))
