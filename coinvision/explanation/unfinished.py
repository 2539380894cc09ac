"""Heatmaps of a computation that has not ended yet, kept aside so that a killed one goes on.

They lie in the user's cache, one file a computation, and are removed when it ends.
"""

import io
import zipfile
from pathlib import Path

import numpy as np

from coinvision.files import cache_folder, write_bytes


def place(name: str) -> Path:
    """Where the maps of a computation lie; the name must tell all that they depend on."""
    folder = cache_folder("heatmaps")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.npz"


def load(path: Path) -> dict[str, np.ndarray]:
    """The maps computed so far; nothing where there are none or the file is damaged."""
    try:
        with np.load(io.BytesIO(path.read_bytes())) as found:
            return {kind: found[kind] for kind in found.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def save(path: Path, maps: dict[str, np.ndarray]) -> None:
    """Put the maps computed so far in place of those before."""
    buffer = io.BytesIO()
    np.savez(buffer, **maps)  # type: ignore[arg-type]
    write_bytes(path, buffer.getvalue())
