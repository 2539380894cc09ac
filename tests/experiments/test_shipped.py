"""A run among the artifacts answers instead of a new training, if it is what would be trained."""

import shutil
from pathlib import Path

import pytest

from coinvision import dataset, runs
from coinvision.errors import RunError
from coinvision.experiments import store
from coinvision.experiments.plan import Plan
from coinvision.experiments.running import run as run_plan
from coinvision.experiments.store import Cell

TRAINED = "something else than a run"  # what a training would end on here


@pytest.fixture
def shipped(run: runs.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> runs.Run:
    """A run among the artifacts, and a folder for trainings in which none can begin."""
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(tmp_path / "artifacts"))
    (tmp_path / "trained" / run.name).mkdir(parents=True)
    (tmp_path / "trained" / run.name / "notes.txt").write_text("mine")
    return runs.open_run(shutil.copytree(run.folder, runs.runs_folder() / run.name))


@pytest.fixture
def experiment(shipped: runs.Run, drawn_dataset: dataset.Dataset) -> store.Experiment:
    return store.begin(store.folder_for(drawn_dataset), drawn_dataset)


def plan(tmp_path: Path, **more: int) -> Plan:
    return Plan(["small"], ["A"], [0], runs=tmp_path / "trained", **more)  # type: ignore[arg-type]


def test_it_answers(
    experiment: store.Experiment,
    shipped: runs.Run,
    drawn_dataset: dataset.Dataset,
    tmp_path: Path,
) -> None:
    run_plan(experiment, drawn_dataset, plan(tmp_path))
    answers = experiment.answers(Cell("small", "A", 0))["predicted"]
    stored = shipped.table(runs.PREDICTIONS).set_index("coin_id")["predicted"]
    assert list(answers) == list(stored[answers.index])


@pytest.mark.parametrize("said", [{"dataset_hash": "0" * 64}, {"recipe": {"batch_size": 7}}])
def test_another_run_of_that_name_does_not(
    said: dict,
    experiment: store.Experiment,
    shipped: runs.Run,
    drawn_dataset: dataset.Dataset,
    tmp_path: Path,
) -> None:
    runs.describe(shipped, **said)
    with pytest.raises(RunError, match=TRAINED):
        run_plan(experiment, drawn_dataset, plan(tmp_path))


def test_for_another_number_of_epochs_it_does_not(
    experiment: store.Experiment, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    with pytest.raises(RunError, match=TRAINED):
        run_plan(experiment, drawn_dataset, plan(tmp_path, epochs=3))
