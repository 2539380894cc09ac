"""How fast Grad-CAM is here: against tf-keras-vis, and against what the machine can multiply.

    rows = compare(networks.get("vgg16"))       # for scripts/benchmark.py

Other work on the machine disturbs it: every time is the least of several, taken in turns.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
from tf_keras_vis.utils.scores import CategoricalScore

from coinvision.explanation.gradcam import gradcam
from coinvision.networks.blueprint import Network, frozen_layers

BATCH, ONE_BY_ONE = 32, 4  # coins at a time; coins that the library is given, each alone
REPEATS = 5
NUM_EMPERORS = 12
SIDE = 2048  # of the matrices whose product tells how fast the machine can be


@dataclass(frozen=True)
class Times:
    """Seconds a coin: on the clock, and of all processors together."""

    clock: float
    processors: float


@dataclass(frozen=True)
class Comparison:
    """Seconds a coin by way; multiply-adds a coin; the least seconds that these can take."""

    times: dict[str, Times]
    multiply_adds: int
    limit: Times


def compare(network: Network) -> Comparison:
    """Time Grad-CAM on a network with random weights.

    `fast` explains a batch of 32; the library explains coin by coin, with one explainer for all
    (`reused`) and with one made anew for each coin from a copy of the model (`new`).
    """
    model, layer = network.build(NUM_EMPERORS), network.explained
    rng = np.random.default_rng(0)
    shape = (BATCH, network.image_size, network.image_size, 3)
    pictures = rng.uniform(0, 255, shape).astype(np.float32)
    classes = rng.integers(0, NUM_EMPERORS, BATCH)
    reused = Gradcam(model, clone=False)
    product = tf.constant(rng.normal(size=(SIDE, SIDE)), tf.float32)

    def library(explainer: Callable[[], Gradcam]) -> None:
        for picture, wanted in zip(pictures[:ONE_BY_ONE], classes, strict=False):
            explainer()(
                CategoricalScore([int(wanted)]),
                picture[None],
                penultimate_layer=layer,
                seek_penultimate_conv_layer=False,
                expand_cam=False,
                normalize_cam=False,
            )

    times = in_turns(
        {
            "fast": (lambda: gradcam(model, layer, pictures, classes), BATCH),
            "reused": (lambda: library(lambda: reused), ONE_BY_ONE),
            "new": (lambda: library(lambda: Gradcam(model, ReplaceToLinear())), ONE_BY_ONE),
            "multiply-add": (lambda: tf.matmul(product, product).numpy(), SIDE**3),
        }
    )
    needed, each = multiply_adds(model, layer), times.pop("multiply-add")
    return Comparison(times, needed, Times(needed * each.clock, needed * each.processors))


def in_turns(works: dict[str, tuple[Callable[[], object], int]]) -> dict[str, Times]:
    """The least time of each work, divided by its number of things; the first turn is not timed."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(REPEATS + 1):
        for name, (work, things) in works.items():
            clock, processors = time.perf_counter(), time.process_time()
            work()
            clock, processors = time.perf_counter() - clock, time.process_time() - processors
            taken[name].append((clock / things, processors / things))
    return {name: Times(*np.min(all_times[1:], axis=0)) for name, all_times in taken.items()}


def multiply_adds(model: keras.Model, layer: str) -> int:
    """What Grad-CAM of one picture multiplies and adds.

    All layers forward, and back those above `layer`; a gradient in a layer's input costs what the
    layer does forward.
    """
    below = frozen_layers(model, layer)
    return sum(_of_layer(one) * (1 if one in below else 2) for one in model.layers)


def _of_layer(layer: keras.Layer) -> int:
    """Multiply-adds of one layer forward; others than these hardly multiply."""
    if isinstance(layer, keras.layers.Conv2D | keras.layers.Dense):
        return math.prod(layer.output.shape[1:-1]) * math.prod(layer.kernel.shape)
    return 0
