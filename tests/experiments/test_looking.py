"""Heatmaps by arm: made with the answers, made again where they are gone, of the right network."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from coinvision import dataset, explanation, runs
from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.experiments import looking, store
from coinvision.experiments.plan import Plan
from coinvision.experiments.running import run
from coinvision.experiments.store import Cell, Experiment
from coinvision.networks import get
from coinvision.prediction import Predictor


@pytest.fixture(scope="module")
def asked(
    drawn_dataset: dataset.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Experiment, Plan]:
    """The small network on fold 0, in color, on gray and on the ground alone. Copy to change it."""
    folder = tmp_path_factory.mktemp("looked")
    experiment = store.begin(folder / "drawn", drawn_dataset)
    plan = Plan(["small"], ["A", "C", "G3"], [0], epochs=1, runs=folder / "runs")
    run(experiment, drawn_dataset, plan)
    return experiment, plan


def copied(experiment: Experiment, tmp_path: Path) -> Experiment:
    return store.read(Path(shutil.copytree(experiment.folder, tmp_path / "copy")))


@pytest.mark.parametrize("arm", ["A", "C"])
def test_maps_are_of_what_was_shown_and_for_whom_was_named(
    arm: str, asked: tuple[Experiment, Plan], drawn_dataset: dataset.Dataset
) -> None:
    experiment, plan = asked
    found = looking.read(experiment, Cell("small", arm, 0))
    assert found is not None
    answers = experiment.answers(Cell("small", arm, 0))
    assert list(found.coin_ids) == list(answers.index)
    predictor = Predictor(runs.open_run(plan.runs / "drawn-small-color-fold0-seed0"))
    coins = drawn_dataset.coins.set_index("coin_id", drop=False).loc[answers.index]

    def gray(crop: np.ndarray) -> np.ndarray:
        weighed = np.rint(crop @ [0.299, 0.587, 0.114])
        return np.repeat(weighed[..., None], 3, axis=2).astype(np.uint8)

    pictures = predictor.pictures(
        drawn_dataset.photographs(), coins, gray if arm == "C" else lambda crop: crop
    )
    classes = positions(experiment.emperors, answers["predicted"])
    layer = get("small").explained
    expected = explanation.get("gradcam")(predictor.model, layer, pictures, classes)
    shown, largest = found.maps.astype(float), np.abs(expected).max()
    np.testing.assert_allclose(shown, expected, atol=0.01 * largest)
    own = found.of(str(answers.index[2]))
    assert own is not None and (own == shown[2]).all() and found.of("nobody") is None


def test_maps_that_are_gone_are_made_again_without_training(
    asked: tuple[Experiment, Plan], drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    experiment, plan = copied(asked[0], tmp_path), asked[1]
    path = experiment.folder / looking.HEATMAPS / "small-G3-fold0-seed0.npz"
    before = looking.read(experiment, Cell("small", "G3", 0))
    path.unlink()
    assert looking.read(experiment, Cell("small", "G3", 0)) is None
    told: list[str] = []
    run(experiment, drawn_dataset, plan, report=told.append)
    again = looking.read(experiment, Cell("small", "G3", 0))
    assert before is not None and again is not None and (again.maps == before.maps).all()
    assert told == [], "nothing was trained"


def test_another_training_explains_no_answers(
    asked: tuple[Experiment, Plan], drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    experiment = copied(asked[0], tmp_path)
    shutil.rmtree(experiment.folder / looking.HEATMAPS)
    other = Path(shutil.copytree(asked[1].runs, tmp_path / "runs"))
    color = runs.open_run(other / "drawn-small-color-fold0-seed0")
    runs.describe(color, seconds=color.description["seconds"] + 1)
    told: list[str] = []
    plan = Plan(["small"], ["A", "C", "G3"], [0], epochs=1, runs=other)
    run(experiment, drawn_dataset, plan, report=told.append)
    assert told == [
        f"copy: small-{arm}-fold0-seed0 has no heatmaps; its network was not kept" for arm in "AC"
    ]
    assert looking.read(experiment, Cell("small", "G3", 0)) is not None


def test_damaged_maps_are_named(asked: tuple[Experiment, Plan], tmp_path: Path) -> None:
    experiment = copied(asked[0], tmp_path)
    path = experiment.folder / looking.HEATMAPS / "small-A-fold0-seed0.npz"
    for content in (b"", path.read_bytes()[:200], b"nothing"):
        path.write_bytes(content)
        with pytest.raises(RunError, match=r"small-A-fold0-seed0\.npz is damaged"):
            looking.read(experiment, Cell("small", "A", 0))
    for maps in (np.zeros((1, 7, 7)), np.full((2, 7, 7), np.nan), np.full((2, 7, 7), "a")):
        np.savez(path, coin_id=np.array(["a", "b"]), maps=maps)
        with pytest.raises(RunError, match="is damaged; delete it, and experiment"):
            looking.read(experiment, Cell("small", "A", 0))
