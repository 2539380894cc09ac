"""What is missing, in short; what of the 2020 study and of baselines belongs to a plan."""

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset
from coinvision.experiments import store
from coinvision.experiments.missing import in_short, missing
from coinvision.experiments.plan import Plan
from coinvision.experiments.store import Cell

DRAWN = pd.DataFrame({"material": ["Gold", "Bronze"] * 10, "picture_sha256": ["drawn:1"] * 20})
REAL = DRAWN.assign(material="Gold", picture_sha256="0f3a")


def arms(plan: Plan, coins: pd.DataFrame, network: str) -> list[str]:
    return [cell.arm for cell in plan.cells(coins) if cell.classifier == network]


def test_a_plan_asks_what_a_dataset_can_tell() -> None:
    plan = Plan(["small", "small-2020"], ["A", "D2", "E2", "F3", "G3", "H"], [0])
    assert arms(plan, DRAWN, "small") == ["A", "D2", "E2", "G3", "H"]
    assert arms(plan, REAL, "small") == ["A", "E2", "G3"]
    assert arms(plan, DRAWN, "small-2020") == ["A"], "a baseline, asked in color alone"
    assert arms(plan, DRAWN, "mean color and hues") == ["A"], "this is arm F3"


def test_few_training_coins_are_cells_of_their_own() -> None:
    plan = Plan(["small"], ["A", "H"], [0], coins=100)
    assert arms(plan, DRAWN, "small") == ["A@100", "H@100"]


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([], []),
        ([("chance", "A", 3), ("material", "A", 3)], ["baselines: fold 3"]),
        (
            [("small", arm, fold) for fold in range(1, 5) for arm in ("F1", "G1")],
            ["small: F1, G1 folds 1-4"],
        ),
        (
            [("small", "B", 0), ("small", "B", 2), ("small", "C", 0), ("vgg16", "A", 4)],
            ["small: B folds 0, 2; C fold 0", "vgg16: A fold 4"],
        ),
        ([("small", "B", 0), ("small", "B", 1), ("small", "B", 3)], ["small: B folds 0, 1, 3"]),
    ],
)
def test_what_is_missing_is_said_in_short(
    cells: list[tuple[str, str, int]], lines: list[str]
) -> None:
    assert in_short([Cell(*cell) for cell in cells]) == lines


def test_what_is_there_is_not_missing(
    drawn_dataset: dataset.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = store.begin(tmp_path_factory.mktemp("experiments") / "drawn", drawn_dataset)
    plan = Plan(["small"], ["A", "B"], [0, 1])
    own = made.coins.index[made.coins["fold"] == 0]
    rows = np.full((len(own), len(made.emperors)), 0.25)
    made.keep(Cell("small", "A", 0), pd.DataFrame(rows, index=own, columns=made.emperors))
    assert in_short(missing(made, drawn_dataset.coins, plan)) == [
        "baselines: folds 0, 1",
        "small: B folds 0, 1; A fold 1",
    ]
