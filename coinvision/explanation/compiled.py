"""A network's graphs for explanations, each built and compiled once for each model.

    features, gradients, scores = at_layer(model, "block5_conv3")(pictures, classes)

A graph takes batches of any size without being built anew, and reads the model's weights as they
are when it is called. It is forgotten with its model. tf-keras-vis builds a model and runs it step
by step at every call, which makes the same maps several times slower (scripts/benchmark.py).
"""

import weakref
from collections.abc import Callable
from typing import Any, TypeVar

import keras
import numpy as np
import tensorflow as tf

from coinvision.networks import speed
from coinvision.networks.blueprint import split

T = TypeVar("T")
Graph = Callable[..., tuple[np.ndarray, ...]]
_MADE: weakref.WeakKeyDictionary[keras.Model, dict[str, Any]] = weakref.WeakKeyDictionary()


def once(model: keras.Model, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made once for each model; it must not hold the model itself."""
    made = _MADE.setdefault(model, {})
    if name not in made:
        made[name] = make()
    found: T = made[name]
    return found


def at_layer(model: keras.Model, layer: str) -> Graph:
    """Pictures and classes to a layer's features, each class's gradient there, and its logit.

    What lies below the layer is computed forward only: the gradient needs what lies above.

    Args:
        model: flat functional graph to logits.
        layer: every way from the picture to the logits leads through it.
    """

    def make() -> Graph:
        below, above = split(model, layer)

        def graph(pictures: tf.Tensor, classes: tf.Tensor) -> tuple:
            features = below(pictures, training=False)
            with tf.GradientTape(watch_accessed_variables=False) as tape:
                tape.watch(features)
                scores = _chosen(above(features, training=False), classes)
            return features, tape.gradient(scores, features), scores

        return _compiled(graph, model)

    return once(model, f"at {layer}", make)


def at_pictures(model: keras.Model) -> Graph:
    """Pictures and classes to each class's gradient in the picture, n x size x size x 3."""

    def make() -> Graph:
        whole = keras.Model(model.input, model.output)

        def graph(pictures: tf.Tensor, classes: tf.Tensor) -> tuple:
            with tf.GradientTape(watch_accessed_variables=False) as tape:
                tape.watch(pictures)
                scores = _chosen(whole(pictures, training=False), classes)
            return (tape.gradient(scores, pictures),)

        return _compiled(graph, model)

    return once(model, "at the picture", make)


def logits(model: keras.Model) -> Graph:
    """Pictures and classes to each class's logit, n.

    Computed in half precision where the processor is quick in it (scripts/benchmark.py), since some
    methods ask hundreds of times for a map; their maps stay the same (tests/explanation).
    """

    def make() -> Graph:
        whole = keras.Model(model.input, model.output)

        def graph(pictures: tf.Tensor, classes: tf.Tensor) -> tuple:
            return (_chosen(whole(pictures, training=False), classes),)

        run = _compiled(graph, model)

        def quick(pictures: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, ...]:
            with speed.fast():
                return run(pictures, classes)

        return quick

    return once(model, "forward", make)


def _chosen(scores: tf.Tensor, classes: tf.Tensor) -> tf.Tensor:
    return tf.gather(scores, classes, axis=1, batch_dims=1)


def _compiled(graph: Callable[..., tuple], model: keras.Model) -> Graph:
    pictures = tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)
    signature = [pictures, tf.TensorSpec((None,), tf.int32)]
    call = tf.function(graph, input_signature=signature, autograph=False)

    def run(pictures: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, ...]:
        found = call(np.asarray(pictures, np.float32), np.asarray(classes, np.int32))
        return tuple(part.numpy() for part in found)

    return run
