"""Store which training coins a run's network finds most alike to each coin that it never learned.

Alike in its last features, those from which it names an emperor: cosine of two coins' features. For
the emperor who is named and for the one on the label, so that a person can look from one to the
other.
"""

from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from sklearn.preprocessing import normalize

from coinvision import runs
from coinvision.dataset.crops import Progress
from coinvision.errors import RunError
from coinvision.networks import speed
from coinvision.prediction import BATCH, Predictor

NEAREST = 4
DECIMALS = 3


def keep_neighbors(
    run: runs.Run, photographs: Path, *, progress: Progress = lambda items, _: items
) -> int:
    """Write a run's neighbors.csv: `coin_id, emperor, neighbor, similarity`, the nearest first.

    Args:
        run: evaluated.
        photographs: the collection's folder.
        progress: wraps an iterable of known length.

    Returns:
        How many coins have neighbors now.

    Raises:
        RunError: no predictions, or a damaged run.
        DatasetError: a photograph is missing or has changed.
    """
    asked = run.table(runs.PREDICTIONS, "coin_id", "predicted")[["coin_id", "predicted"]]
    coins = run.table(runs.COINS, "coin_id", "emperor", "split", "file_name", "picture_sha256")
    coins = coins.merge(asked, on="coin_id", how="left")
    coins = coins[(coins["split"] == "train") | coins["predicted"].notna()].reset_index(drop=True)
    features = _features(run, photographs, coins, progress)
    wanted = [i for i, asked_for in enumerate(coins["predicted"].notna()) if asked_for]
    rows = [row for i in wanted for row in _near(coins, features, i)]
    columns = ["coin_id", "emperor", "neighbor", "similarity"]
    runs.keep_table(run, runs.NEIGHBORS, pd.DataFrame(rows, columns=columns))
    return len(wanted)


def are_kept(run: runs.Run) -> bool:
    """Whether a run has whole neighbors of all coins that its network was asked for."""
    try:
        table = run.table(runs.NEIGHBORS, "emperor", "neighbor", "similarity")
    except RunError:
        return False
    asked, coins = run.table(runs.PREDICTIONS, "coin_id"), run.table(runs.COINS, "coin_id")
    whole = set(table["neighbor"]) <= set(coins["coin_id"])
    return whole and set(table["coin_id"]) == set(asked["coin_id"])


def _features(
    run: runs.Run, photographs: Path, coins: pd.DataFrame, progress: Progress
) -> np.ndarray:
    """The network's last features, coins x numbers, every row of length one."""
    predictor = Predictor(run)
    last = keras.Model(predictor.model.input, predictor.model.get_layer("logits").input)

    def parts() -> Iterator[np.ndarray]:
        starts = range(0, len(coins), BATCH)
        for start in progress(starts, len(starts)):
            own = predictor.pictures(photographs, coins[start : start + BATCH])
            pictures = np.zeros((BATCH, *own.shape[1:]), np.float32)
            pictures[: len(own)] = own
            with speed.fast():  # who is nearest does not hang on the last bits
                found = keras.ops.convert_to_numpy(last.predict_on_batch(pictures))
            yield found[: len(own)].reshape(len(own), -1)

    rows: np.ndarray = normalize(np.concatenate(list(parts())))
    return rows


def _near(coins: pd.DataFrame, features: np.ndarray, i: int) -> list[tuple[str, str, str, float]]:
    """The nearest training coins of one coin, of the named emperor and then of the label's."""
    found = []
    trained = (coins["split"] == "train").to_numpy()
    for emperor in dict.fromkeys((coins["predicted"][i], coins["emperor"][i])):
        own = np.flatnonzero(trained & (coins["emperor"] == emperor).to_numpy())
        similar = features[own] @ features[i]
        for j in np.argsort(-similar, kind="stable")[:NEAREST]:
            neighbor = str(coins["coin_id"][own[j]])
            found.append(
                (str(coins["coin_id"][i]), emperor, neighbor, round(float(similar[j]), DECIMALS))
            )
    return found
