"""Which part of a coin spoke for an emperor: heatmaps, uncolored, on the network's own grid.

    maps = explanation.get("gradcam")(model, layer, pictures, classes)   # n x rows x columns
    explain(run, folder_of_photographs)                                  # writes heatmaps.npz

A new method is a file beside gradcam.py and a line in `METHODS`. Keras is imported by `get`, not
by importing this package.
"""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from coinvision.errors import RunError

if TYPE_CHECKING:
    import keras
    import numpy as np

    Method = Callable[[keras.Model, str, np.ndarray, np.ndarray], np.ndarray]

# The name on the command line and in heatmaps.npz, and the function of the file called so.
METHODS = ("gradcam",)


def get(name: str) -> "Method":
    """The method of that name; see gradcam.py for what it takes and gives.

    Raises:
        RunError: there is none.
    """
    if name not in METHODS:
        raise RunError(f"There is no method {name!r}; expected one of {', '.join(METHODS)}.")
    method: Method = getattr(importlib.import_module(f"coinvision.explanation.{name}"), name)
    return method
