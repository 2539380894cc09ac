"""What a finished training leaves in its run: weights, layers, the dataset's facts, its coins."""

import platform

import keras
import numpy as np
import pandas as pd

from coinvision import networks, runs
from coinvision.dataset.remembered import remembered
from coinvision.dataset.stored import Dataset
from coinvision.networks import speed
from coinvision.networks.blueprint import layer_rows
from coinvision.runs import weights
from coinvision.training import checkpoint


def finish(
    run: runs.Run, model: keras.Model, trained: keras.Model, dataset: Dataset, splits: np.ndarray
) -> runs.Run:
    """Write what the run is to keep; only then is it done, and only then the checkpoint goes."""
    weights.keep_weights(run, model)
    layers = layer_rows(model, networks.get(run.description["network"]).frozen_until)
    runs.keep_table(run, runs.ARCHITECTURE, pd.DataFrame(layers))
    runs.keep_json(run, runs.DATASET, dataset.facts)
    runs.keep_table(run, runs.COINS, remembered(dataset).assign(split=splits))
    runs.describe(
        run,
        state="done",
        weights_trained=int(sum(np.prod(v.shape) for v in trained.trainable_variables)),
        weights=int(model.count_params()),
        device=", ".join(keras.distribution.list_devices()),
        precision=speed.precision(),
        versions={
            "python": platform.python_version(),
            "keras": keras.__version__,
            "backend": keras.backend.backend(),
            "numpy": np.__version__,
        },
    )
    (run.folder / checkpoint.FILE).unlink(missing_ok=True)
    return run
