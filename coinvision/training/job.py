"""What to train: the settings of one run."""

from dataclasses import dataclass, replace

import numpy as np

from coinvision import networks
from coinvision.dataset import folds
from coinvision.dataset.folds import LARGEST_SEED
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.networks.blueprint import Network, Recipe
from coinvision.photos import INPUTS


@dataclass(frozen=True)
class Job:
    """What to train; None keeps the network's own recipe."""

    network: str
    input: str = "color"
    fold: int = 0
    seed: int = 0
    epochs: int | None = None
    views: int | None = None
    coins: int | None = None  # train on so many, each emperor by its share; None takes all
    backbone: str = "imagenet"

    def recipe(self, network: Network) -> Recipe:
        """The network's recipe with this job's changes."""
        recipe = network.recipe
        if self.epochs is not None:
            recipe = replace(recipe, max_epochs=self.epochs)
        if self.views is not None:
            recipe = replace(recipe, views=self.views)
        return recipe

    def name(self, dataset: Dataset) -> str:
        """The run's name if it is given none."""
        split = dataset.description["settings"]["split"]
        parts = [dataset.name, *([] if split == "grouped" else [split]), self.network, self.input]
        if self.coins is not None:
            parts.append(f"{self.coins}coins")
        return "-".join([*parts, f"fold{self.fold}", f"seed{self.seed}"])

    def splits(self, dataset: Dataset) -> np.ndarray:
        """What each coin is for: "train", "validation", "test" or "unused".

        Raises:
            DatasetError: so many coins cannot be chosen.
        """
        found = folds.split_of(dataset.coins["fold"].to_numpy(dtype=int), self.fold)
        if self.coins is None:
            return found
        return folds.thinned(found, list(dataset.coins["emperor"]), self.coins, seed=self.seed)

    def check(self) -> None:
        """Raise RunError for a job that cannot be."""
        if self.input not in INPUTS:
            raise RunError(
                f"There is no input {self.input!r}; expected one of {', '.join(INPUTS)}."
            )
        if not 0 <= self.fold < folds.NUM_FOLDS:
            raise RunError(f"There is no fold {self.fold}; expected 0 to {folds.NUM_FOLDS - 1}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise RunError(f"The seed {self.seed} is not between 0 and {LARGEST_SEED}.")
        if self.views is not None and networks.get(self.network).frozen_until is None:
            raise RunError(f"Views are stored for a frozen part, and {self.network} has none.")
