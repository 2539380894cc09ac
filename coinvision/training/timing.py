"""Where the time of a training goes here, and how near it is to what the machine can multiply.

    steps = profile(networks.get("vgg16"), "float32")       # for scripts/benchmark.py

Other work on the machine disturbs it (see networks/timing.py).
"""

from contextlib import nullcontext
from dataclasses import dataclass

import keras
import numpy as np

from coinvision.networks import speed, timing
from coinvision.networks.blueprint import Network
from coinvision.networks.timing import NUM_EMPERORS, Times, Work
from coinvision.photos.views import training_view
from coinvision.training import learner


@dataclass(frozen=True)
class Step:
    """Seconds a coin; multiply-adds a coin; the least seconds that these can take."""

    times: Times
    multiply_adds: int
    limit: Times


def profile(network: Network, precision: str) -> dict[str, Step]:
    """Time what a training does to each coin, with random weights, in "float32" or "bfloat16".

    `view` changes its crop at random; `frozen` computes the frozen part's outputs, once a view;
    `learn` is a step of the optimizer in batches of the recipe's size, once an epoch.
    """
    recipe = network.recipe
    model = network.build(NUM_EMPERORS)
    stem, trained = learner.parts(model, network, recipe)
    learner.ready(trained, recipe)
    size = network.image_size
    rng = np.random.default_rng(0)
    crops = rng.integers(0, 256, (recipe.batch_size, size, size, 3), dtype=np.uint8)
    view = training_view(recipe.augmentation, "color")
    works: dict[str, Work] = {
        "view": (lambda: [view(crop, rng, size) for crop in crops], len(crops)),
        "multiply-add": timing.large_convolution(precision),
    }
    inputs = crops.astype(np.float32)
    if stem is not None:
        stem.compile(jit_compile=speed.compiler())
        works["frozen"] = (lambda: stem.predict_on_batch(crops), len(crops))
        inputs = np.asarray(stem.predict_on_batch(crops))
    targets = np.eye(NUM_EMPERORS, dtype=np.float32)[rng.integers(NUM_EMPERORS, size=len(crops))]
    works["learn"] = (lambda: trained.train_on_batch(inputs, targets), len(crops))
    with nullcontext() if precision == "float32" else speed.fast():
        times = timing.in_turns(works)
    each = times.pop("multiply-add")
    needed = {"view": 0, "frozen": _forward(stem), "learn": of_learning(trained)}
    return {name: Step(took, needed[name], each.of(needed[name])) for name, took in times.items()}


def of_learning(model: keras.Model) -> int:
    """What a step of the optimizer multiplies and adds for one picture.

    Each layer forward, the gradient in the weights of what is trained, and above its first layer
    the gradient in the input, which costs as much.
    """
    needed, above = 0, False
    for layer in model.layers:
        trained = bool(layer.trainable_variables)
        needed += timing.multiply_adds(layer) * (1 + trained + above)
        above = above or (trained and timing.multiply_adds(layer) > 0)
    return needed


def _forward(stem: keras.Model | None) -> int:
    return sum(map(timing.multiply_adds, stem.layers)) if stem is not None else 0
