"""How long works take on this machine, and how long their multiplications would take at best.

    times = in_turns({"ours": (work, 32), "at best": large_product()})
    times["ours"].clock               # seconds a thing: 32 were done at once

Other work on the machine disturbs it: every time is the least of several, taken in turns.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

NUM_EMPERORS = 12  # of the networks that are timed
REPEATS = 5
# What is large enough to tell how fast the machine can be: matrices, and a convolution.
SIDE = 2048
PICTURES, PLACES, CHANNELS = 32, 80, 128

Work = tuple[Callable[[], object], int]  # and how many things it does


@dataclass(frozen=True)
class Times:
    """Seconds a thing: on the clock, and of all processors together."""

    clock: float
    processors: float

    def of(self, things: int) -> "Times":
        """The time of so many things."""
        return Times(things * self.clock, things * self.processors)


def in_turns(works: dict[str, Work]) -> dict[str, Times]:
    """The least time of each work, divided by its number of things; the first turn is not timed."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(REPEATS + 1):
        for name, (work, things) in works.items():
            clock, processors = time.perf_counter(), time.process_time()
            work()
            clock, processors = time.perf_counter() - clock, time.process_time() - processors
            taken[name].append((clock / things, processors / things))
    return {name: Times(*np.min(all_times[1:], axis=0)) for name, all_times in taken.items()}


def large_product() -> Work:
    """One large matrix product in single precision; its things are multiply-adds."""
    matrix = tf.random.normal((SIDE, SIDE))
    return lambda: tf.matmul(matrix, matrix)[0, 0].numpy(), SIDE**3


def large_convolution(precision: str) -> Work:
    """One large 3 x 3 convolution; its things are multiply-adds.

    In "bfloat16" it is twice as fast as TensorFlow's product of matrices, in "float32" about alike.
    """
    pictures = tf.cast(tf.random.normal((PICTURES, PLACES, PLACES, CHANNELS)), precision)
    kernel = tf.cast(tf.random.normal((3, 3, CHANNELS, CHANNELS)), precision)
    convolve = tf.function(lambda: tf.nn.conv2d(pictures, kernel, 1, "SAME")[0, 0, 0, 0])
    things = PICTURES * PLACES**2 * 9 * CHANNELS**2
    return lambda: tf.cast(convolve(), tf.float32).numpy(), things


def multiply_adds(layer: keras.Layer) -> int:
    """Of one layer forward, for one picture; others than these hardly multiply."""
    if isinstance(layer, keras.layers.Conv2D | keras.layers.Dense):
        return math.prod(layer.output.shape[1:-1]) * math.prod(layer.kernel.shape)
    return 0
