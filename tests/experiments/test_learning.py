"""The learning curve asks every number of training coins about the same coins."""

from pathlib import Path

import pytest
from answered import fifty_coins, keep

from coinvision.experiments import store
from coinvision.experiments.learning import learning_curve
from coinvision.experiments.store import Cell


@pytest.fixture
def experiment(tmp_path: Path) -> store.Experiment:
    return fifty_coins(tmp_path)


def test_numbers_are_compared_on_the_folds_that_all_were_tested_on(
    experiment: store.Experiment,
) -> None:
    keep(experiment, Cell("small", "A", 0), 9)
    keep(experiment, Cell("small", "A", 1), 1)  # no other number was asked about fold 1
    keep(experiment, Cell("small", "A@20", 0), 7)
    keep(experiment, Cell("small", "A@15", 0), 6)
    keep(experiment, Cell("small", "A@10", 0), 4)
    found = learning_curve(experiment, "small")
    # of 50 coins in five folds 30 teach
    assert [(row["training_coins"], row["value"], row["n"]) for row in found] == [
        (10, 0.4, 10),
        (15, 0.6, 10),
        (20, 0.7, 10),
        (30, 0.9, 10),
    ]
    gains = [row["gain"] for row in found]
    # each against half as many, or what is nearest to it
    assert [row["than"] for row in found] == [None, 10, 10, 15]
    assert gains[0] is None and [one["value"] for one in gains[1:]] == [0.2, 0.3, 0.3]
    # three of ten coins; at the low end none of ten would have changed: 0.025 ** (1 / 10) is 0.6915
    assert gains[2]["low"] == pytest.approx(-0.0085, abs=1e-4) and 0.6 <= gains[2]["high"] <= 0.7


def test_one_number_is_no_curve(experiment: store.Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), 9)
    assert learning_curve(experiment, "small") == []
    keep(experiment, Cell("small", "A@20", 1), 5)
    assert learning_curve(experiment, "small") == []  # no fold in common


def test_another_seed_is_no_other_number(experiment: store.Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), 9)
    keep(experiment, Cell("small", "A@20", 0, seed=1), 5)
    assert learning_curve(experiment, "small") == []
