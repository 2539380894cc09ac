"""Calibration and referral over all folds, with numbers that can be worked out by hand."""

from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.experiments import store
from coinvision.experiments.store import Cell
from coinvision.experiments.sureness import sureness, surest

EMPERORS = ["Nero", "Otho"]


def experiment(folder: Path) -> store.Experiment:
    coins = pd.DataFrame(
        {
            "emperor": ["Nero"] * 40,
            "group": range(40),
            "fold": np.repeat([0, 1], 20),
        },
        index=pd.Index([f"c{i:02d}" for i in range(40)], name="coin_id"),
    )
    facts = {"dataset": "d", "dataset_hash": "h", "emperors": EMPERORS, "split": "grouped"}
    return store.Experiment(folder, facts, coins)


def keep(found: store.Experiment, fold: int, sure: list[float], temperature: float) -> None:
    table = pd.DataFrame(
        {"Nero": sure, "Otho": 1 - np.array(sure)},
        index=found.coins.index[found.coins["fold"] == fold],
    )
    found.keep(Cell("vgg16", "A", fold), table, temperature=temperature)


def test_each_fold_is_calibrated_by_its_own_temperature(tmp_path: Path) -> None:
    found = experiment(tmp_path)
    keep(found, 0, [0.9] * 20, 2.0)
    keep(found, 1, [0.8] * 20, 1.0)
    asked = sureness(found, "vgg16", "A")
    assert asked is not None and asked.coins["right"].all()
    # by hand: roots of 0.9 and 0.1 are 0.9487 and 0.3162, and 0.9487 / 1.2649 = 0.75
    assert np.allclose(asked.confidences, [0.75] * 20 + [0.8] * 20, atol=1e-4)
    # always right: off by what is missing to 1, 0.15 on average as trained, 0.225 afterwards
    assert abs(asked.before["calibration_error"] - 0.15) < 1e-3
    assert abs(asked.after["calibration_error"] - 0.225) < 1e-3
    assert sureness(found, "small", "A") is None


def test_a_limit_comes_from_the_other_folds_alone(tmp_path: Path) -> None:
    found = experiment(tmp_path)
    keep(found, 0, [0.9] * 10 + [0.4] * 10, 1.0)  # what is named at 0.6 (Otho) is wrong
    keep(found, 1, [0.7] * 10 + [0.45] * 10, 1.0)
    asked = sureness(found, "vgg16", "A")
    assert asked is not None
    named = surest(asked, 0.9)
    # fold 0 is limited by fold 1 (0.7), fold 1 by fold 0 (0.9), where none is so sure
    assert named is not None and list(named) == [True] * 10 + [False] * 30
    assert surest(asked, 0.5) is not None and surest(asked, 0.5).sum() > named.sum()  # type: ignore[union-attr]


def test_what_cannot_be_promised_is_not(tmp_path: Path) -> None:
    found = experiment(tmp_path)
    keep(found, 0, [0.2] * 20, 1.0)
    keep(found, 1, [0.9] * 20, 1.0)
    asked = sureness(found, "vgg16", "A")
    assert asked is not None and surest(asked, 0.9) is None
