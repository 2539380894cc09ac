"""Explain a run's test coins and store the heatmaps in the run."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision import explanation, networks, runs
from coinvision.dataset.crops import Progress, load_crops
from coinvision.errors import RunError
from coinvision.photos import shrink
from coinvision.prediction import Predictor

BATCH = 16
COIN_IDS = "coin_id"


def explain(
    run: runs.Run,
    photographs: Path,
    *,
    method: str = "gradcam",
    limit: int | None = None,
    progress: Progress = lambda items, _: items,
) -> int:
    """Store a heatmap of each test coin for the predicted and for the true emperor.

    Maps of other methods stay if they are of the same coins.

    Args:
        run: evaluated.
        photographs: the collection's folder.
        method: a name in `explanation.METHODS`.
        limit: explain only the first so many test coins.
        progress: wraps an iterable of known length.

    Returns:
        How many coins were explained.

    Raises:
        RunError: no such method, no predictions, a damaged run, or heatmaps of more coins there.
        DatasetError: a photograph is missing or has changed.
    """
    compute = explanation.get(method)
    test = _test_coins(run).head(limit)
    stored = _stored(run)
    if len(stored.get(COIN_IDS, ())) > len(test):
        raise RunError(
            f"{run.name} holds heatmaps of {len(stored[COIN_IDS])} coins, which those of "
            f"{len(test)} would replace; delete {runs.HEATMAPS} first if that is meant."
        )
    predictor = Predictor(run)
    crops = load_crops(
        photographs, test, image_size=predictor.image_size, input_name=run.description["input"]
    )
    pictures = np.stack([shrink(crop, predictor.image_size) for crop in crops])
    layer = networks.get(run.description["network"]).explained

    def maps(which: np.ndarray, classes: np.ndarray) -> np.ndarray:
        return compute(predictor.model, layer, pictures[which], classes[which])

    number = {emperor: i for i, emperor in enumerate(run.emperors)}
    predicted, true = (test[c].map(number).to_numpy(dtype=int) for c in ("predicted", "emperor"))
    wrong = np.flatnonzero(predicted != true)
    everyone = np.arange(len(test))
    for_predicted = _in_batches(maps, everyone, predicted, progress)
    for_true = for_predicted.copy()  # the same map where the network is right
    for_true[wrong] = _in_batches(maps, wrong, true, progress)
    _store(run, stored, test["coin_id"], method, for_predicted, for_true)
    return len(test)


def _test_coins(run: runs.Run) -> pd.DataFrame:
    predictions = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted")
    test = predictions.loc[predictions["split"] == "test", ["coin_id", "predicted"]]
    coins = run.table(runs.COINS, "coin_id", "emperor", "file_name", "picture_sha256", "disc_x")
    known = coins.merge(test, on="coin_id", validate="one_to_one")
    if len(known) != len(test) or not len(test):
        raise RunError(f"{run.name}: {runs.PREDICTIONS} does not fit the run; evaluate it again.")
    return known


def _in_batches(
    maps: Callable[[np.ndarray, np.ndarray], np.ndarray],
    which: np.ndarray,
    classes: np.ndarray,
    progress: Progress,
) -> np.ndarray:
    starts = range(0, len(which), BATCH)
    parts = [maps(which[i : i + BATCH], classes) for i in progress(starts, len(starts))]
    return np.concatenate(parts).astype(np.float16) if parts else np.zeros((0, 1, 1), np.float16)


def _stored(run: runs.Run) -> dict[str, np.ndarray]:
    return run.arrays(runs.HEATMAPS) if (run.folder / runs.HEATMAPS).exists() else {}


def _store(
    run: runs.Run,
    stored: dict[str, np.ndarray],
    coin_ids: pd.Series,
    method: str,
    predicted: np.ndarray,
    true: np.ndarray,
) -> None:
    ids = coin_ids.to_numpy(dtype="U")
    same = np.array_equal(stored.get(COIN_IDS, np.array([])), ids)
    fresh = {COIN_IDS: ids, f"{method}/predicted": predicted, f"{method}/true": true}
    runs.keep_arrays(run, runs.HEATMAPS, {**(stored if same else {}), **fresh})
