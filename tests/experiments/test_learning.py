"""The learning curve asks every number of training coins about the same coins."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision.experiments import store
from coinvision.experiments.learning import learning_curve
from coinvision.experiments.store import Cell


@pytest.fixture
def experiment(tmp_path: Path) -> store.Experiment:
    coins = pd.DataFrame(
        {"emperor": "Nero", "group": range(50), "fold": np.repeat(range(5), 10)},
        index=pd.Index([f"c{i:02d}" for i in range(50)], name="coin_id"),
    )
    facts = {"dataset": "d", "dataset_hash": "h", "emperors": ["Nero", "Otho"], "split": "grouped"}
    return store.Experiment(tmp_path, facts, coins)


def keep(found: store.Experiment, arm: str, fold: int, right: int) -> None:
    sure = np.repeat([0.9, 0.1], [right, 10 - right])
    ids = found.coins.index[found.coins["fold"] == fold]
    found.keep(Cell("small", arm, fold), pd.DataFrame({"Nero": sure, "Otho": 1 - sure}, index=ids))


def test_numbers_are_compared_on_the_folds_that_all_were_tested_on(
    experiment: store.Experiment,
) -> None:
    keep(experiment, "A", 0, 9)
    keep(experiment, "A", 1, 1)  # no other number was asked about fold 1
    keep(experiment, "A@20", 0, 7)
    keep(experiment, "A@10", 0, 4)
    found = learning_curve(experiment, "small")
    # of 50 coins in five folds 30 teach
    assert [(row["training_coins"], row["value"], row["n"]) for row in found] == [
        (10, 0.4, 10),
        (20, 0.7, 10),
        (30, 0.9, 10),
    ]


def test_one_number_is_no_curve(experiment: store.Experiment) -> None:
    keep(experiment, "A", 0, 9)
    assert learning_curve(experiment, "small") == []
    keep(experiment, "A@20", 1, 5)
    assert learning_curve(experiment, "small") == []  # no fold in common
