"""Heatmaps of a computation that has not ended yet, kept aside so that a killed one goes on.

They lie in the user's cache, one file a computation, and are removed when it ends.
"""

from pathlib import Path

import numpy as np

from coinvision.files import cache_folder, read_arrays, write_arrays


def place(name: str) -> Path:
    """Where the maps of a computation lie; the name must tell all that they depend on."""
    folder = cache_folder("heatmaps")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.npz"


def load(path: Path) -> dict[str, np.ndarray]:
    """The maps computed so far; nothing where there are none or the file is damaged."""
    try:
        return read_arrays(path)
    except (OSError, ValueError):
        return {}


def save(path: Path, maps: dict[str, np.ndarray]) -> None:
    """Put the maps computed so far in place of those before."""
    write_arrays(path, maps)
