"""How fast Grad-CAM is here: against tf-keras-vis, and against what the machine can multiply.

    rows = compare(networks.get("vgg16"))       # for scripts/benchmark.py

Other work on the machine disturbs it (see networks/timing.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
from tf_keras_vis.utils.scores import CategoricalScore

from coinvision.explanation.gradcam import gradcam
from coinvision.networks import timing
from coinvision.networks.blueprint import Network, frozen_layers
from coinvision.networks.timing import NUM_EMPERORS, Times

BATCH, ONE_BY_ONE = 32, 4  # coins at a time; coins that the library is given, each alone


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

    times = timing.in_turns(
        {
            "fast": (lambda: gradcam(model, layer, pictures, classes), BATCH),
            "reused": (lambda: library(lambda: reused), ONE_BY_ONE),
            "new": (lambda: library(lambda: Gradcam(model, ReplaceToLinear())), ONE_BY_ONE),
            "multiply-add": timing.large_product(),
        }
    )
    needed = of_gradcam(model, layer)
    return Comparison(times, needed, times.pop("multiply-add").of(needed))


def of_gradcam(model: keras.Model, layer: str) -> int:
    """What Grad-CAM of one picture multiplies and adds.

    All layers forward, and back those above `layer`; a gradient in a layer's input costs what the
    layer does forward.
    """
    below = frozen_layers(model, layer)
    return sum(timing.multiply_adds(one) * (1 if one in below else 2) for one in model.layers)
