"""Apply a run to photographs: its own disc finder, input and network, in batches.

predictor = Predictor(runs.open_run("ocre12-vgg16-color-fold0-seed0"))
table = predict_files(predictor, paths)
"""

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from scipy.special import softmax

from coinvision import networks, runs
from coinvision.dataset.crops import Progress, load_crops
from coinvision.dataset.inspection import load
from coinvision.errors import CollectionError, PhotoError
from coinvision.networks import speed
from coinvision.photos import INPUTS, Disc, find_disc, oversize, shrink
from coinvision.runs import weights

BATCH = 32
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
COLUMNS = ("file_name", "emperor", "probability", "second", "second_probability", "error")


class Predictor:
    """A run's network, loaded once.

    Raises:
        RunError: stored weights are missing, damaged or of another network.
    """

    def __init__(self, run: runs.Run) -> None:
        self.emperors = run.emperors
        self.model = weights.load_model(run)
        self.model.compile(jit_compile=speed.compiler())
        self.image_size: int = self.model.input_shape[1]
        self.explained = networks.get(str(run.description["network"])).explained
        self._input_name = str(run.description["input"])
        self._input = INPUTS[self._input_name]

    def picture(self, photograph: np.ndarray, disc: Disc | None = None) -> np.ndarray:
        """A photograph as the network is given it.

        Args:
            photograph: uint8 RGB.
            disc: the coin's; if it is not known, it is found.

        Returns:
            uint8 RGB, square, at the network's size.

        Raises:
            PhotoError: the photograph shows nothing.
        """
        disc = disc or find_disc(photograph)
        if disc is None:
            raise PhotoError("the picture is blank: no coin in it")
        crop = self._input.of(photograph, disc, oversize(self.image_size))
        return shrink(crop, self.image_size)

    def pictures(
        self,
        photographs: Path,
        coins: pd.DataFrame,
        change: Callable[[np.ndarray], np.ndarray] = lambda crop: crop,
    ) -> np.ndarray:
        """Coins of a collection as the network is given them.

        Args:
            photographs: the collection's folder.
            coins: n rows of its dataset.
            change: what is done to each crop, larger than the network's pictures, before that.

        Returns:
            uint8 RGB, n x size x size x 3.

        Raises:
            DatasetError: a photograph is missing or has changed.
        """
        crops = load_crops(
            photographs, coins, image_size=self.image_size, input_name=self._input_name
        )
        return np.stack([shrink(change(crop), self.image_size) for crop in crops])

    def probabilities(
        self,
        pictures: Iterable[np.ndarray],
        total: int,
        progress: Progress = lambda items, _: items,
    ) -> np.ndarray:
        """Probabilities (total x emperors) of that many pictures, read batch by batch."""
        pictures = iter(pictures)
        parts = [np.zeros((0, len(self.emperors)))]
        for _ in progress(range(0, total, BATCH), -(-total // BATCH)):
            parts.append(self._batch(np.stack(list(islice(pictures, BATCH)))))
        return np.concatenate(parts)

    def _batch(self, pictures: np.ndarray) -> np.ndarray:
        # always full batches: one compiled graph, and the same figures in any company
        padded = np.zeros((BATCH, *pictures.shape[1:]), np.float32)
        padded[: len(pictures)] = pictures
        logits = keras.ops.convert_to_numpy(self.model.predict_on_batch(padded))
        return softmax(logits[: len(pictures)].astype(np.float64), axis=1)


def find_pictures(sources: list[str]) -> list[Path]:
    """The files that are named, and the pictures in the folders that are named.

    Raises:
        CollectionError: a source does not exist, or no picture is in any of them.
    """
    found: list[Path] = []
    for source in map(Path, sources):
        if not source.exists():
            raise CollectionError(f"{source} does not exist; expected a picture or a folder.")
        inside = sorted(p for p in source.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
        found += [source] if source.is_file() else inside
    if not found:
        raise CollectionError(f"No picture ({', '.join(ENDINGS)}) in {', '.join(sources)}.")
    # one file under two spellings is one picture; the first spelling stays
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def predict_files(
    predictor: Predictor, paths: list[Path], *, progress: Progress = lambda items, _: items
) -> pd.DataFrame:
    """Name the emperor on each photograph.

    Returns:
        One row a picture: `file_name, emperor, probability, second, second_probability, error`. A
        picture that cannot be read has its reason in `error` and nothing else.
    """
    rows: list[dict[str, object]] = []
    starts = range(0, len(paths), BATCH)
    for start in progress(starts, len(starts)):
        rows += _predict_batch(predictor, paths[start : start + BATCH])
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _predict_batch(predictor: Predictor, paths: list[Path]) -> list[dict[str, object]]:
    errors: dict[Path, str] = {}
    pictures: dict[Path, np.ndarray] = {}
    for path in paths:
        try:
            pictures[path] = predictor.picture(load(path))
        except PhotoError as error:
            errors[path] = str(error)
    probabilities = predictor.probabilities(pictures.values(), len(pictures))
    named = {
        path: _two_best(predictor.emperors, row)
        for path, row in zip(pictures, probabilities, strict=True)
    }
    return [
        {"file_name": _spelt(path), **named.get(path, {}), "error": errors.get(path, "")}
        for path in paths
    ]


def _spelt(path: Path) -> str:
    """A path as text; bytes of its name that are none stand as a question mark."""
    return os.fsencode(path).decode("utf-8", "replace")


def _two_best(emperors: list[str], probabilities: np.ndarray) -> dict[str, object]:
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    return {
        "emperor": emperors[first],
        "probability": round(float(probabilities[first]), 4),
        "second": emperors[second],
        "second_probability": round(float(probabilities[second]), 4),
    }
