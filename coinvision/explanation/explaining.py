"""Explain photographs by a run; explain all of a run's test coins and store the maps in it.

maps = explain(runs.open_run("ocre12-small-color-fold0-seed0"), photographs, ["Nero", "Titus"])
explain_tested(run, folder_of_photographs, method="rise", limit=50)
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision import explanation, runs
from coinvision.dataset.crops import Progress
from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.explanation import stored, unfinished
from coinvision.prediction import BATCH, Predictor
from coinvision.runs.weights import WEIGHTS


@dataclass(frozen=True)
class Task:
    """What is to be explained: which coins, for which emperors (as numbers), and how."""

    run: runs.Run
    method: str
    coins: pd.DataFrame
    predicted: np.ndarray
    true: np.ndarray

    @property
    def coin_ids(self) -> np.ndarray:
        """Whose maps are made."""
        return self.coins["coin_id"].to_numpy(dtype="U")


def explain(
    run: runs.Run,
    photographs: Sequence[np.ndarray],
    targets: Sequence[str],
    *,
    method: str = explanation.FIRST,
) -> np.ndarray:
    """What on each photograph speaks for an emperor.

    Args:
        run: a trained network's.
        photographs: n, uint8 RGB of any size; the coin is found on each.
        targets: n emperors of the run, for whom.
        method: a name in `explanation.METHODS` or `explanation.CONTROLS`.

    Returns:
        float32, n x rows x columns over the coin's crop, neither scaled nor colored.

    Raises:
        RunError: no such method or emperor, not one for each photograph, or a damaged run.
        PhotoError: a photograph shows nothing.
    """
    unknown = sorted(set(targets) - set(run.emperors))
    if unknown or len(targets) != len(photographs):
        raise RunError(
            f"Came {len(photographs)} photographs and {len(targets)} targets"
            + (f", {', '.join(unknown)} unknown to the run" if unknown else "")
            + f"; expected for each photograph one of {', '.join(run.emperors)}."
        )
    explanation.get(method)
    predictor = Predictor(run)
    pictures = np.stack([predictor.picture(one) for one in photographs])
    return of_pictures(predictor, pictures, positions(run.emperors, pd.Series(targets)), method)


def of_pictures(
    predictor: Predictor,
    pictures: np.ndarray,
    classes: np.ndarray,
    method: str,
    *,
    uncut: bool = False,
) -> np.ndarray:
    """As `explain`, of crops as the loaded network is given them, for emperors as numbers.

    `uncut` maps hold what speaks against, too, where the method can tell.
    """
    compute = explanation.get(method, uncut=uncut)
    return compute(predictor.model, predictor.explained, pictures, classes)


def explain_tested(
    run: runs.Run,
    photographs: Path,
    *,
    method: str = explanation.FIRST,
    limit: int | None = None,
    progress: Progress = lambda items, _: items,
) -> int:
    """Store a heatmap of each test coin for the predicted and for the true emperor.

    What was computed when it was stopped or killed lies aside, and the same call goes on from
    there. Maps of other methods stay.

    Args:
        run: evaluated.
        photographs: the collection's folder.
        method: a name in `explanation.METHODS` or `explanation.CONTROLS`.
        limit: explain only so many test coins, see `sample`.
        progress: wraps an iterable of known length.

    Returns:
        How many coins were explained.

    Raises:
        RunError: no such method, no predictions, a damaged run, or more maps of the method there.
        DatasetError: a photograph is missing or has changed.
    """
    explanation.get(method)
    task = _task(run, method, limit)
    _refuse_fewer(task)
    aside = unfinished.place(f"{run.name}-{_key(task)}")
    maps = unfinished.load(aside)
    for part in _parts(task, photographs, len(maps.get("true", ())), progress):
        maps = {kind: np.concatenate([maps[kind], part[kind]]) for kind in part} if maps else part
        unfinished.save(aside, maps)
    # read only now: another process may have stored another method's maps meanwhile
    stored.keep(run, {**_others(task), method: stored.Maps.made(method, task.coin_ids, **maps)})
    aside.unlink(missing_ok=True)
    return len(task.coins)


def sample(coins: pd.DataFrame, limit: int | None) -> pd.DataFrame:
    """So many coins, in the table's order: drawn by chance, but always the same ones.

    The first of the table may all be of one emperor. A smaller sample lies within a larger one.
    """
    digests = coins["coin_id"].map(lambda text: hashlib.sha256(text.encode()).hexdigest())
    drawn = digests.sort_values().index[:limit]
    return coins.loc[sorted(drawn)].reset_index(drop=True)


def _task(run: runs.Run, method: str, limit: int | None) -> Task:
    test = sample(evaluated_coins(run), limit)
    predicted, true = (positions(run.emperors, test[c]) for c in ("predicted", "emperor"))
    return Task(run, method, test, predicted, true)


def evaluated_coins(run: runs.Run) -> pd.DataFrame:
    """The rows of a run's coins.csv of its test coins, with the emperor who was `predicted`.

    Raises:
        RunError: no predictions, or they do not fit the run.
    """
    predictions = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted")
    test = predictions.loc[predictions["split"] == "test", ["coin_id", "predicted"]]
    coins = run.table(
        runs.COINS, "coin_id", "emperor", "split", "file_name", "picture_sha256", "disc_x"
    )
    known = coins[coins["split"] == "test"].merge(test, on="coin_id")
    whole = len(known) == len(test) == (coins["split"] == "test").sum()
    if not whole or not len(test) or not set(test["predicted"]) <= set(run.emperors):
        raise RunError(f"{run.name}: {runs.PREDICTIONS} does not fit the run; evaluate it again.")
    return known


def _refuse_fewer(task: Task) -> None:
    there = _stored(task).get(task.method)
    if there and len(there.coin_ids) > len(task.coins):
        raise RunError(
            f"{task.run.name} holds {task.method} heatmaps of {len(there.coin_ids)} coins, which "
            f"those of {len(task.coins)} would replace; ask for as many, or for all."
        )


def _stored(task: Task) -> dict[str, stored.Maps]:
    try:
        return stored.read(task.run)
    except RunError:  # damaged: nothing in it can be kept
        return {}


def _others(task: Task) -> dict[str, stored.Maps]:
    """Other methods' maps, as far as they are of coins that the run still tests."""
    tested = set(evaluated_coins(task.run)["coin_id"])
    return {
        method: maps
        for method, maps in _stored(task).items()
        if method != task.method and tested.issuperset(maps.coin_ids)
    }


def _key(task: Task) -> str:
    """A name for all that the task's maps depend on."""
    weights = hashlib.sha256((task.run.folder / WEIGHTS).read_bytes()).hexdigest()
    asked = [task.coin_ids.tolist(), task.predicted.tolist(), task.true.tolist()]
    listed = explanation.METHODS.get(task.method)
    text = json.dumps([task.method, listed and listed.uncut, weights, *asked])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _parts(
    task: Task, photographs: Path, done: int, progress: Progress
) -> Iterator[dict[str, np.ndarray]]:
    """Maps of the coins from `done` on, some coins at a time."""
    predictor = Predictor(task.run)
    step = 1 if task.method in explanation.SLOW else BATCH
    starts = range(done, len(task.coins), step)
    for start in progress(starts, len(starts)):
        these = slice(start, start + step)
        pictures = predictor.pictures(photographs, task.coins[these])
        predicted, true = task.predicted[these], task.true[these]
        named = of_pictures(predictor, pictures, predicted, task.method, uncut=True)
        labeled = named.copy()  # the same map where the network is right
        wrong = predicted != true
        if wrong.any():
            labeled[wrong] = of_pictures(
                predictor, pictures[wrong], true[wrong], task.method, uncut=True
            )
        yield {"predicted": named, "true": labeled}
