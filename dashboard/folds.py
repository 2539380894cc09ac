"""The coins that a page speaks of: those of the run's own fold, or of all folds that were tested.

    found = folds.picked(run)     # the reader's choice; all folds first
    found.coins, found.figures    # who was named, and the figures of metrics.json on these coins

Each fold's coins were named by a network of its own that never saw their groups.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.evaluation.metrics import all_metrics
from coinvision.experiments import store
from coinvision.runs import Run
from dashboard import experiments, reading

ALL, OWN = "all tested folds", "this run's fold"


@dataclass(frozen=True)
class Tested:
    """Test coins (records with `predicted`, `right`, `probability`), and every figure on them.

    `own` if all were named by the run itself.
    """

    coins: pd.DataFrame
    figures: dict[str, Any]
    own: bool


def picked(run: Run) -> Tested:
    """The coins that the reader wants, where other folds were tested too."""
    whole = _of_all(run)
    if whole is None or not all_wanted():
        return Tested(reading.tested(run), reading.metrics(run), own=True)
    return whole


def all_wanted() -> bool:
    """Let the reader choose between all folds and the run's own; True for all."""
    scope = st.segmented_control(
        "Coins of",
        [ALL, OWN],
        default=ALL,
        required=True,
        key="scope",
        help="Each fold's coins were named by a network of its own that never saw their groups.",
    )
    return bool(scope == ALL)


def _of_all(run: Run) -> Tested | None:
    """The coins of all folds; None where only one was tested."""
    try:
        found = experiments.of_folds(run)
        answers = found and _answers(found[0].folder, _network(run), found[1], _stamp(found[0]))
    except RunError as error:
        st.warning(str(error))
        return None
    if answers is None:
        return None
    told, figures = answers
    return Tested(told.merge(reading.coins(run), on="coin_id", how="left"), figures, own=False)


def _network(run: Run) -> str:
    return str(run.description["network"])


def _stamp(experiment: store.Experiment) -> reading.Stamp:
    return reading.stamp(experiment.folder / store.PREDICTIONS)


@st.cache_data(show_spinner="Reading all folds …", max_entries=16)
def _answers(
    folder: Path, network: str, arm: str, changed: reading.Stamp
) -> tuple[pd.DataFrame, dict[str, Any]] | None:
    """What was named on each coin of at least two folds, and the figures of that."""
    experiment = store.read(folder)
    found = experiment.pooled(network, arm, calibrated=False)
    if found is None or found["fold"].nunique() < 2:
        return None
    names = experiment.emperors
    labels, predicted = (positions(names, found[c]) for c in ("emperor", "predicted"))
    figures = all_metrics(labels, predicted, found["group"].to_numpy(), names)
    told = found[["predicted", "right"]].assign(
        probability=found[[f"p_{name}" for name in names]].max(axis=1)
    )
    return told.rename_axis("coin_id").reset_index(), figures
