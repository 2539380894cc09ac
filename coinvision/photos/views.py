"""How a coin is shown in training: a table of ways to change it, and the input's own way on top.

view = training_view("careful", "color")
picture = view(crop, rng, 112)          # another view for every state of the generator

A new way is one function and one line in `WAYS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coinvision.photos import augmentation, augmentation_2020
from coinvision.photos.inputs import INPUTS

View = Callable[[np.ndarray, np.random.Generator, int], np.ndarray]


@dataclass(frozen=True)
class Way:
    """How a crop is changed at random; stored views of another `version` are not used again."""

    change: View
    version: int | str


WAYS = {
    "careful": Way(augmentation.augment, augmentation.VERSION),
    "2020": Way(augmentation_2020.augment, "2020-1"),
}


def training_view(way: str, input_name: str) -> View:
    """A view of a crop as the named input shows it: changed as the way says, then as the input.

    The input's own change comes last and draws its chance last, so that two inputs differ in that
    alone.
    """
    change, recolor = WAYS[way].change, INPUTS[input_name].in_training
    if recolor is None:
        return change

    def view(crop: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
        return recolor(change(crop, rng, size), rng)

    return view
