"""Sanity: does a map depend on what was learned, and on the class that it explains?

    found = Sanity(model, maps_of, maps, pictures, classes, groups, networks=5)
    found.cascade(), found.random_networks(), found.other_class()

Weights (Adebayo et al. 2018, Sanity checks for saliency maps): a method whose maps stay what they
were when the weights are drawn anew shows the picture, not the network. Class (Sixt et al. 2020,
When explanations lie): the map for another emperor must be another map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import keras
import numpy as np

from coinvision.dataset.crops import Progress
from coinvision.explanation.faithfulness.randomizing import cascade, randomized, weighted
from coinvision.explanation.faithfulness.similarity import similarity
from coinvision.intervals import Figure, mean_over_groups, percentile_interval, resampled_groups

SEED = 0
MapsOf = Callable[[keras.Model, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Sanity:
    """The checks of one method on one network.

    `maps_of(model, pictures, classes)` gives the method's maps, n x rows x columns; `trained`
    are those of the network as it was trained. `classes` are those that are explained, `groups` the
    groups of related coins that are resampled, `networks` how many are drawn at random.
    """

    model: keras.Model
    maps_of: MapsOf
    trained: np.ndarray
    pictures: np.ndarray
    classes: np.ndarray
    groups: np.ndarray
    networks: int

    def cascade(self, progress: Progress = lambda items, _: items) -> list[tuple[str, Figure]]:
        """Similarity to the trained network's maps as layers are drawn anew, logits first."""
        steps = progress(cascade(self.model, SEED), len(weighted(self.model)))
        return [(name, self._to_trained(copy)) for name, copy in steps]

    def random_networks(self, progress: Progress = lambda items, _: items) -> dict[str, Figure]:
        """How alike maps are where nothing was learned.

        Returns:
            `trained`: similarity of the trained network's maps to those of random networks;
            `each_other`: of random networks' maps to each other; `difference`: the first less the
            second, coin by coin and network by network.
        """
        seeds = progress(range(SEED + 1, SEED + 1 + self.networks), self.networks)
        drawn = [self._maps(copy) for copy in randomized(self.model, seeds)]
        to_trained = np.stack([similarity(self.trained, maps) for maps in drawn])
        to_others = np.full((self.networks, self.networks, len(self.classes)), np.nan)
        for i, j in combinations(range(self.networks), 2):
            to_others[i, j] = to_others[j, i] = similarity(drawn[i], drawn[j])
        each_other = _mean_where_known(to_others, axis=1)
        return {
            "trained": self._mean(_mean_where_known(to_trained, axis=0)),
            "each_other": self._mean(_mean_where_known(each_other, axis=0)),
            "difference": two_way(to_trained - each_other, self.groups),
        }

    def other_class(self) -> Figure:
        """Similarity of the maps for the class and for another one, drawn at random."""
        rng = np.random.default_rng(SEED)
        count = int(self.model.output.shape[-1])
        others = (self.classes + rng.integers(1, count, len(self.classes))) % count
        maps = self.maps_of(self.model, self.pictures, others)
        return self._mean(similarity(self.trained, maps))

    def _to_trained(self, model: keras.Model) -> Figure:
        return self._mean(similarity(self.trained, self._maps(model)))

    def _maps(self, model: keras.Model) -> np.ndarray:
        return self.maps_of(model, self.pictures, self.classes)

    def _mean(self, values: np.ndarray) -> Figure:
        return mean_over_groups(values, self.groups)


def two_way(values: np.ndarray, groups: np.ndarray) -> Figure:
    """The mean of a table with its interval over resampled networks and resampled groups of coins.

    Other networks would have given other figures: over coins alone the interval would be
    too narrow.

    Args:
        values: networks x coins; nan where there is no figure.
        groups: group of each coin.
    """
    known = np.isfinite(values)
    if not known.any():
        return Figure(None, None, None, 0)
    names, members = np.unique(groups, return_inverse=True)
    belongs = np.eye(len(names))[members]
    sums, sizes = np.where(known, values, 0) @ belongs, known @ belongs
    networks = resampled_groups(len(values), seed=1)  # apart from the draws of coins
    drawn = resampled_groups(len(names))
    totals = ((networks @ sums) * drawn).sum(axis=1)
    counts = ((networks @ sizes) * drawn).sum(axis=1)
    interval = percentile_interval(totals[counts > 0] / counts[counts > 0])
    return Figure(float(values[known].mean()), *interval, int(known.any(axis=0).sum()))


def _mean_where_known(values: np.ndarray, axis: int) -> np.ndarray:
    known = np.isfinite(values)
    counts = known.sum(axis=axis)
    means: np.ndarray = np.where(known, values, 0).sum(axis=axis) / np.where(counts, counts, np.nan)
    return means
