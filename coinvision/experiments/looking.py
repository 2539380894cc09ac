"""Where networks looked in each arm: heatmaps of one fold's test coins, for whom they named.

    look(experiment, dataset, cell, made)        # writes heatmaps/small-G1-fold0-seed0.npz
    read(experiment, cell)                       # its coin_ids and maps; None where there are none

Of one fold alone, that of the networks that come with the project: a coin is in one fold only, and
the networks of the others are not kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coinvision import explanation, networks, runs
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.experiments.arms import ARMS
from coinvision.experiments.store import Cell, Experiment
from coinvision.explanation.stored import compact, whole
from coinvision.files import read_arrays, write_arrays

HEATMAPS = "heatmaps"
FOLD, SEED = 0, 0
METHOD = explanation.FIRST
AGAIN = "delete it, and experiment.py makes it again."


@dataclass(frozen=True)
class Looked:
    """One cell's heatmaps: n coins, n x rows x columns, neither scaled nor colored."""

    coin_ids: np.ndarray
    maps: np.ndarray

    def of(self, coin_id: str) -> np.ndarray | None:
        """A coin's map; None where it has none."""
        where = np.flatnonzero(self.coin_ids == coin_id)
        return self.maps[where[0]].astype(float) if len(where) else None


def wanted(experiment: Experiment, cell: Cell) -> bool:
    """Whether a cell is one to have heatmaps, and has none yet."""
    ours = (cell.fold, cell.seed) == (FOLD, SEED) and cell.classifier in networks.OWN
    return ours and cell.arm in ARMS and not _path(experiment, cell).is_file()


def gave(made: runs.Run, experiment: Experiment, cell: Cell) -> bool:
    """Whether a run is the very training that gave a cell its answers: it took as many seconds."""
    return experiment.facts(cell).get("seconds") == made.description.get("seconds")


def look(
    experiment: Experiment,
    dataset: Dataset,
    cell: Cell,
    made: runs.Run,
    progress: Callable[[Iterable, int], Iterable] = lambda items, _: items,
) -> None:
    """Store a heatmap of each coin of a cell, for the emperor whom it named.

    Args:
        experiment: with the cell's answers.
        dataset: the experiment's, with its photographs.
        cell: one of a network.
        made: the run that gave the answers.
        progress: wraps an iterable of known length.

    Raises:
        RunError: stored weights or answers are missing or damaged.
        DatasetError: a photograph is missing or has changed.
    """
    from coinvision.experiments.showing import shown
    from coinvision.prediction import BATCH, Predictor

    answers, predictor = experiment.answers(cell), Predictor(made)
    pictures = shown(dataset, predictor, made, ARMS[cell.arm], answers.index)
    classes = positions(experiment.emperors, answers["predicted"])
    compute, layer = explanation.get(METHOD), networks.get(cell.classifier).explained
    starts = range(0, len(pictures), BATCH)
    parts = [
        compute(predictor.model, layer, pictures[i : i + BATCH], classes[i : i + BATCH])
        for i in progress(starts, len(starts))
    ]
    path = _path(experiment, cell)
    path.parent.mkdir(exist_ok=True)
    coin_ids = answers.index.to_numpy(dtype="U")
    write_arrays(path, {"coin_id": coin_ids, "maps": compact(np.concatenate(parts))})


def read(experiment: Experiment, cell: Cell) -> Looked | None:
    """A cell's heatmaps; None where there are none.

    Raises:
        RunError: they are damaged.
    """
    path, nothing = _path(experiment, cell), np.zeros(0)
    try:
        found = read_arrays(path)
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise RunError(f"{path} {error}; {AGAIN}") from error
    looked = Looked(found.get("coin_id", nothing), found.get("maps", nothing))
    if not whole(looked.coin_ids, looked.maps):
        raise RunError(f"{path} is damaged; {AGAIN}")
    return looked


def _path(experiment: Experiment, cell: Cell) -> Path:
    return experiment.folder / HEATMAPS / f"{cell.name}.npz"
