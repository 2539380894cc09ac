"""The recipe of the 2020 study: its own optimizer and rule, frozen blocks run anew each time."""

from pathlib import Path

import numpy as np

from coinvision import dataset, runs
from coinvision.networks import vgg16_2020
from coinvision.runs import weights
from coinvision.training import Job, train

TRAINED = {"block5_conv1", "block5_conv2", "block5_conv3", "dense", "logits"}


def of(path: Path) -> dict[str, np.ndarray]:
    with np.load(path) as stored:
        return dict(stored)


def test_the_small_network_of_2020_is_fitted_by_plain_descent(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    run = train(drawn_dataset, Job("small-2020", epochs=2, coins=12), runs_folder=tmp_path)
    history = run.table(runs.HISTORY, "loss", "val_loss", "seconds")
    assert list(history["learning_rate"]) == [0.005] * 2 and history["loss"].nunique() == 2
    assert (history["features_found"] == 0).all() and (history["feature_seconds"] == 0).all()
    assert run.description["recipe"]["momentum"] == 0


def test_frozen_blocks_are_run_anew_and_stay_as_they_were(
    drawn_dataset: dataset.Dataset, backbone: Path, tmp_path: Path
) -> None:
    job = Job("vgg16-2020", epochs=1, coins=12, backbone=str(backbone))
    run = train(drawn_dataset, job, runs_folder=tmp_path)
    assert {name.split("/")[0] for name in of(run.folder / weights.WEIGHTS)} == TRAINED
    frozen = of(tmp_path / weights.BACKBONES / run.description["backbone"])
    original = vgg16_2020.build(4)
    vgg16_2020.load_backbone(original, str(backbone))
    for layer in ("block1_conv1", "block4_conv3"):
        kernel = original.get_layer(layer).get_weights()[0]
        assert np.array_equal(frozen[f"{layer}/kernel"], kernel.astype(np.float16))
    before = original.get_layer("block5_conv3").get_weights()[0].astype(np.float16)
    assert not np.array_equal(of(run.folder / weights.WEIGHTS)["block5_conv3/kernel"], before)
    layers = run.table(runs.ARCHITECTURE, "layer").set_index("layer")
    assert not layers.loc["block4_conv3", "trained"] and layers.loc["block5_conv1", "trained"]
    assert run.table(runs.HISTORY)["feature_seconds"].sum() == 0


def test_its_frozen_outputs_can_be_stored_and_are_told_from_other_views(
    drawn_dataset: dataset.Dataset, backbone: Path, tmp_path: Path
) -> None:
    job = {"network": "vgg16-2020", "epochs": 1, "views": 1, "coins": 12, "backbone": str(backbone)}
    first = train(drawn_dataset, Job(**job), runs_folder=tmp_path)
    assert {name.split("/")[0] for name in of(first.folder / weights.WEIGHTS)} == TRAINED
    history = first.table(runs.HISTORY)
    assert history["features_found"].sum() == 0
    assert 0 < history["feature_seconds"].sum() < history["seconds"].sum()
    # the same coins once more: all is there, 12 of the view and all of validation
    again = train(drawn_dataset, Job(**job, seed=1), runs_folder=tmp_path)
    validation = int((again.table(runs.COINS)["split"] == "validation").sum())
    found = again.table(runs.HISTORY)["features_found"].sum()
    assert validation < found <= validation + 12
