"""What to train: the settings of one run."""

from dataclasses import dataclass, replace

from coinvision import networks
from coinvision.dataset import folds
from coinvision.dataset.folds import LARGEST_SEED
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
    backbone: str = "imagenet"

    def recipe(self, network: Network) -> Recipe:
        """The network's recipe with this job's changes."""
        recipe = network.recipe
        if self.epochs is not None:
            recipe = replace(recipe, max_epochs=self.epochs)
        if self.views is not None:
            recipe = replace(recipe, views=self.views)
        return recipe

    def name(self, dataset: str) -> str:
        """The run's name if it is given none."""
        return f"{dataset}-{self.network}-{self.input}-fold{self.fold}-seed{self.seed}"

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
