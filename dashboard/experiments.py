"""The experiment on a run's dataset, read from its report; nothing is computed here."""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from coinvision.errors import RunError
from coinvision.experiments import store
from coinvision.experiments.store import Experiment
from coinvision.files import read_facts
from coinvision.runs import Run

REPORT = "report.json"
NEEDED = {
    "networks": dict,
    "classifiers": list,
    "coins": int,
    "margin": float,
    "against_grouped": list,
}


def on(run: Run) -> Experiment | None:
    """The experiment on the dataset of a run; None if none was run.

    Raises:
        RunError: it is damaged.
    """
    for path in sorted(store.experiments_folder().glob(f"*/{store.DESCRIPTION}")):
        found = _opened(path.parent, path.stat().st_mtime_ns)
        if found.description["dataset_hash"] == run.description["dataset_hash"]:
            return found
    return None


def named(name: str) -> Experiment | None:
    """The experiment of that name; None if there is none.

    Raises:
        RunError: it is damaged.
    """
    path = store.experiments_folder() / name / store.DESCRIPTION
    return _opened(path.parent, path.stat().st_mtime_ns) if path.is_file() else None


def report(experiment: Experiment) -> dict[str, Any]:
    """What the experiment's report says.

    Raises:
        RunError: there is none, or it is damaged.
    """
    path = experiment.folder / REPORT
    try:
        return _report(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise RunError(
            f"The report of {experiment.name} cannot be read ({error}); "
            f"`scripts/experiment.py {experiment.folder}` writes it again."
        ) from error


def asked(experiment: Experiment, coin_id: str) -> pd.DataFrame:
    """What every classifier named one coin in every arm: classifier, arm, named, probability."""
    rows = []
    for cell in experiment.cells():
        if cell.fold == experiment.coins.loc[coin_id, "fold"]:
            own = experiment.answers(cell).loc[coin_id]
            named = own["predicted"]
            row = {"classifier": cell.classifier, "arm": cell.arm, "named": named}
            rows.append({**row, "probability": round(float(own[f"p_{named}"]), 3)})
    return pd.DataFrame(rows, columns=["classifier", "arm", "named", "probability"])


@st.cache_data(show_spinner=False, max_entries=8)
def _report(path: Path, changed: int) -> dict[str, Any]:
    return read_facts(path, NEEDED)


@st.cache_resource(show_spinner=False, max_entries=8)
def _opened(folder: Path, changed: int) -> Experiment:
    return store.read(folder)
