"""Another split against grouped folds, on the same coins.

against_grouped(experiment, [("vgg16", "A@835")])   # rows for the report; none of grouped folds

For random folds the difference is the leakage estimate: what a network owes to relatives of the
coin among those that it learned from. For folds of museums it is the loss on strange museums, fair
only with as many training coins (an arm like "A@800"), and with as many of each emperor: a museum
that is left out takes its common emperors along. So such arms have a second row, of those coins
alone whose emperor lost few in the fold that asks for them.
"""

from typing import Any

import numpy as np
import pandas as pd

from coinvision.comparison.answers import accuracy, gain, shared
from coinvision.dataset.folds import split_of, thinned
from coinvision.experiments.arms import parted
from coinvision.experiments.store import DESCRIPTION, Experiment, read

AS_MANY = 0.85  # of the training coins that grouped folds have of an emperor
FEW_LOST = f"emperors with at least {100 * AS_MANY:g} % as many training coins"


def against_grouped(experiment: Experiment, asked: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """A row for each classifier and arm that was asked in both splits.

    Args:
        experiment: of any split.
        asked: classifiers and arms.

    Returns:
        `classifier`, `arm`, `whose` (emperors; "" for all), `museums` of the coins, and
        as figures `here`, `grouped` and their `difference`, paired, with its interval over groups.
    """
    folder = experiment.folder.with_name(str(experiment.description["dataset"]))
    if experiment.description["split"] == "grouped" or not (folder / DESCRIPTION).is_file():
        return []
    grouped = read(folder)
    alone = grouped.coins["group"].is_unique  # nothing is known to be related
    if alone and experiment.description["split"] == "random":  # so nothing could leak
        return []
    return [row for one in asked for row in _rows(experiment, grouped, *one)]


def _rows(
    experiment: Experiment, grouped: Experiment, classifier: str, arm: str
) -> list[dict[str, Any]]:
    here, there = experiment.pooled(classifier, arm), grouped.pooled(classifier, arm)
    if here is None or there is None or not len(both := shared(here, there)):
        return []
    there = there.loc[both]
    here = here.loc[both].assign(group=there["group"])
    parts, coins = {"": np.ones(len(both), bool)}, parted(arm)[1]
    if coins is not None:
        kept = _kept(_teachers(experiment, here, coins), _teachers(grouped, there, coins))
        asked = pd.MultiIndex.from_frame(here[["fold", "emperor"]])
        parts[FEW_LOST] = kept.reindex(asked, fill_value=False).to_numpy(dtype=bool)
    return [
        {"classifier": classifier, "arm": arm, "whose": whose, **_figures(here[own], there[own])}
        for whose, own in parts.items()
        if own.any()
    ]


def _figures(here: pd.DataFrame, there: pd.DataFrame) -> dict[str, Any]:
    return {
        "museums": sorted({name for name in here["institution"].dropna() if name}),
        "here": accuracy(here).as_dict(),
        "grouped": accuracy(there).as_dict(),
        "difference": gain(here, there).difference.as_dict(),
    }


def _teachers(experiment: Experiment, answers: pd.DataFrame, coins: int) -> pd.Series:
    """How many of so many coins are of each emperor, by fold of the answers and emperor."""
    own, emperors = experiment.coins["fold"].to_numpy(dtype=int), experiment.coins["emperor"]
    counts = {
        fold: emperors[
            thinned(split_of(own, fold), list(emperors), coins, seed=0) == "train"
        ].value_counts()
        for fold in sorted(set(answers["fold"]))
    }
    return pd.concat(counts, names=["fold", "emperor"])


def _kept(here: pd.Series, there: pd.Series) -> pd.Series:
    """In which folds at least AS_MANY coins of an emperor teach, against the mean of the others."""
    usual = there.groupby("emperor").mean()
    return here >= AS_MANY * usual.reindex(here.index.get_level_values("emperor")).to_numpy()
