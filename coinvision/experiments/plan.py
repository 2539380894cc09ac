"""What an experiment is to hold: networks, arms and folds, and the cells that follow from them.

plan = Plan(networks=["small"], arms=["A", "B"], folds=[0, 1])
plan.cells(dataset.coins)        # with the baselines of those folds
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coinvision.dataset.folds import NUM_FOLDS
from coinvision.errors import RunError
from coinvision.evaluation import baselines
from coinvision.experiments.arms import ARMS, REFERENCE, taught
from coinvision.experiments.store import Cell
from coinvision.files import cache_folder
from coinvision.networks import NETWORKS, OWN


@dataclass(frozen=True)
class Plan:
    """What is to be there when the experiment has run.

    Raises:
        RunError: an arm, network or fold that there is not.
    """

    networks: list[str]
    arms: list[str]
    folds: list[int]
    seed: int = 0
    coins: int | None = None  # train on so many only
    epochs: int | None = None
    backbone: str = "imagenet"
    runs: Path | None = None  # where networks are trained; None: a cache

    def __post_init__(self) -> None:
        for what, asked, known in (
            ("arm", self.arms, list(ARMS)),
            ("network", self.networks, list(NETWORKS)),
            ("fold", self.folds, list(range(NUM_FOLDS))),
        ):
            unknown = [one for one in asked if one not in known]
            if unknown:
                raise RunError(
                    f"There is no {what} {unknown[0]}; expected one of "
                    f"{', '.join(map(str, known))}."
                )

    def trained_in(self, dataset_hash: str) -> Path:
        """Where networks on a dataset are trained: datasets of one name must not meet there."""
        return self.runs or cache_folder("experiments") / dataset_hash[:12]

    def cells(self, coins: pd.DataFrame) -> list[Cell]:
        """What is to be there of a dataset of these coins: baselines first, then fold by fold.

        Networks of the 2020 study are baselines too, and are asked in arm A alone.
        """
        simple = [
            Cell(name, REFERENCE, fold) for fold in self.folds for name in self.baselines(coins)
        ]
        return simple + [
            self.cell(network, arm, fold)
            for fold in self.folds
            for network in self.networks
            for arm in self.arms
            if ARMS[arm].fits(coins)
            and not ARMS[arm].baseline
            and (network in OWN or arm == REFERENCE)
        ]

    def baselines(self, coins: pd.DataFrame) -> list[str]:
        """The baselines of a fold; that of frozen features only where VGG-16 is in the plan."""
        frozen = "vgg16" in self.networks
        return [
            name
            for name in baselines.BASELINES
            if (frozen or name != baselines.FROZEN) and baselines.fits(name, coins)
        ]

    def cell(self, network: str, arm: str, fold: int) -> Cell:
        """The cell of one network, arm and fold."""
        return Cell(network, taught(arm, self.coins), fold, self.seed)
