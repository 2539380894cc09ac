"""Outputs of a network's frozen part, computed once a view and kept on disk.

A view is every coin under one random augmentation; the plain view is none. Each lies in a file of
its own, half precision, memory-mapped, so that 12,000 coins need no memory to speak of. A file is
filled in blocks of coins and knows which are done: a killed computation goes on where it was, and
other folds and seeds of the same dataset reuse what is there.
"""

import hashlib
import io
import json
import math
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from filelock import FileLock

from coinvision.errors import RunError
from coinvision.files import write_bytes
from coinvision.networks import speed
from coinvision.photos import shrink
from coinvision.photos.views import View

PLAIN = -1
BATCH = 32  # always full, so that a coin's features do not depend on its company
Progress = Callable[[Iterable, int], Iterable]


def key_of(**settings: object) -> str:
    """A folder name for everything that the features depend on."""
    text = json.dumps(settings, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class FeatureStore:
    """Features of some coins, view by view.

    `stem` is compiled; `crops` are uint8 RGB, one a coin, and `places` those coins' positions in
    the dataset, which has `num_coins`; files hold a row for each coin of the dataset. `seconds` is
    how long this store has been computing.
    """

    folder: Path
    stem: keras.Model
    image_size: int
    crops: np.ndarray
    places: np.ndarray
    num_coins: int
    change: View
    seconds: float = 0.0

    def ready(self, number: int, which: np.ndarray) -> int:
        """How many of the coins `which` (positions in `crops`) a view holds already."""
        path = self._done_path(number)
        return int(np.load(path)[self.places[which]].sum()) if path.exists() else 0

    def view(
        self, number: int, which: np.ndarray, progress: Progress = lambda items, _: items
    ) -> np.ndarray:
        """A memory-mapped array, num_coins x height x width x channels, float16.

        Rows of the coins `which` (positions in `crops`) are filled; others may hold zeros.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        # another fold's training may want the same file at the same time
        with FileLock(self.folder / "lock"):
            values, done = self._open(number)
            missing = [i for i in which if not done[self.places[i]]]
            starts = range(0, len(missing), BATCH)
            for start in progress(starts, len(starts)) if missing else ():
                block = missing[start : start + BATCH]
                values[self.places[block]] = self._compute(number, block)
                values.flush()
                done[self.places[block]] = True
                self._mark(number, done)
        self.seconds += time.monotonic() - started if missing else 0.0
        return values

    def _open(self, number: int) -> tuple[np.memmap, np.ndarray]:
        path = self._path(number)
        if not (path.exists() and self._done_path(number).exists()):
            shape = (self.num_coins, *self.stem.output_shape[1:])
            self._check_room(2 * math.prod(shape))
            np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=shape).flush()
            self._mark(number, np.zeros(self.num_coins, bool))
        values: np.memmap = np.lib.format.open_memmap(path, mode="r+")
        return values, np.load(self._done_path(number))

    def _check_room(self, needed: int) -> None:
        # the file is sparse: writing into it on a full disk would kill the process
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise RunError(
                f"{self.folder} has {free / 1e9:.1f} GB left and a view needs {needed / 1e9:.1f}; "
                "make room, or set XDG_CACHE_HOME to another disk."
            )

    def _mark(self, number: int, done: np.ndarray) -> None:
        buffer = io.BytesIO()
        np.save(buffer, done)
        write_bytes(self._done_path(number), buffer.getvalue())

    def _compute(self, number: int, block: list[int]) -> np.ndarray:
        pictures = np.zeros((BATCH, self.image_size, self.image_size, 3), np.float32)
        for row, i in enumerate(block):
            pictures[row] = self._picture(number, i)
        with speed.fast():
            features = keras.ops.convert_to_numpy(self.stem.predict_on_batch(pictures))
        # half precision ends at 65,504; VGG-16's block 4 stays below 20,000
        return np.clip(features[: len(block)], 0, 65504).astype(np.float16)

    def _picture(self, number: int, i: int) -> np.ndarray:
        if number == PLAIN:
            return shrink(self.crops[i], self.image_size)
        rng = np.random.default_rng([number, int(self.places[i])])
        return self.change(self.crops[i], rng, self.image_size)

    def _path(self, number: int) -> Path:
        return self.folder / ("plain.npy" if number == PLAIN else f"view-{number:03d}.npy")

    def _done_path(self, number: int) -> Path:
        return self._path(number).with_suffix(".done.npy")
