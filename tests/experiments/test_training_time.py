"""Seconds to the 2020 recipe's best validation accuracy, by hand-made histories."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset, runs
from coinvision.experiments import reporting, store, training_time
from coinvision.experiments.store import Cell, Experiment

OURS = {"seconds": [30.0, 10.0, 10.0], "val_accuracy": [0.5, 0.69, 0.8]}
STUDY = {"seconds": [100.0, 100.0, 100.0], "val_accuracy": [0.4, 0.7, 0.6]}


def keep(experiment: Experiment, network: str, epochs: dict | None, device: str = "cpu:0") -> None:
    own = experiment.coins.index[experiment.coins["fold"] == 0]
    rows = np.full((len(own), len(experiment.emperors)), 0.25)
    told = epochs and {"device": device, "features_found": 0, **epochs}
    table = pd.DataFrame(rows, index=own, columns=experiment.emperors)
    experiment.keep(Cell(network, "A", 0), table, epochs=told)


@pytest.fixture
def experiment(drawn_dataset: dataset.Dataset, tmp_path: Path) -> Experiment:
    made = store.begin(tmp_path / "drawn", drawn_dataset)
    keep(made, "vgg16", OURS)
    keep(made, "vgg16-2020", STUDY)
    return made


def test_time_counts_to_the_end_of_the_first_epoch_that_is_as_good(experiment: Experiment) -> None:
    row = {"network": "vgg16", "fold": 0, "accuracy": 0.7, "features_found": 0}
    assert training_time.compared(experiment) == [{**row, "seconds": 50, "study_seconds": 200}]
    reporting.report(experiment)
    text = (experiment.folder / reporting.TEXT).read_text()
    assert (
        "- vgg16, fold 0: 50 s to the 2020 recipe's best validation accuracy, 70.0%, which that "
        "reached in 200 s: 25% of it (stored features included)." in text
    )
    assert "| vgg16-2020 | A color |" in text


def test_features_from_elsewhere_and_goals_not_reached_are_said(experiment: Experiment) -> None:
    keep(experiment, "vgg16", {**OURS, "features_found": 7})
    row = training_time.compared(experiment)[0]
    assert "too little, since features" in training_time.as_sentence(row)
    keep(experiment, "vgg16", {"seconds": [1.0], "val_accuracy": [0.1]})
    row = training_time.compared(experiment)[0]
    assert row["seconds"] is None and "never reached" in training_time.as_sentence(row)


def test_other_machines_and_histories_of_before_are_not_compared(experiment: Experiment) -> None:
    keep(experiment, "vgg16", OURS, device="gpu:0")
    assert training_time.compared(experiment) == []
    keep(experiment, "vgg16", None)
    assert training_time.compared(experiment) == []


def test_without_the_2020_recipe_there_is_nothing_to_compare(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    alone = store.begin(tmp_path / "drawn", drawn_dataset)
    keep(alone, "vgg16", OURS)
    assert reporting.report(alone)["training_time"] == []


def test_a_run_tells_its_epochs_if_it_noted_its_features(run: runs.Run, tmp_path: Path) -> None:
    told = training_time.epochs_of(run)
    assert told is not None and len(told["seconds"]) == len(told["val_accuracy"]) == 2
    assert told["features_found"] == 0 and told["device"] == run.description["device"]
    history = run.table(runs.HISTORY).drop(columns="features_found")
    history.to_csv(tmp_path / runs.HISTORY, index=False)
    assert training_time.epochs_of(runs.Run(tmp_path, run.description)) is None
