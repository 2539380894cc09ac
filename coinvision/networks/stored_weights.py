"""Weights of layers as a file: arrays by "layer/weight", checked before they are brought in."""

import io
from pathlib import Path

import keras
import numpy as np

from coinvision.errors import RunError
from coinvision.files import read_arrays
from coinvision.networks.blueprint import frozen_layers


def trained_layers(model: keras.Model, frozen_until: str | None) -> list[keras.Layer]:
    """The layers that training changes: all, or those behind the frozen part."""
    frozen = frozen_layers(model, frozen_until) if frozen_until else []
    return [layer for layer in model.layers if layer not in frozen]


def packed(layers: list[keras.Layer]) -> bytes:
    """Weights of layers as bytes of an npz: matrices in half precision, vectors in full.

    Vectors hold running statistics, which may leave the range of half precision.
    """
    arrays = {
        f"{layer.name}/{weight.name}": value.astype(np.float16 if value.ndim > 1 else np.float32)
        for layer in layers
        for weight, value in zip(layer.weights, layer.get_weights(), strict=True)
    }
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def bring_in(path: Path, layers: list[keras.Layer]) -> None:
    """Set the layers' weights to those stored.

    Raises:
        RunError: the file is missing, damaged, or holds weights of another network.
    """
    try:
        arrays = {name: part.astype(np.float32) for name, part in read_arrays(path).items()}
    except FileNotFoundError as error:
        raise RunError(f"{path} is missing; the network has no weights without it.") from error
    except (OSError, ValueError) as error:
        raise RunError(f"{path} {error}; restore it or train again.") from error
    _check(path, arrays, layers)
    for layer in layers:
        layer.set_weights([arrays[f"{layer.name}/{weight.name}"] for weight in layer.weights])


def _check(path: Path, arrays: dict[str, np.ndarray], layers: list[keras.Layer]) -> None:
    expected = {f"{layer.name}/{w.name}": tuple(w.shape) for layer in layers for w in layer.weights}
    found = {name: value.shape for name, value in arrays.items()}
    odd = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
    if odd:
        raise RunError(
            f"{path} holds weights of another network: {odd[0]} is {found.get(odd[0])}, expected "
            f"{expected.get(odd[0])}."
        )
    if not all(np.isfinite(value).all() for value in arrays.values()):
        raise RunError(f"{path} holds weights that are no numbers; train the run again.")
