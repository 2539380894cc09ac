"""What a trained network finds coins like, for another to learn from (Hinton et al. 2015).

    targets = distillation.targets(teacher, dataset, job, one_hot, places)

Half of a target is the emperor's name, half the teacher's answer: a photograph of Galba that it
finds like Vespasian tells its pupil more than the name does.
"""

import hashlib
from dataclasses import replace

import keras
import numpy as np

from coinvision import networks
from coinvision.dataset.crops import load_crops
from coinvision.dataset.stored import Dataset
from coinvision.runs import Run, weights
from coinvision.training.job import Job
from coinvision.training.supply import Progress, feature_store

TEMPERATURE = 2.0  # softens the teacher's answers, which are too sure of coins it learned from
SHARE = 0.5  # of the teacher's answer in a target
VIEWS = range(100, 108)  # averaged; a network with a frozen part learns from views 0 to 9


def targets(
    teacher: Run,
    dataset: Dataset,
    job: Job,
    one_hot: np.ndarray,
    places: np.ndarray,
    *,
    progress: Progress = lambda _: lambda items, __: items,
) -> np.ndarray:
    """Targets of some coins, each half its name and half what the teacher answers.

    Args:
        teacher: a finished run on the same dataset and input.
        dataset: with photographs on this machine.
        job: the pupil's.
        one_hot: of the coins' names, len(places) x emperors.
        places: the coins' positions in the dataset.
        progress: given a label, gives a wrapper that shows how far an iterable is.

    Returns:
        float32 array, len(places) x emperors; rows sum to 1.

    Raises:
        RunError: the teacher's weights are missing or damaged.
        DatasetError: no photographs, or a photograph changed.
    """
    found = answers(teacher, dataset, job, places, progress=progress)
    mixed: np.ndarray = (1 - SHARE) * one_hot + SHARE * found
    return mixed.astype(np.float32)


def answers(
    teacher: Run,
    dataset: Dataset,
    job: Job,
    places: np.ndarray,
    *,
    progress: Progress = lambda _: lambda items, __: items,
) -> np.ndarray:
    """The teacher's softened probabilities, averaged over views; see `targets`.

    Each view is stored in the user's cache, so that a killed training goes on where it was.
    """
    name = str(teacher.description["network"])
    network = networks.get(name)
    crops = load_crops(
        dataset.photographs(),
        dataset.coins.iloc[places],
        image_size=network.image_size,
        input_name=job.input,
        progress=progress("photographs for the teacher"),
    )
    learned = hashlib.sha256((teacher.folder / weights.WEIGHTS).read_bytes()).hexdigest()
    store = feature_store(
        *(dataset, replace(job, network=name), network),
        stem=_softened(weights.load_model(teacher)),
        backbone=f"{learned} at {TEMPERATURE}",
        crops=crops,
        places=places,
    )
    everyone, told = np.arange(len(places)), progress("the teacher's answers")
    views = [store.view(number, everyone, told)[places] for number in VIEWS]
    averaged = np.asarray(views, np.float32).mean(axis=0)
    shares: np.ndarray = averaged / averaged.sum(axis=1, keepdims=True)  # views are half precision
    return shares


def _softened(model: keras.Model) -> keras.Model:
    return keras.Model(model.input, keras.ops.softmax(model.output / TEMPERATURE))
