from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import softmax

from coinvision import dataset, networks, runs
from coinvision.dataset.crops import load_crops
from coinvision.networks import small_cnn, small_distilled
from coinvision.photos.views import training_view
from coinvision.runs import weights
from coinvision.training import Job, distillation, train

PUPIL = Job("small-distilled", epochs=2)


@pytest.fixture(autouse=True)
def a_small_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    """A teacher of two epochs, since VGG-16 takes minutes."""
    short = replace(small_cnn.NETWORK.recipe, max_epochs=2, batch_size=4, least_batches=7)
    small = replace(small_cnn.NETWORK, recipe=short)
    monkeypatch.setattr(small_cnn, "NETWORK", small)
    monkeypatch.setattr(small_distilled, "NETWORK", replace(small, teacher="small"))


def weights_of(run: runs.Run) -> dict[str, np.ndarray]:
    with np.load(run.folder / weights.WEIGHTS) as stored:
        return dict(stored)


def same(one: runs.Run, other: runs.Run) -> bool:
    a, b = weights_of(one), weights_of(other)
    return a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a)


def test_only_the_distilled_network_has_a_teacher_and_it_is_the_best() -> None:
    source = Path(small_distilled.__file__).read_text(encoding="utf-8")
    assert 'teacher="vgg16-deep"' in source, "the fixture replaces the network, not its file"
    others = set(networks.NETWORKS) - {"small-distilled"}
    assert all(networks.get(name).teacher is None for name in others)


def test_half_of_a_target_is_the_name_and_half_the_teachers_answer(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    teacher = train(drawn_dataset, Job("small"), runs_folder=tmp_path)
    places = np.array([3, 0, 40])
    names = np.eye(4, dtype=np.float32)[[1, 0, 3]]
    found = distillation.targets(teacher, drawn_dataset, PUPIL, names, places)

    assert found.dtype == np.float32
    assert found.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert 2 * found - names == pytest.approx(
        asked_by_hand(teacher, drawn_dataset, places), abs=0.02
    )


def asked_by_hand(teacher: runs.Run, coins: dataset.Dataset, places: np.ndarray) -> np.ndarray:
    """Logits over eight views, halved before each softmax: what the method says, the slow way."""
    model, size = weights.load_model(teacher), small_cnn.IMAGE_SIZE
    crops = load_crops(
        coins.photographs(), coins.coins.iloc[places], image_size=size, input_name="color"
    )
    change = training_view(small_cnn.NETWORK.recipe.augmentation, "color")
    views = [
        np.stack(
            [
                change(crop, np.random.default_rng([number, int(place)]), size)
                for crop, place in zip(crops, places, strict=True)
            ]
        ).astype(np.float32)
        for number in range(100, 108)
    ]
    logits = np.stack([model.predict(view, verbose=0) for view in views])
    return softmax(logits / 2, axis=-1).mean(axis=0)


def test_the_teacher_is_trained_first_and_its_answers_change_what_is_learned(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    said: list[str] = []
    taught = train(drawn_dataset, PUPIL, runs_folder=tmp_path, report=said.append)
    assert said[0].startswith("its teacher first: drawn-small-color-fold0-seed0, at most 2 epochs")
    assert taught.description["teacher"] == "drawn-small-color-fold0-seed0"
    assert runs.open_run(tmp_path / taught.description["teacher"]).done

    alone = train(drawn_dataset, Job("small"), runs_folder=tmp_path / "alone")
    assert "teacher" not in alone.description
    assert not same(taught, alone), "the same seed, other targets"
    assert same(alone, runs.open_run(tmp_path / taught.description["teacher"]))


def test_a_pupil_that_was_stopped_goes_on_and_ends_as_the_undisturbed_one(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    def stop(sentence: str) -> None:
        begun = (tmp_path / "a" / PUPIL.name(drawn_dataset)).is_dir()
        if begun and sentence.startswith("epoch 1/2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(drawn_dataset, PUPIL, runs_folder=tmp_path / "a", report=stop)
    said: list[str] = []
    resumed = train(drawn_dataset, PUPIL, runs_folder=tmp_path / "a", report=said.append)
    assert next(line for line in said if line.startswith("epoch")).startswith("epoch 2/2")
    assert same(resumed, train(drawn_dataset, PUPIL, runs_folder=tmp_path / "b"))


def test_a_finished_pupil_needs_no_teacher(drawn_dataset: dataset.Dataset, tmp_path: Path) -> None:
    made = train(drawn_dataset, PUPIL, runs_folder=tmp_path)
    (tmp_path / made.description["teacher"]).rename(tmp_path.parent / f"{tmp_path.name}-gone")
    said: list[str] = []
    train(
        drawn_dataset,
        replace(PUPIL, backbone="nowhere.h5"),
        runs_folder=tmp_path,
        report=said.append,
    )
    assert said == [f"{made.name} is trained already"]
