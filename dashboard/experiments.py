"""The experiment on a run's dataset, read from its report; nothing is computed here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from coinvision.errors import RunError
from coinvision.experiments import looking, store
from coinvision.experiments.arms import ARMS, taught, trained_and_shown
from coinvision.experiments.store import Experiment
from coinvision.files import read_facts
from coinvision.networks import NETWORKS
from coinvision.runs import Run
from dashboard import reading, shapes


def on(run: Run) -> Experiment | None:
    """The experiment on the dataset of a run; None if none was run.

    One that is damaged is a warning: it may be of other coins.
    """
    for path in sorted(store.experiments_folder().glob(f"*/{store.DESCRIPTION}")):
        try:
            found = _opened(path.parent, path.stat().st_mtime_ns)
        except RunError as error:
            st.warning(str(error))
            continue
        if found.description["dataset_hash"] == run.description["dataset_hash"]:
            return found
    return None


def of_folds(run: Run) -> tuple[Experiment, str] | None:
    """The experiment whose networks were trained as the run was, fold by fold, and their arm.

    None where the run stands alone. Experiments pool the first seed only.
    """
    letter = trained_and_shown(str(run.description["input"]))
    if letter is None or run.description["seed"]:
        return None
    experiment = on(run)
    return (experiment, taught(letter, run.description.get("coins"))) if experiment else None


def pooled(run: Run) -> dict[str, Any] | None:
    """The report's figures of a run's network and arm over at least two folds; None if none."""
    found = of_folds(run)
    report_ = readable(lambda: found[0]) if found else None
    if found is None or report_ is None:
        return None
    wanted = (str(run.description["network"]), found[1])
    rows = [row for row in report_["classifiers"] if (row["classifier"], row["arm"]) == wanted]
    return next((row for row in rows if len(row["folds"]) > 1), None)


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
    path = experiment.folder / store.REPORT
    try:
        return _report(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise RunError(
            f"The report of {experiment.name} cannot be read ({error}); "
            f"`scripts/experiment.py {experiment.folder}` writes it again."
        ) from error


def readable(find: Callable[[], Experiment | None]) -> dict[str, Any] | None:
    """An experiment's report; a damaged one is a sentence, and the page goes on."""
    try:
        experiment = find()
        return report(experiment) if experiment else None
    except RunError as error:
        st.warning(str(error))
        return None


def answers(experiment: Experiment) -> pd.DataFrame:
    """What every network named every tested coin in every arm.

    Returns:
        Columns coin_id, emperor, classifier, arm, named, probability; networks and arms in order.
    """
    return _answers(experiment.folder, reading.stamp(experiment.folder / store.PREDICTIONS))


def looked(experiment: Experiment, network: str) -> dict[str, looking.Looked]:
    """Where a network looked in each arm that has heatmaps, by the arm's letter, in order.

    Raises:
        RunError: they are damaged.
    """
    folder = experiment.folder
    return _looked(folder, network, reading.stamp(folder / looking.HEATMAPS))


def disagreement(answers: pd.DataFrame) -> pd.DataFrame:
    """The coins by how much their answers differ: those first whose commonest name is rarest.

    Returns:
        Indexed by coin_id: emperor, n answers, right ones, share of the commonest name.
    """
    coins = answers.groupby("coin_id")
    named = answers.groupby(["coin_id", "named"]).size().groupby("coin_id").max()
    found = pd.DataFrame(
        {
            "emperor": coins["emperor"].first(),
            "n": coins.size(),
            "right": (answers["named"] == answers["emperor"]).groupby(answers["coin_id"]).sum(),
        }
    )
    found["agreed"] = named / found["n"]
    return found.sort_values(["agreed", "n"], ascending=[True, False], kind="stable")


@st.cache_data(show_spinner="Reading the answers …", max_entries=4)
def _answers(folder: Path, changed: reading.Stamp) -> pd.DataFrame:
    experiment = store.read(folder)
    tables = []
    for cell in experiment.cells():
        if cell.classifier in NETWORKS and cell.arm in ARMS and cell.seed == 0:
            own = experiment.answers(cell)
            columns = [f"p_{name}" for name in experiment.emperors]
            told = own[["emperor"]].assign(
                classifier=cell.classifier,
                arm=cell.arm,
                named=own["predicted"],
                probability=own[columns].max(axis=1).round(3),
            )
            tables.append(told.reset_index())
    nothing = pd.DataFrame(
        columns=["coin_id", "emperor", "classifier", "arm", "named", "probability"]
    )
    return pd.concat(tables, ignore_index=True) if tables else nothing


@st.cache_resource(show_spinner="Reading the heatmaps …", max_entries=8)
def _looked(folder: Path, network: str, changed: reading.Stamp) -> dict[str, looking.Looked]:
    experiment = _opened(folder, (folder / store.DESCRIPTION).stat().st_mtime_ns)
    cells = {arm: store.Cell(network, arm, looking.FOLD, looking.SEED) for arm in ARMS}
    found = {arm: looking.read(experiment, cell) for arm, cell in cells.items()}
    return {arm: one for arm, one in found.items() if one is not None}


@st.cache_data(show_spinner=False, max_entries=8)
def _report(path: Path, changed: int) -> dict[str, Any]:
    return shapes.check(read_facts(path, {}), shapes.REPORT, str(path))


@st.cache_resource(show_spinner=False, max_entries=8)
def _opened(folder: Path, changed: int) -> Experiment:
    return store.read(folder)
