"""What a network in training is fed, epoch by epoch: photographs, or features of its frozen part.

An epoch is one round through the training coins, or several where the coins are few: a network
needs steps, and a hundred coins are not enough of them in sixty epochs.

Both say the same two things: `batches(epoch)`, the training coins in an order and under
augmentations that depend on seed and round alone, and `validation()`, the validation coins as they
are. So a resumed training sees exactly what an undisturbed one would.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import keras
import numpy as np

from coinvision.photos import shrink
from coinvision.photos.views import View
from coinvision.training.features import PLAIN, FeatureStore, Progress

# What a random stream is for: streams of one epoch must not be one another's copies.
ORDER, VIEW, PICTURE = 0, 1, 2
MOST_ROUNDS = 4  # an epoch: a handful of coins shown more often is learned by heart
# Two threads prepare batches: what a single one prepares, Keras gives to tf.data's tuner, for whose
# end an epoch waits up to as long again as it took.
WORKERS = 2


@dataclass(frozen=True)
class Coins:
    """The coins of one training: positions among the crops, labels and weights of all of them."""

    train: np.ndarray
    validation: np.ndarray
    targets: np.ndarray  # one-hot, coins x emperors
    weights: np.ndarray  # coins
    batch_size: int
    seed: int
    least_batches: int = 1

    def rng(self, purpose: int, round_: int, *more: int) -> np.random.Generator:
        """The random stream for one purpose in one round."""
        return np.random.default_rng([self.seed, purpose, round_, *more])

    def rounds(self, epoch: int) -> range:
        """The rounds of an epoch: few coins are gone through several times, newly augmented."""
        wanted = round(self.least_batches * self.batch_size / len(self.train))
        each = min(max(wanted, 1), MOST_ROUNDS)
        return range(epoch * each, (epoch + 1) * each)


class Source(Protocol):
    """Feeds a network in training."""

    def batches(self, epoch: int) -> keras.utils.PyDataset:
        """Training batches (inputs, one-hot targets, weights) of an epoch."""

    def validation(self) -> keras.utils.PyDataset:
        """The validation coins, unchanged, in order."""

    def found(self, epoch: int) -> int:
        """How many features that the epoch is the first to need are there from other trainings."""

    def seconds(self) -> float:
        """How long features have been computed so far."""


class Batches(keras.utils.PyDataset):
    """Batches whose inputs are made when they are asked for."""

    def __init__(
        self, coins: Coins, order: np.ndarray, inputs: Callable[[np.ndarray], np.ndarray]
    ) -> None:
        super().__init__(workers=WORKERS)
        self._coins, self._order, self._inputs = coins, order, inputs

    def __len__(self) -> int:
        """How many batches."""
        return -(-len(self._order) // self._coins.batch_size)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Batch `index`: inputs, one-hot targets, weights."""
        size = self._coins.batch_size
        which = self._order[index * size : (index + 1) * size]
        return self._inputs(which), self._coins.targets[which], self._coins.weights[which]


class Rounds(keras.utils.PyDataset):
    """Batches of several rounds, one after the other."""

    def __init__(self, rounds: list[Batches]) -> None:
        super().__init__(workers=WORKERS)
        self._rounds = rounds

    def __len__(self) -> int:
        """How many batches."""
        return sum(len(batches) for batches in self._rounds)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Batch `index` of all rounds."""
        which, place = divmod(index, len(self._rounds[0]))
        return self._rounds[which][place]


@dataclass(frozen=True)
class Photographs:
    """Feeds a network that is trained as a whole."""

    coins: Coins
    crops: np.ndarray
    image_size: int
    view: View

    def batches(self, epoch: int) -> keras.utils.PyDataset:
        """Every training coin once a round, newly augmented."""
        return Rounds([self._round(round_) for round_ in self.coins.rounds(epoch)])

    def validation(self) -> keras.utils.PyDataset:
        """The validation coins, unchanged, in order."""

        def inputs(which: np.ndarray) -> np.ndarray:
            return np.stack([shrink(self.crops[i], self.image_size) for i in which])

        return Batches(self.coins, self.coins.validation, inputs)

    def found(self, epoch: int) -> int:
        """There are no features."""
        return 0

    def seconds(self) -> float:
        """There are no features."""
        return 0.0

    def _round(self, round_: int) -> Batches:
        def inputs(which: np.ndarray) -> np.ndarray:
            return np.stack([self._augmented(round_, int(i)) for i in which])

        return Batches(self.coins, _shuffled(self.coins, round_), inputs)

    def _augmented(self, round_: int, i: int) -> np.ndarray:
        return self.view(self.crops[i], self.coins.rng(PICTURE, round_, i), self.image_size)


@dataclass(frozen=True)
class Features:
    """Feeds the trained part of a network from stored features of its frozen part.

    In the first rounds each brings a new view of all coins; when all views are there, each coin
    shows one of them at random.
    """

    coins: Coins
    store: FeatureStore
    views: int
    progress: Progress

    def batches(self, epoch: int) -> keras.utils.PyDataset:
        """Every training coin once a round, under one of its views."""
        return Rounds([self._round(round_) for round_ in self.coins.rounds(epoch)])

    def validation(self) -> keras.utils.PyDataset:
        """The validation coins under the plain view, in order."""
        stored = self.store.view(PLAIN, self.coins.validation, self.progress)

        def inputs(which: np.ndarray) -> np.ndarray:
            return np.asarray(stored[self.store.places[which]])

        return Batches(self.coins, self.coins.validation, inputs)

    def found(self, epoch: int) -> int:
        """How many features that the epoch is the first to need are there from other trainings."""
        new = [v for v in self.coins.rounds(epoch) if v < self.views]
        plain = self.store.ready(PLAIN, self.coins.validation) if epoch == 0 else 0
        return plain + sum(self.store.ready(v, self.coins.train) for v in new)

    def seconds(self) -> float:
        """How long features have been computed so far."""
        return self.store.seconds

    def _round(self, round_: int) -> Batches:
        known = min(round_ + 1, self.views)
        stored = [self.store.view(v, self.coins.train, self.progress) for v in range(known)]
        if round_ < self.views:
            choice = np.full(len(self.store.crops), round_)
        else:
            choice = self.coins.rng(VIEW, round_).integers(self.views, size=len(self.store.crops))

        def inputs(which: np.ndarray) -> np.ndarray:
            return np.stack([stored[choice[i]][self.store.places[i]] for i in which])

        return Batches(self.coins, _shuffled(self.coins, round_), inputs)


def _shuffled(coins: Coins, round_: int) -> np.ndarray:
    return coins.rng(ORDER, round_).permutation(coins.train)
