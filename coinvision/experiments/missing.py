"""What of an experiment is not there yet, in a few words.

in_short(missing(experiment, coins, plan))      # ["baselines: fold 3", "small: F1, G1 folds 1-4"]
"""

import pandas as pd

from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments.plan import Plan
from coinvision.experiments.store import Cell, Experiment

SIMPLE = "baselines"


def missing(experiment: Experiment, coins: pd.DataFrame, plan: Plan) -> list[Cell]:
    """The cells of a plan that are not there, in the order in which they would be made.

    Args:
        experiment: as far as it is.
        coins: the dataset's, or the experiment's own, which say a little less.
        plan: what is to be there.
    """
    there = set(experiment.cells())
    return [cell for cell in plan.cells(coins) if cell not in there]


def in_short(cells: list[Cell]) -> list[str]:
    """A line for all baselines and one for each network: its arms, with those folds they lack."""
    lines = []
    for who in dict.fromkeys(_who(cell) for cell in cells):
        folds: dict[str, list[int]] = {}
        for cell in (cell for cell in cells if _who(cell) == who):
            folds.setdefault("" if who == SIMPLE else cell.arm, []).append(cell.fold)
        arms: dict[str, list[str]] = {}
        for arm, own in folds.items():
            arms.setdefault(_folds(sorted(set(own))), []).append(arm)
        said = (f"{', '.join(filter(None, own))} {where}".strip() for where, own in arms.items())
        lines.append(f"{who}: {'; '.join(said)}")
    return lines


def _who(cell: Cell) -> str:
    return SIMPLE if cell.classifier in BASELINES else cell.classifier


def _folds(folds: list[int]) -> str:
    if len(folds) == 1:
        return f"fold {folds[0]}"
    whole = len(folds) > 2 and folds[-1] - folds[0] == len(folds) - 1
    return "folds " + (f"{folds[0]}-{folds[-1]}" if whole else ", ".join(map(str, folds)))
