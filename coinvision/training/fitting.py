"""The loop over epochs: fit, validate, halve the rate, keep the best, stop, and survive a kill."""

import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from coinvision import networks, runs
from coinvision.dataset import folds
from coinvision.dataset.crops import load_crops
from coinvision.dataset.stored import Dataset
from coinvision.errors import DatasetError, RunError
from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe, split
from coinvision.photos import INPUTS
from coinvision.training import checkpoint
from coinvision.training.features import FeatureStore, cache_folder, key_of
from coinvision.training.schedule import Schedule
from coinvision.training.sources import Coins, Features, Photographs, Source

# What the run remembers of each coin, so that results can be read without the collection.
REMEMBERED = (
    "coin_id",
    "file_name",
    "emperor",
    "group",
    "fold",
    "institution",
    "material",
    "denomination",
    "year",
    "label_basis",
    "record_url",
    "image_url",
    "near_gray",
    "disc_x",
    "disc_y",
    "disc_radius",
)

Progress = Callable[[str], Callable[[Iterable, int], Iterable]]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What to train; None keeps the network's own recipe."""

    network: str
    input: str = "color"
    fold: int = 0
    seed: int = 0
    epochs: int | None = None
    views: int | None = None
    backbone: str = "imagenet"

    def recipe(self, network: Network) -> Recipe:
        """The network's recipe with this job's changes."""
        recipe = network.recipe
        if self.epochs is not None:
            recipe = replace(recipe, max_epochs=self.epochs)
        if self.views is not None:
            recipe = replace(recipe, views=self.views)
        return recipe

    def check(self) -> None:
        """Raise RunError for a job that cannot be."""
        if self.input not in INPUTS:
            raise RunError(
                f"There is no input {self.input!r}; expected one of {', '.join(INPUTS)}."
            )
        if not 0 <= self.fold < folds.NUM_FOLDS:
            raise RunError(f"There is no fold {self.fold}; expected 0 to {folds.NUM_FOLDS - 1}.")
        if self.views is not None and networks.get(self.network).frozen_until is None:
            raise RunError(f"Views are stored for a frozen part, and {self.network} has none.")


def train(
    dataset: Dataset,
    job: Job,
    *,
    runs_folder: Path | None = None,
    name: str | None = None,
    progress: Progress = lambda _: lambda items, __: items,
    report: Report = lambda _: None,
) -> runs.Run:
    """Train a network, or go on where an earlier call with the same arguments was stopped.

    Args:
        dataset: with photographs on this machine.
        job: network, input, fold, seed, and what differs from the network's recipe.
        runs_folder: where runs lie; artifacts/runs by default.
        name: of the run; made of dataset and job by default.
        progress: given a label, gives a wrapper that shows how far an iterable is.
        report: is told a sentence after each epoch.

    Returns:
        The finished run.

    Raises:
        DatasetError: no photographs, or a photograph changed.
        RunError: a job that cannot be, or another run in the way.
    """
    job.check()
    dataset.photographs()  # refuse before anything is written
    runs_folder = runs_folder or runs.runs_folder()
    name = name or f"{dataset.name}-{job.network}-{job.input}-fold{job.fold}-seed{job.seed}"
    network = networks.get(job.network)
    settings = _settings(dataset, job, network)
    keras.utils.set_random_seed(job.seed)
    model = network.build(len(dataset.emperors))
    if network.load_backbone and network.frozen_until:
        network.load_backbone(model, job.backbone)
        settings["backbone"] = runs.keep_backbone(
            runs_folder, job.network, model, network.frozen_until
        )
    run = runs.start(runs_folder / name, settings)
    if run.done:
        report(f"{run.name} is trained already")
        return run
    return _Training(dataset, job, network, model, run, progress, report).go()


def _settings(dataset: Dataset, job: Job, network: Network) -> dict:
    """What a run must have in common with a stopped one to go on with it."""
    return {
        "network": job.network,
        "input": job.input,
        "emperors": dataset.emperors,
        "dataset": dataset.name,
        "dataset_hash": dataset.hash,
        "split": dataset.description["settings"]["split"],
        "fold": job.fold,
        "seed": job.seed,
        "image_size": network.image_size,
        "recipe": asdict(job.recipe(network)),
    }


class _Training:
    """One training under way."""

    def __init__(
        self,
        dataset: Dataset,
        job: Job,
        network: Network,
        model: keras.Model,
        run: runs.Run,
        progress: Progress,
        report: Report,
    ) -> None:
        self.dataset, self.job, self.network, self.run = dataset, job, network, run
        self.recipe = job.recipe(network)
        self.progress, self.report = progress, report
        self.model = model
        stem, self.trained = (
            split(model, network.frozen_until)
            if network.frozen_until
            else (
                None,
                model,
            )
        )
        self.source = self._source(stem)

    def go(self) -> runs.Run:
        """Fit until the schedule says it is enough, then write the run."""
        trained, recipe = self.trained, self.recipe
        trained.compile(
            optimizer=keras.optimizers.AdamW(
                recipe.learning_rate, weight_decay=recipe.weight_decay
            ),
            loss=keras.losses.CategoricalCrossentropy(
                from_logits=True, label_smoothing=recipe.label_smoothing
            ),
            metrics=["accuracy"],
            jit_compile=speed.compiler(),
        )
        restored = checkpoint.restore(self.run.folder, trained)
        schedule, history, best = restored or (Schedule(), [], trained.get_weights())
        while not schedule.finished(recipe):
            row = self._epoch(schedule)
            if schedule.step(row["val_loss"], recipe):
                best = trained.get_weights()
            history.append(row)
            checkpoint.save(self.run.folder, trained, schedule, history, best)
            self.report(_sentence(row, schedule, recipe, history))
        trained.set_weights(best)
        return self._finish(schedule, history)

    def _epoch(self, schedule: Schedule) -> dict:
        started = time.monotonic()
        self.trained.optimizer.learning_rate = schedule.rate(self.recipe)
        batches = self.source.batches(schedule.epoch)
        bar = _Bar(self.progress(f"epoch {schedule.epoch + 1}"), len(batches))
        fitted = self.trained.fit(batches, epochs=1, shuffle=False, verbose=0, callbacks=[bar])
        judged = self.trained.evaluate(self.source.validation(), verbose=0, return_dict=True)
        return {
            "epoch": schedule.epoch + 1,
            "learning_rate": schedule.rate(self.recipe),
            "loss": fitted.history["loss"][0],
            "accuracy": fitted.history["accuracy"][0],
            "val_loss": judged["loss"],
            "val_accuracy": judged["accuracy"],
            "seconds": time.monotonic() - started,
        }

    def _finish(self, schedule: Schedule, history: list[dict]) -> runs.Run:
        runs.keep_weights(self.run, self.model)
        runs.keep_table(self.run, runs.HISTORY, pd.DataFrame(history).round(6))
        runs.keep_table(self.run, runs.COINS, _remembered(self.dataset, self.job.fold))
        (self.run.folder / checkpoint.FILE).unlink(missing_ok=True)
        runs.describe(
            self.run,
            state="done",
            best_epoch=schedule.best_epoch,
            weights_trained=int(sum(np.prod(v.shape) for v in self.trained.trainable_variables)),
            weights=int(self.model.count_params()),
            seconds=round(sum(row["seconds"] for row in history)),
            device=", ".join(keras.distribution.list_devices()),
            versions={
                "python": platform.python_version(),
                "keras": keras.__version__,
                "backend": keras.backend.backend(),
                "numpy": np.__version__,
            },
        )
        return self.run

    def _source(self, stem: keras.Model | None) -> Source:
        coins, splits = (
            self.dataset.coins,
            folds.split_of(self.dataset.coins["fold"].to_numpy(dtype=int), self.job.fold),
        )
        used = np.flatnonzero(splits != "test")
        crops = load_crops(
            self.dataset,
            coins.iloc[used],
            image_size=self.network.image_size,
            input_name=self.job.input,
            progress=self.progress("photographs"),
        )
        fed = _coins(self.dataset, splits[used], used, self.recipe, self.job.seed)
        if stem is None or self.recipe.views is None:
            return Photographs(fed, crops, self.network.image_size)
        folder = cache_folder() / key_of(
            dataset=self.dataset.hash,
            input=self.job.input,
            network=self.job.network,
            backbone=self.run.description["backbone"],
            image_size=self.network.image_size,
            precision=speed.frozen_precision(),
        )
        stem = speed.in_precision(stem, speed.frozen_precision())
        store = FeatureStore(folder, stem, self.network.image_size, crops, used, len(coins))
        return Features(fed, store, self.recipe.views, self.progress("features"))


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
        weights=_weights(labels, train),
        batch_size=recipe.batch_size,
        seed=seed,
    )


def _weights(labels: np.ndarray, train: np.ndarray) -> np.ndarray:
    """A coin's weight in the loss: rare emperors count more, by the root of their rarity.

    The root lies between ignoring imbalance and making 30 coins weigh as much as 400.
    """
    counts = np.bincount(labels[train])
    weights = 1 / np.sqrt(counts[labels])
    return (weights / weights[train].mean()).astype(np.float32)


def _remembered(dataset: Dataset, fold: int) -> pd.DataFrame:
    coins = dataset.coins
    table = coins[[column for column in REMEMBERED if column in coins.columns]]
    splits = folds.split_of(coins["fold"].to_numpy(dtype=int), fold)
    return table.assign(split=splits)


def _sentence(row: dict, schedule: Schedule, recipe: Recipe, history: list[dict]) -> str:
    # the median, since the first epochs also compute features
    left = np.median([past["seconds"] for past in history]) * (recipe.max_epochs - schedule.epoch)
    return (
        f"epoch {row['epoch']}/{recipe.max_epochs}: loss {row['loss']:.3f}, accuracy "
        f"{row['accuracy']:.1%}; validation {row['val_loss']:.3f}, {row['val_accuracy']:.1%}; "
        f"{row['seconds']:.0f} s, at most {left / 60:.0f} min left"
    )


class _Bar(keras.callbacks.Callback):
    """Moves a progress bar by one at each batch."""

    def __init__(self, wrap: Callable[[Iterable, int], Iterable], total: int) -> None:
        super().__init__()
        self._steps = iter(wrap(range(total), total))

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """A batch is done."""
        next(self._steps, None)

    def on_train_end(self, logs: dict | None = None) -> None:
        """Let the bar close itself."""
        next(self._steps, None)
