"""Choose the coins of one training and make the source that feeds it."""

from collections.abc import Callable, Iterable

import keras
import numpy as np

from coinvision.dataset.crops import load_crops
from coinvision.dataset.stored import Dataset
from coinvision.errors import DatasetError
from coinvision.files import cache_folder
from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe
from coinvision.photos.views import WAYS, training_view
from coinvision.training.features import FeatureStore, key_of
from coinvision.training.job import Job
from coinvision.training.sources import Coins, Features, Photographs, Source

Progress = Callable[[str], Callable[[Iterable, int], Iterable]]
Teaching = Callable[[np.ndarray, np.ndarray], np.ndarray]


def source_for(
    dataset: Dataset,
    job: Job,
    network: Network,
    *,
    stem: keras.Model | None,
    backbone: str | None,
    progress: Progress,
    teach: Teaching | None = None,
) -> Source:
    """The source for a job: photographs, or stored features where a frozen part has stored views.

    Args:
        dataset: whose photographs are on this machine.
        job: says input, fold and seed.
        network: says image size.
        stem: the frozen part whose outputs are stored, or None.
        backbone: names the frozen part's weights.
        progress: given a label, gives a wrapper that shows how far an iterable is.
        teach: given one-hot targets of the training coins and their positions in the dataset, gives
            those to learn; None leaves them.

    Raises:
        DatasetError: a photograph is missing or changed, or an emperor has no coin to train on.
    """
    splits = job.splits(dataset)
    used = np.flatnonzero(np.isin(splits, ("train", "validation")))
    recipe = job.recipe(network)
    coins = _coins(dataset, splits[used], used, recipe, job.seed)
    if teach is not None:
        coins.targets[coins.train] = teach(coins.targets[coins.train], used[coins.train])
    crops = load_crops(
        dataset.photographs(),
        dataset.coins.iloc[used],
        image_size=network.image_size,
        input_name=job.input,
        progress=progress("photographs"),
    )
    if stem is None or recipe.views is None:
        view = training_view(recipe.augmentation, job.input)
        return Photographs(coins, crops, network.image_size, view)
    store = feature_store(
        dataset, job, network, stem=stem, backbone=backbone, crops=crops, places=used
    )
    return Features(coins, store, recipe.views, progress("features"))


def feature_store(
    dataset: Dataset,
    job: Job,
    network: Network,
    *,
    stem: keras.Model,
    backbone: str | None,
    crops: np.ndarray,
    places: np.ndarray,
) -> FeatureStore:
    """Where a frozen part's outputs for a dataset are kept: one place for all folds and seeds.

    Args:
        dataset: whose coins they are.
        job: says network and input.
        network: says how coins are changed at random.
        stem: the frozen part.
        backbone: names the frozen part's weights.
        crops: of some coins, for `stem`.
        places: those coins' positions in the dataset.
    """
    image_size, precision = stem.input_shape[1], speed.precision()
    way = network.recipe.augmentation
    folder = cache_folder("features") / key_of(
        dataset=dataset.hash,
        input=job.input,
        network=job.network,
        backbone=backbone,
        image_size=image_size,
        precision=precision,
        augmentation=WAYS[way].version,
    )
    stem.compile(jit_compile=speed.compiler())
    view = training_view(way, job.input)
    return FeatureStore(folder, stem, image_size, crops, places, len(dataset.coins), view)


def _coins(
    dataset: Dataset, splits: np.ndarray, used: np.ndarray, recipe: Recipe, seed: int
) -> Coins:
    labels = np.searchsorted(
        dataset.emperors, dataset.coins["emperor"].to_numpy(dtype=object)[used]
    )
    train = np.flatnonzero(splits == "train")
    missing = set(range(len(dataset.emperors))) - set(labels[train])
    if missing:
        raise DatasetError(f"No coin of {dataset.emperors[min(missing)]} is left to train on.")
    return Coins(
        train=train,
        validation=np.flatnonzero(splits == "validation"),
        targets=np.eye(len(dataset.emperors), dtype=np.float32)[labels],
        weights=_weights(labels, train) if recipe.weigh_rarity else np.ones(len(used), np.float32),
        batch_size=recipe.batch_size,
        seed=seed,
        least_batches=recipe.least_batches,
    )


def _weights(labels: np.ndarray, train: np.ndarray) -> np.ndarray:
    """A coin's weight in the loss: rare emperors count more, by the root of their rarity.

    The root lies between ignoring imbalance and making 30 coins weigh as much as 400.
    """
    counts = np.bincount(labels[train])
    weights = 1 / np.sqrt(counts[labels])
    return (weights / weights[train].mean()).astype(np.float32)
