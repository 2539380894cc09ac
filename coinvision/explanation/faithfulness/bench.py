"""What measuring a run's heatmaps needs, each loaded once: its network, pictures of coins, maps."""

from functools import cached_property
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from coinvision import explanation, networks, runs
from coinvision.evaluation.evaluating import positions
from coinvision.explanation import stored
from coinvision.networks import speed
from coinvision.prediction import Predictor


class Bench:
    """A run and its photographs, ready to be measured.

    Raises:
        RunError: stored weights are missing, damaged or of another network.
    """

    def __init__(self, run: runs.Run, photographs: Path) -> None:
        self.run, self.photographs = run, photographs
        self.network = Predictor(run)
        self._layer = networks.get(run.description["network"]).explained

    def predict(self, pictures: np.ndarray) -> np.ndarray:
        """Probabilities of every emperor, n x emperors."""
        with speed.fast():
            return self.network.probabilities(pictures, len(pictures))

    def pictures(self, coins: pd.DataFrame) -> np.ndarray:
        """Coins as the network is given them: uint8, n x size x size x 3.

        Raises:
            DatasetError: a photograph is missing or has changed.
        """
        return self.network.pictures(self.photographs, coins)

    def classes(self, coins: pd.DataFrame) -> np.ndarray:
        """The emperors who were predicted, as numbers: those that maps explain here."""
        return positions(self.run.emperors, coins["predicted"])

    def maps(self, method: str, coins: pd.DataFrame, pictures: np.ndarray) -> np.ndarray:
        """A method's maps for the predicted emperors; those that the run holds are not made again.

        Returns:
            float32, n x rows x columns.
        """
        held = self._held.get(method)
        places = {} if held is None else {one: i for i, one in enumerate(held.coin_ids)}
        if held is not None and set(coins["coin_id"]) <= set(places):
            rows = [places[coin_id] for coin_id in coins["coin_id"]]
            return held.predicted[rows].astype(np.float32)
        return self.maps_of(method, self.network.model, pictures, self.classes(coins))

    def maps_of(
        self, method: str, model: keras.Model, pictures: np.ndarray, classes: np.ndarray
    ) -> np.ndarray:
        """A method's maps by any network built like the run's: float32, n x rows x columns."""
        with speed.fast():
            return explanation.get(method)(model, self._layer, pictures, classes)

    @cached_property
    def _held(self) -> dict[str, stored.Maps]:
        return stored.read(self.run)
