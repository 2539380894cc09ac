"""What a network's frozen part says of every coin of a dataset, without any training.

features = frozen_features(dataset, Job("vgg16", backbone="vgg16_notop.weights.h5"))
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from coinvision import networks
from coinvision.dataset.crops import load_crops
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.networks.blueprint import split
from coinvision.runs import weights
from coinvision.training.features import PLAIN
from coinvision.training.job import Job
from coinvision.training.supply import Progress, feature_store


def frozen_features(
    dataset: Dataset, job: Job, *, progress: Progress = lambda _: lambda items, __: items
) -> np.ndarray:
    """The frozen part's outputs for all coins, unaugmented.

    They are kept in the user's cache and shared with trainings of the same network.

    Args:
        dataset: with photographs on this machine.
        job: says network, input and backbone.
        progress: given a label, gives a wrapper that shows how far an iterable is.

    Returns:
        float16 array, coins x height x width x channels.

    Raises:
        RunError: the network has no frozen part, or its weights cannot be loaded.
        DatasetError: no photographs, or a photograph changed.
    """
    network = networks.get(job.network)
    if network.frozen_until is None or network.load_backbone is None:
        raise RunError(f"The network {job.network} has no frozen part.")
    model = network.build(len(dataset.emperors))
    network.load_backbone(model, job.backbone)
    with TemporaryDirectory() as folder:  # rounds the weights as a training would, and names them
        backbone = weights.packed_backbone(job.network, model, network.frozen_until)
        weights.keep_backbone(Path(folder), backbone, model, network.frozen_until)
    everyone = np.arange(len(dataset.coins))
    crops = load_crops(
        dataset.photographs(),
        dataset.coins,
        image_size=network.image_size,
        input_name=job.input,
        progress=progress("photographs"),
    )
    store = feature_store(
        dataset,
        job,
        network,
        stem=split(model, network.frozen_until)[0],
        backbone=backbone.name,
        crops=crops,
        places=everyone,
    )
    return store.view(PLAIN, everyone, progress("features"))
