"""Does a run hang together? Asked once for each state of its files, before any page trusts them."""

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.runs import Run
from dashboard import reading

FIGURE = ("value", "low", "high", "n")
ROUNDED = 2e-4  # probabilities are stored with four decimals


def check(run: Run) -> None:
    """Raise RunError where a run's files are damaged or contradict one another."""
    _check_description(run)
    metrics, tested = reading.metrics(run), reading.tested(run)
    _check_predictions(run, tested)
    _check_metrics(run, metrics, tested)
    _check_numbers(run, runs.HISTORY, reading.history(run), "loss", "accuracy")
    _check_numbers(run, runs.ARCHITECTURE, reading.architecture(run), "weights")
    _check_facts(run)


def refuse(run: Run, name: str, what: str) -> RunError:
    """An error that names the run's file and what is wrong with it."""
    return RunError(f"{run.name} cannot be shown: {name} {what}. Make the file anew.")


def _check_description(run: Run) -> None:
    said = run.description
    for fact in ("image_size", "best_epoch", "seconds"):
        if not isinstance(said.get(fact), int):
            raise refuse(run, runs.DESCRIPTION, f"lacks {fact}, or it is odd")
    if len(run.emperors) < 2 or not all(isinstance(name, str) for name in run.emperors):
        raise refuse(run, runs.DESCRIPTION, "names fewer than two emperors")


def _check_predictions(run: Run, tested: pd.DataFrame) -> None:
    coins = reading.coins(run)
    if set(tested["coin_id"]) != set(coins.loc[coins["split"] == "test", "coin_id"]):
        raise refuse(run, runs.PREDICTIONS, f"and {runs.COINS} do not name the same test coins")
    if tested.empty:
        raise refuse(run, runs.PREDICTIONS, "holds no test coin")
    if not {*tested["predicted"], *tested["emperor"]} <= set(run.emperors):
        raise refuse(run, runs.PREDICTIONS, "names emperors that the network does not know")
    shares = tested[[f"p_{name}" for name in run.emperors]].to_numpy(dtype=float)
    named = shares[np.arange(len(shares)), positions(run.emperors, tested["predicted"])]
    if not np.isfinite(shares).all() or (named < shares.max(axis=1) - ROUNDED).any():
        raise refuse(run, runs.PREDICTIONS, "names others than the most probable emperors")


def _check_metrics(run: Run, metrics: dict, tested: pd.DataFrame) -> None:
    matrix = pd.crosstab(tested["emperor"], tested["predicted"])
    matrix = matrix.reindex(index=run.emperors, columns=run.emperors, fill_value=0)
    if metrics["confusion"] != matrix.to_numpy().tolist() or metrics["n"] != len(tested):
        raise refuse(run, runs.METRICS, f"is of other predictions than {runs.PREDICTIONS}")
    if abs(metrics["accuracy"]["value"] - tested["right"].mean()) > ROUNDED:
        raise refuse(run, runs.METRICS, "holds an accuracy that its predictions do not have")
    figures = [metrics["accuracy"], metrics["macro_f1"]]
    for name in run.emperors:
        figures += [metrics["emperors"][name][m] for m in ("recall", "precision", "f1")]
        _ = int(metrics["emperors"][name]["n"])
    for figure in figures:
        numbers = [figure[key] for key in FIGURE]
        if any(not isinstance(number, int | float | None) for number in numbers):
            raise refuse(run, runs.METRICS, "holds a figure that is no number")


def _check_numbers(run: Run, name: str, table: pd.DataFrame, *columns: str) -> None:
    numeric = all(pd.api.types.is_numeric_dtype(table[column]) for column in columns)
    if table.empty or not numeric:
        raise refuse(run, name, "is empty or holds text where numbers belong")


def _check_facts(run: Run) -> None:
    facts = reading.facts(run)
    counts = [*facts["left_out"].values(), *facts["missing"].values()]
    steps = facts.get("steps", [])
    if not all(isinstance(count, int) for count in counts):
        raise refuse(run, runs.DATASET, "holds counts that are no numbers")
    if not all(isinstance(step, list) and len(step) == 2 for step in steps):
        raise refuse(run, runs.DATASET, "holds steps that are no sentences")
    if not set(reading.coins(run)["emperor"]) <= set(run.emperors):
        raise refuse(run, runs.COINS, "names emperors that the network does not know")
