"""The loop over epochs: fit, validate, halve the rate, keep the best, stop, and survive a kill."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from coinvision import networks, runs
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe
from coinvision.runs import weights
from coinvision.training import checkpoint, distillation, learner
from coinvision.training.averaging import Average
from coinvision.training.finishing import finish
from coinvision.training.job import Job
from coinvision.training.schedule import Schedule
from coinvision.training.sources import Source
from coinvision.training.supply import Progress, source_for

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
    job.splits(dataset)
    dataset.photographs()  # refuse before anything is written
    network = networks.get(job.network)
    folder = (runs_folder or runs.runs_folder()) / (name or job.name(dataset))
    settings = _settings(dataset, job, network)
    known = runs.begun(folder, settings)
    # a file of weights is looked into first: another one would be another run
    looked = network.load_backbone and job.backbone != Job.backbone
    if known and known.done and not looked:
        return _there(known, report)
    teach = None
    if network.teacher:
        teacher = _teacher(dataset, job, network.teacher, folder.parent, progress, report)
        settings["teacher"] = teacher.name
        teach = partial(distillation.targets, teacher, dataset, job, progress=progress)
    keras.utils.set_random_seed(job.seed)
    model = network.build(len(dataset.emperors))
    recipe = job.recipe(network)
    stem, trained = learner.parts(model, network, recipe)
    if network.load_backbone:
        network.load_backbone(model, job.backbone)
    with runs.alone(folder):
        if network.frozen_until:
            backbone = weights.packed_backbone(job.network, model, network.frozen_until)
            settings["backbone"] = backbone.name
        known = runs.begun(folder, settings)
        if known and known.done:
            return _there(known, report)
        if network.frozen_until:
            weights.keep_backbone(folder.parent, backbone, model, network.frozen_until)
        source = source_for(
            *(dataset, job, network),
            stem=stem,
            backbone=settings.get("backbone"),
            progress=progress,
            teach=teach,
        )
        run = known or runs.start(folder, settings)
        with speed.fast():
            _fit(trained, source, run, recipe, progress, report)
        return finish(run, model, trained, dataset, job.splits(dataset))


def _teacher(
    dataset: Dataset, job: Job, network: str, folder: Path, progress: Progress, report: Report
) -> runs.Run:
    """The run that a network learns from, on the same coins, beside its own run."""
    lessons = replace(job, network=network, epochs=None, views=None)
    most = lessons.recipe(networks.get(network)).max_epochs
    report(f"its teacher first: {lessons.name(dataset)}, at most {most} epochs of its own recipe")
    return train(dataset, lessons, runs_folder=folder, progress=progress, report=report)


def _there(known: runs.Run, report: Report) -> runs.Run:
    report(f"{known.name} is trained already")
    return runs.open_run(known.folder)


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
        "coins": job.coins,
        "image_size": network.image_size,
        "recipe": job.recipe(network).told(),
    }


def _fit(
    trained: keras.Model,
    source: Source,
    run: runs.Run,
    recipe: Recipe,
    progress: Progress,
    report: Report,
) -> None:
    """Fit epoch by epoch until the schedule says it is enough; the best weights stay."""
    learner.ready(trained, recipe)
    average = Average(recipe.averaging, trained.get_weights())
    restored = checkpoint.restore(run.folder, trained, average)
    schedule, history, best = restored or (Schedule(), [], trained.get_weights())
    while not schedule.finished(recipe):
        row = _epoch(trained, average, source, schedule, recipe, progress)
        if not np.isfinite([row["loss"], row["val_loss"]]).all():
            raise RunError(
                f"{run.name} diverged in epoch {row['epoch']}: its loss is no number any more. "
                "A lower learning rate in the network's recipe may help."
            )
        if schedule.step(row["val_loss"], recipe):
            best = [weight.copy() for weight in average.weights]
        history.append(row)
        checkpoint.save(run.folder, trained, average, schedule, history, best)
        report(_sentence(row, schedule, recipe, history))
    trained.set_weights(best)
    runs.keep_table(run, runs.HISTORY, pd.DataFrame(history).round(6))
    runs.describe(
        run,
        best_epoch=schedule.best_epoch,
        seconds=round(sum(row["seconds"] for row in history)),
    )


def _epoch(
    trained: keras.Model,
    average: Average,
    source: Source,
    schedule: Schedule,
    recipe: Recipe,
    progress: Progress,
) -> dict:
    started, spent = time.monotonic(), source.seconds()
    found = source.found(schedule.epoch)
    trained.optimizer.learning_rate = schedule.rate(recipe)
    batches = source.batches(schedule.epoch)
    bar = _Bar(progress(f"epoch {schedule.epoch + 1}"), len(batches))
    fitted = trained.fit(batches, epochs=1, shuffle=False, verbose=0, callbacks=[bar, average])
    judged = _judge(trained, average, source)
    return {
        "epoch": schedule.epoch + 1,
        "learning_rate": schedule.rate(recipe),
        "loss": fitted.history["loss"][0],
        "accuracy": fitted.history["accuracy"][0],
        "val_loss": judged["loss"],
        "val_accuracy": judged["accuracy"],
        "seconds": time.monotonic() - started,
        "feature_seconds": source.seconds() - spent,
        "features_found": found,
    }


def _judge(trained: keras.Model, average: Average, source: Source) -> dict[str, float]:
    """Loss and accuracy of the averaged weights on the validation coins."""
    learning = trained.get_weights()
    trained.set_weights(average.weights)
    judged: dict[str, float] = trained.evaluate(source.validation(), verbose=0, return_dict=True)
    trained.set_weights(learning)
    return judged


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
