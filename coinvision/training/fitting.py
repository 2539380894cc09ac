"""The loop over epochs: fit, validate, halve the rate, keep the best, stop, and survive a kill."""

import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from coinvision import networks, runs
from coinvision.dataset import folds
from coinvision.dataset.stored import Dataset
from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe, split
from coinvision.training import checkpoint
from coinvision.training.job import Job
from coinvision.training.schedule import Schedule
from coinvision.training.supply import Progress, source_for

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

Report = Callable[[str], None]


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
            split(model, network.frozen_until) if network.frozen_until else (None, model)
        )
        self.source = source_for(
            dataset,
            job,
            network,
            stem=stem,
            backbone=run.description.get("backbone"),
            progress=progress,
        )

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
        (self.run.folder / checkpoint.FILE).unlink(missing_ok=True)
        return self.run


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
