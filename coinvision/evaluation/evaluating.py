"""Predict a run's held-out coins with its stored weights, and measure the predictions."""

from typing import Any

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.dataset.crops import Progress
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.evaluation import calibration
from coinvision.evaluation.metrics import all_metrics
from coinvision.evaluation.wholeness import check_answers

DECIMALS = 4
HELD_OUT = ("validation", "test")


def evaluate(
    run: runs.Run, dataset: Dataset, *, progress: Progress = lambda items, _: items
) -> dict[str, Any]:
    """Write a run's predictions.csv and metrics.json.

    Args:
        run: a finished run.
        dataset: the one that it was trained on.
        progress: wraps an iterable of known length.

    Returns:
        The metrics of the test coins.

    Raises:
        RunError: the dataset is another one or has changed since, or stored weights do not fit.
    """
    if dataset.hash != run.description["dataset_hash"]:
        raise RunError(
            f"{run.name} was trained on another dataset or an earlier state of {dataset.name} "
            f"(hash {run.description['dataset_hash'][:12]}, not {dataset.hash[:12]}); give "
            "that one or train again."
        )
    if dataset.emperors != run.emperors:
        raise RunError(f"{run.name}: run.json names other emperors than the dataset; train again.")
    runs.keep_table(run, runs.PREDICTIONS, _predictions(run, dataset, progress))
    return measure(run)


def measure(run: runs.Run) -> dict[str, Any]:
    """Write a run's metrics.json from its predictions.csv.

    Raises:
        RunError: predictions are missing, damaged or name other emperors.
    """
    shares = [f"p_{name}" for name in run.emperors]
    predictions = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted", *shares)
    coins = _coins(run).set_index("coin_id")
    validation, test = (predictions[predictions["split"] == part] for part in HELD_OUT)
    _check(run, coins.index[coins["split"] == "test"], test)
    if len(validation):
        _check(run, coins.index[coins["split"] == "validation"], validation)
    labels, probabilities = as_arrays(run.emperors, test)
    metrics = {
        "dataset_hash": run.description["dataset_hash"],
        "split": run.description.get("split"),
        **all_metrics(
            labels,
            positions(run.emperors, test["predicted"]),
            coins.loc[test["coin_id"], "group"].to_numpy(dtype=int),
            run.emperors,
        ),
    }
    if len(validation):
        fitted_on = as_arrays(run.emperors, validation)
        metrics["calibration"] = calibration.figures(fitted_on, (labels, probabilities))
    runs.keep_json(run, runs.METRICS, metrics)
    return metrics


def _check(run: runs.Run, coins: pd.Index, predictions: pd.DataFrame) -> None:
    """Refuse predictions that are not those of all these coins, by the run's emperors."""
    try:
        check_answers(predictions.set_index("coin_id"), run.emperors, coins)
        if not predictions["emperor"].isin(run.emperors).all():
            raise ValueError("it names emperors that the run does not know")
    except (ValueError, TypeError) as error:
        raise RunError(
            f"{run.name}: {runs.PREDICTIONS} does not fit the run ({error}); evaluate it again."
        ) from error


def as_arrays(emperors: list[str], predictions: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Labels (coins, as positions in `emperors`) and probabilities (coins x emperors)."""
    probabilities = predictions[[f"p_{name}" for name in emperors]].to_numpy(dtype=float)
    return positions(emperors, predictions["emperor"]), probabilities


def positions(emperors: list[str], names: pd.Series) -> np.ndarray:
    """Names as positions in `emperors`."""
    number = {emperor: i for i, emperor in enumerate(emperors)}
    return names.map(number).to_numpy(dtype=int)


def _coins(run: runs.Run) -> pd.DataFrame:
    coins = run.table(runs.COINS, "coin_id", "split", "group")
    if not (coins["split"] == "test").any():
        raise RunError(f"{run.name}: {runs.COINS} has no test coin; train the run again.")
    return coins


def _predictions(run: runs.Run, dataset: Dataset, progress: Progress) -> pd.DataFrame:
    from coinvision.prediction import Predictor

    remembered = _coins(run)
    predictor = Predictor(run)
    held_out = remembered[remembered["split"].isin(HELD_OUT)]
    coins = dataset.coins.set_index("coin_id", drop=False).loc[held_out["coin_id"]]
    pictures = predictor.pictures(dataset.photographs(), coins)
    probabilities = predictor.probabilities(pictures, len(pictures), progress)
    table = pd.DataFrame(
        {
            "coin_id": held_out["coin_id"].to_numpy(),
            "split": held_out["split"].to_numpy(),
            "emperor": coins["emperor"].to_numpy(),
            "predicted": np.asarray(run.emperors, dtype=object)[probabilities.argmax(axis=1)],
        }
    )
    columns = [f"p_{emperor}" for emperor in run.emperors]
    return table.join(pd.DataFrame(probabilities.round(DECIMALS), columns=columns))
