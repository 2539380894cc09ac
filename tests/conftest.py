"""Shared by all tests: drawn collections and datasets, made once, and a cache of its own."""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).parent))  # tests import drawn.py

import drawn
import pytest

from coinvision import collection, dataset, runs


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Features and verdicts go into folders of the test run, never among the user's own."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    os.environ.pop("COINVISION_REVIEW_URL", None)


@pytest.fixture(scope="session")
def coins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of 48 drawn coins of four emperors. Read it; do not change it."""
    return drawn.collection(tmp_path_factory.mktemp("collections") / "drawn")


@pytest.fixture(scope="session")
def drawn_dataset(coins: Path, tmp_path_factory: pytest.TempPathFactory) -> dataset.Dataset:
    """The dataset of these coins. Read it; do not change it."""
    return dataset.prepare(
        collection.read(coins),
        dataset.Settings(min_coins=10),
        folder=tmp_path_factory.mktemp("datasets") / "drawn",
    )


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of VGG-16 weights without its top, as Keras Applications writes it; random."""
    import keras

    path = tmp_path_factory.mktemp("weights") / "vgg16.weights.h5"
    keras.utils.set_random_seed(0)
    keras.applications.VGG16(weights=None, include_top=False).save_weights(path)
    return path


@pytest.fixture(scope="session")
def run(drawn_dataset: dataset.Dataset, tmp_path_factory: pytest.TempPathFactory) -> runs.Run:
    """A small network trained for two epochs and evaluated. Read it; do not change it."""
    from coinvision import evaluation
    from coinvision.training import Job, train

    made = train(drawn_dataset, Job("small", epochs=2), runs_folder=tmp_path_factory.mktemp("runs"))
    evaluation.evaluate(made, drawn_dataset)
    return made
