"""A run on disk: one network trained on one dataset, one input, one fold held out, one seed.

    run = open_run("ocre12-vgg16-color-fold0-seed0")     # a folder, or a name under artifacts/runs
    model = weights.load_model(run)                      # stored weights, ready to predict

The folder holds run.json, weights.npz (only what training changed; matrices in half precision),
architecture.csv, dataset.json, history.csv and coins.csv; later predictions.csv, metrics.json,
heatmaps.npz, neighbors.csv, and what tells whether heatmaps are to be believed (faithfulness.csv,
sanity.json, faithfulness.json, regions.csv, regions.json). A frozen backbone is stored once for all
runs, in `backbones/` beside them. This package is the only writer of these files. folder.py needs
no Keras; weights.py does and is imported by who needs it.
"""

from coinvision.runs.folder import (
    ANSWERS_WITHOUT,
    ARCHITECTURE,
    ARTIFACTS_VARIABLE,
    COINS,
    DATASET,
    DESCRIPTION,
    FAITHFULNESS,
    HEATMAPS,
    HISTORY,
    METRICS,
    NEIGHBORS,
    PREDICTIONS,
    REGIONS,
    SANITY,
    SCORES,
    Run,
    begun,
    describe,
    keep_arrays,
    keep_json,
    keep_table,
    names,
    open_run,
    runs_folder,
    start,
)
from coinvision.runs.locking import alone

__all__ = [
    "ANSWERS_WITHOUT",
    "ARCHITECTURE",
    "ARTIFACTS_VARIABLE",
    "COINS",
    "DATASET",
    "DESCRIPTION",
    "FAITHFULNESS",
    "HEATMAPS",
    "HISTORY",
    "METRICS",
    "NEIGHBORS",
    "PREDICTIONS",
    "REGIONS",
    "SANITY",
    "SCORES",
    "Run",
    "alone",
    "begun",
    "describe",
    "keep_arrays",
    "keep_json",
    "keep_table",
    "names",
    "open_run",
    "runs_folder",
    "start",
]
