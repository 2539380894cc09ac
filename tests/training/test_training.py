import importlib.util
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

from coinvision import dataset, networks, runs
from coinvision.errors import DatasetError, RunError
from coinvision.evaluation import evaluate
from coinvision.networks import small_cnn
from coinvision.runs import weights
from coinvision.training import Job, checkpoint, train

WORKER = Path(__file__).parent / "worker.py"


def start_worker(folder: Path, out: Path, job: dict, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WORKER), str(folder), str(out), json.dumps(job)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )


def weights_of(folder: Path) -> dict[str, np.ndarray]:
    with np.load(folder / weights.WEIGHTS) as stored:
        return dict(stored)


def same_weights(one: Path, other: Path) -> bool:
    a, b = weights_of(one), weights_of(other)
    return a.keys() == b.keys() and all(np.array_equal(a[k], b[k]) for k in a)


def test_a_killed_training_goes_on_and_ends_as_the_undisturbed_one(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    job = {"network": "small", "epochs": 3}
    disturbed, undisturbed = tmp_path / "disturbed", tmp_path / "undisturbed"
    worker = start_worker(drawn_dataset.folder, disturbed, job)
    assert worker.stdout is not None
    assert worker.stdout.readline().startswith("epoch 1/3")
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    with pytest.raises(RunError, match="unfinished"):
        runs.open_run(disturbed / "run")

    resumed, _ = start_worker(drawn_dataset.folder, disturbed, job).communicate()
    whole, _ = start_worker(drawn_dataset.folder, undisturbed, job).communicate()

    assert "epoch 1/3" not in resumed and "epoch 3/3" in resumed and "epoch 1/3" in whole
    assert same_weights(disturbed / "run", undisturbed / "run")
    histories = [pd.read_csv(d / "run" / runs.HISTORY) for d in (disturbed, undisturbed)]
    columns = ["epoch", "loss", "accuracy", "val_loss", "val_accuracy"]
    assert histories[0][columns].equals(histories[1][columns])
    assert runs.open_run(disturbed / "run").done
    assert not (disturbed / "run" / checkpoint.FILE).exists()


def test_a_seed_decides_all(drawn_dataset: dataset.Dataset, tmp_path: Path) -> None:
    for name, seed in [("a", 0), ("b", 0), ("c", 1)]:
        train(drawn_dataset, Job("small", seed=seed, epochs=1), runs_folder=tmp_path, name=name)
    assert same_weights(tmp_path / "a", tmp_path / "b")
    assert not same_weights(tmp_path / "a", tmp_path / "c")


def test_the_small_network_learns_the_drawn_coins(
    drawn_dataset: dataset.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 28 coins are two batches of 16: enough steps an epoch for a test
    quick = replace(small_cnn.NETWORK.recipe, batch_size=4, warmup_epochs=0, label_smoothing=0.0)
    monkeypatch.setattr(small_cnn, "NETWORK", replace(small_cnn.NETWORK, recipe=quick))
    run = train(drawn_dataset, Job("small", epochs=15), runs_folder=tmp_path)
    metrics = evaluate(run, drawn_dataset)
    assert metrics["accuracy"]["value"] > 0.5, "chance is 0.25"


def test_fewer_coins_are_learned_from(drawn_dataset: dataset.Dataset, tmp_path: Path) -> None:
    run = train(drawn_dataset, Job("small", epochs=1, coins=12), runs_folder=tmp_path)
    assert run.name == "drawn-small-color-12coins-fold0-seed0" and run.description["coins"] == 12
    splits = run.table(runs.COINS, "coin_id")["split"].value_counts()
    assert splits["train"] == 12 and splits.sum() == len(drawn_dataset.coins)
    assert evaluate(run, drawn_dataset)["n"] == splits["test"]


def test_vgg16_trains_its_last_block_on_stored_features(
    drawn_dataset: dataset.Dataset, backbone: Path, tmp_path: Path
) -> None:
    before = networks.get("vgg16").build(4)
    job = Job("vgg16", input="grayscale", epochs=2, views=1, backbone=str(backbone))
    run = train(drawn_dataset, job, runs_folder=tmp_path)

    stored = weights_of(run.folder)
    assert {name.split("/")[0] for name in stored} == {
        "block5_conv1", "block5_conv2", "block5_conv3", "head_norm", "logits",
    }  # fmt: skip
    assert stored["block5_conv1/kernel"].dtype == np.float16
    frozen = np.load(tmp_path / weights.BACKBONES / run.description["backbone"])
    assert "block4_conv3/kernel" in frozen.files
    model = weights.load_model(run)
    assert model.count_params() == before.count_params()
    kernel = model.get_layer("block1_conv1").get_weights()[0]
    assert np.array_equal(kernel, frozen["block1_conv1/kernel"].astype(np.float32))
    # what training saw as validation is what the reloaded run predicts
    history = pd.read_csv(run.folder / runs.HISTORY)
    evaluate(run, drawn_dataset)
    predictions = pd.read_csv(run.folder / runs.PREDICTIONS)
    own = predictions[predictions["split"] == "validation"]
    best = history.loc[history["epoch"] == run.description["best_epoch"], "val_accuracy"].item()
    assert (own["emperor"] == own["predicted"]).mean() == pytest.approx(best, abs=0.1)

    assert train(drawn_dataset, job, runs_folder=tmp_path).description == run.description
    other = tmp_path / "other.weights.h5"
    keras.applications.VGG16(weights=None, include_top=False).save_weights(other)
    with pytest.raises(RunError, match="a run with another backbone"):
        train(drawn_dataset, replace(job, backbone=str(other)), runs_folder=tmp_path)
    assert len(list((tmp_path / weights.BACKBONES).iterdir())) == 1


def test_a_network_trained_under_jax_opens_under_tensorflow(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    if importlib.util.find_spec("jax") is None:
        pytest.skip("jax is not installed; it is an optional second backend")
    job = {"network": "small", "epochs": 2}
    output, _ = start_worker(drawn_dataset.folder, tmp_path, job, KERAS_BACKEND="jax").communicate()
    assert "epoch 2/2" in output
    run = runs.open_run(tmp_path / "run")
    assert run.description["versions"]["backend"] == "jax"
    metrics = evaluate(run, drawn_dataset)
    assert metrics["n"] == int((drawn_dataset.coins["fold"] == 0).sum())


def test_a_finished_run_is_not_trained_again(run: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    said: list[str] = []
    train(drawn_dataset, Job("small", epochs=2), runs_folder=run.folder.parent, report=said.append)
    assert said == [f"{run.name} is trained already"]


def test_another_job_does_not_overwrite_a_run(
    run: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    with pytest.raises(RunError, match="another input"):
        train(
            drawn_dataset, Job("small", input="grayscale", epochs=2),
            runs_folder=run.folder.parent, name=run.name,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (Job("large"), "no network 'large'"),
        (Job("small", input="infrared"), "no input 'infrared'"),
        (Job("small", fold=5), "no fold 5"),
        (Job("small", views=3), "has none"),
        (Job("small", seed=-1), "seed -1"),
    ],
)
def test_a_job_that_cannot_be_is_refused(
    drawn_dataset: dataset.Dataset, tmp_path: Path, job: Job, expected: str
) -> None:
    with pytest.raises(RunError, match=expected):
        train(drawn_dataset, job, runs_folder=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_two_processes_do_not_train_the_same_run(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    with (
        runs.alone(tmp_path / "run"),
        pytest.raises(RunError, match="by another process"),
    ):
        train(drawn_dataset, Job("small"), runs_folder=tmp_path, name="run")
    assert not list(tmp_path.iterdir())


def test_a_training_that_diverges_says_so(
    drawn_dataset: dataset.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wild = replace(small_cnn.NETWORK.recipe, learning_rate=float("inf"))
    monkeypatch.setattr(small_cnn, "NETWORK", replace(small_cnn.NETWORK, recipe=wild))
    with pytest.raises(RunError, match="diverged in epoch 1"):
        train(drawn_dataset, Job("small", epochs=1), runs_folder=tmp_path)


def test_records_without_photographs_are_refused(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    bare = replace(drawn_dataset, description={**drawn_dataset.description, "photographs": False})
    with pytest.raises(DatasetError, match="records only"):
        train(bare, Job("small"), runs_folder=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_damaged_checkpoint_is_one_sentence(
    drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    job = {"network": "small", "epochs": 2}
    worker = start_worker(drawn_dataset.folder, tmp_path, job)
    assert worker.stdout is not None
    worker.stdout.readline()
    worker.kill()
    worker.communicate()
    path = tmp_path / "run" / checkpoint.FILE
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(RunError, match="damaged"):
        train(drawn_dataset, Job(**job), runs_folder=tmp_path, name="run")
