"""Networks whose weights were drawn anew, wholly or from the logits down (Adebayo et al. 2018).

Always a copy: the given network's own weights stay as they are.
"""

from collections.abc import Iterable, Iterator

import keras
import numpy as np


def randomized(model: keras.Model, seeds: Iterable[int]) -> Iterator[keras.Model]:
    """A copy of a network with all weights drawn anew, once for each seed: the same copy each time.

    One copy, since what methods compile for a network costs more than the maps of some coins.
    """
    copy = _copy(model)
    for seed in seeds:
        rng = np.random.default_rng(seed)
        for layer in weighted(copy):
            _draw_anew(layer, rng)
        yield copy


def cascade(model: keras.Model, seed: int) -> Iterator[tuple[str, keras.Model]]:
    """A copy whose weights are drawn anew layer by layer, from the logits down to the pixels.

    Yields:
        The name of the layer that was drawn anew last, and the copy: the same one each time.
    """
    copy = _copy(model)
    rng = np.random.default_rng(seed)
    for layer in reversed(weighted(copy)):
        _draw_anew(layer, rng)
        yield layer.name, copy


def weighted(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers of a network that have weights, from the pixels to the logits."""
    return [layer for layer in model.layers if layer.weights]


def _copy(model: keras.Model) -> keras.Model:
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy


def _draw_anew(layer: keras.layers.Layer, rng: np.random.Generator) -> None:
    """Kernels as He et al. 2015 begin with them; biases 0; normalization as if it were not there.

    The layer's own initializer will not do: that of the logits is zero, which explains nothing.
    """
    layer.set_weights([_drawn(weight, rng) for weight in layer.weights])


def _drawn(weight: keras.Variable, rng: np.random.Generator) -> np.ndarray:
    if len(weight.shape) > 1:
        inputs = int(np.prod(weight.shape[:-1]))
        return rng.normal(0, np.sqrt(2 / inputs), weight.shape)
    neutral = 1.0 if weight.name in ("gamma", "moving_variance") else 0.0
    return np.full(weight.shape, neutral)
