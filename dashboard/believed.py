"""How sure a network is: of one fold's coins by its run, of all folds' by the experiment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.errors import RunError
from coinvision.evaluation import calibration
from coinvision.evaluation.evaluating import as_arrays
from coinvision.experiments import store
from coinvision.experiments.store import Experiment
from coinvision.experiments.sureness import Sureness, sureness, surest
from coinvision.runs import Run
from dashboard import experiments, reading, words


@dataclass(frozen=True)
class Asked:
    """Coins (records with `right`), how sure the network is of each, and calibration figures."""

    coins: pd.DataFrame
    confidences: np.ndarray
    figures: dict[str, Any]
    fitted: str  # what the temperature is and where it comes from
    limited: str  # on which coins limits of confidence were set
    whose: Run | Sureness

    @property
    def right(self) -> np.ndarray:
        """Whether each coin was named rightly."""
        return self.coins["right"].to_numpy()

    def named(self, wanted: float) -> np.ndarray | None:
        """Which coins may be named for that share to be right; None if it cannot be promised."""
        if isinstance(self.whose, Sureness):
            return surest(self.whose, wanted)
        limit = calibration.threshold_for(wanted, *_of_split(self.whose, "validation"))
        return None if limit is None else self.confidences >= limit


def of_fold(run: Run) -> Asked:
    """The test coins of the run's own fold.

    Raises:
        RunError: the run was not calibrated.
    """
    found = reading.calibrated(run)
    coins = words.count(found["fitted_on"], "validation coin")
    fitted = f"the temperature {found['temperature']:.2f}, fitted on {coins}"
    limited = "the validation coins"
    sure, _ = _of_split(run, "test")
    return Asked(reading.tested(run), sure, found, fitted=fitted, limited=limited, whose=run)


def of_folds(run: Run) -> Asked | None:
    """The coins of all folds, each by a network trained as this one was; None where it is alone."""
    try:
        where = experiments.of_folds(run)
        found = _asked(*where, run) if where else None
    except RunError as error:
        st.warning(str(error))
        return None
    if found is None or found.coins["fold"].nunique() < 2:
        return None
    figures = {"before": found.before, "after": found.after}
    fitted = "each network's own temperature, fitted on the validation coins of its fold"
    limited = "the coins of the other folds"
    return Asked(
        found.coins, found.confidences, figures, fitted=fitted, limited=limited, whose=found
    )


def _of_split(run: Run, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Calibrated confidence of each coin of a split, and whether its name was right."""
    table = reading.predictions(run)
    coins = table[table["split"] == split]
    _, probabilities = as_arrays(run.emperors, coins)
    probabilities = calibration.cooled(probabilities, reading.calibrated(run)["temperature"])
    return probabilities.max(axis=1), coins["right"].to_numpy()


def _asked(experiment: Experiment, arm: str, run: Run) -> Sureness | None:
    stamp = reading.stamp(experiment.folder / store.PREDICTIONS)
    return _sureness(experiment.folder, str(run.description["network"]), arm, stamp)


@st.cache_data(show_spinner="Reading all folds …", max_entries=16)
def _sureness(folder: Path, network: str, arm: str, changed: reading.Stamp) -> Sureness | None:
    return sureness(store.read(folder), network, arm)
