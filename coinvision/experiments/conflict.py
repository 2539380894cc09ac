"""Cue conflict on drawn coins: the legend of one emperor round the portrait of another.

pictures = legends_swapped(test, training)          # the arm H
shares(experiment.pooled("small", "H"), emperors)   # who follows the portrait, who the legend

After Geirhos et al. 2019 (ImageNet-trained CNNs are biased towards texture), whose shape bias is
the share of shape decisions among those for one cue or the other.
"""

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from coinvision.dataset.crops import disc_of
from coinvision.dataset.drawn import PREFIX
from coinvision.intervals import proportion
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import Recipe
from coinvision.phantom.traits import EMPERORS
from coinvision.photos import crop_disc

if TYPE_CHECKING:
    from coinvision.experiments.arms import Pictures


def all_drawn(coins: pd.DataFrame) -> bool:
    """Whether all coins are drawn, so that they can be drawn anew."""
    return bool(coins["picture_sha256"].str.startswith(PREFIX).all())


def legends_swapped(test: "Pictures", training: "Pictures") -> np.ndarray:
    """Every coin drawn anew from its own recipe, but with the legend of `other`."""
    emperors = sorted(set(training.coins["emperor"]))
    side = test.crops.shape[1]
    return np.stack([_drawn(row, emperors, side) for row in test.coins.to_dict("records")])


def other(coin_id: str, emperor: str, emperors: list[str]) -> str:
    """Whose legend a coin gets: always the same for the same coin, and never the emperor's own."""
    others = [name for name in emperors if name != emperor]
    return others[zlib.crc32(coin_id.encode()) % len(others)]


def shares(answers: pd.DataFrame, emperors: list[str]) -> dict[str, Any]:
    """How many coins with another's legend are named after portrait, legend or neither.

    Args:
        answers: indexed by coin_id, with emperor and predicted.
        emperors: all that a network can name.

    Returns:
        Figures with Wilson's interval: portrait, legend and neither, of all coins, and
        portrait_bias, the share of the portrait among those named after one of the two.
    """
    legends = [other(str(i), e, emperors) for i, e in answers["emperor"].items()]
    n = len(answers)
    portrait = int((answers["predicted"] == answers["emperor"]).sum())
    legend = int((answers["predicted"] == legends).sum())
    return {
        "portrait": proportion(portrait, n).as_dict(),
        "legend": proportion(legend, n).as_dict(),
        "neither": proportion(n - portrait - legend, n).as_dict(),
        "portrait_bias": proportion(portrait, portrait + legend).as_dict(),
    }


def _drawn(coin: dict[str, Any], emperors: list[str], side: int) -> np.ndarray:
    photograph, _ = draw(in_conflict(coin, emperors), int(coin["width"]))
    return crop_disc(photograph, disc_of(coin), side)


def in_conflict(coin: dict[str, Any], emperors: list[str]) -> Recipe:
    """A drawn coin's recipe with its own portrait and one of the legends of `other`."""
    legends = EMPERORS[other(coin["coin_id"], coin["emperor"], emperors)].legends
    return replace(
        Recipe(**json.loads(coin["recipe"])),
        # where cues were planted apart, the coin may show somebody else
        portrait_of=coin["emperor"],
        legend=legends[zlib.crc32(coin["coin_id"].encode()) % len(legends)],
    )
