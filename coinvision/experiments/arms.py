"""The arms of "color or face?": what networks are trained on, and what they are then shown.

A new arm is one function here (or one input in photos/inputs.py, if networks are to be trained on
it) and one line in `ARMS`. Where no network is needed, a baseline answers, the same for all. Cue
conflict and congruent color after Geirhos et al. 2019 (ImageNet-trained CNNs are biased towards
texture) and Singh et al. 2020 (Assessing the importance of color).
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pandas as pd

from coinvision.evaluation.baselines import HUES
from coinvision.experiments.conflict import all_drawn, legends_swapped, other
from coinvision.photos import INPUTS

FEWEST = 10  # training coins of a metal, for its palette to be known


@dataclass(frozen=True)
class Pictures:
    """Crops in color (coins x side x side x 3, uint8 RGB) and what records say of their coins."""

    crops: np.ndarray
    coins: pd.DataFrame


@dataclass(frozen=True)
class Arm:
    """One line of the experiment.

    Networks are trained on the input `trained_on` and asked about `shown(test, training)`; None
    shows what they were trained on. With a `baseline`, that answers and no network is trained.
    `fits(coins)` says whether a dataset can be asked so. `part` is what alone is shown, for an arm
    that shows a part of the coin only; `color_only` if that part is color without shape.
    `recolored` is how coins are shown to the network of A, for an arm that changes their colors.
    `caveat` is said where a part suffices; `note(coin, emperor, emperors)` what is to be known of
    one coin under this arm.
    """

    title: str
    asks: str
    trained_on: str = "color"
    shown: Callable[[Pictures, Pictures], np.ndarray] | None = None
    fits: Callable[[pd.DataFrame], bool] = lambda coins: True
    baseline: str | None = None
    part: str = ""
    color_only: bool = False
    recolored: str = ""
    caveat: str = ""
    note: Callable[[str, str, list[str]], str] | None = None


def as_input(name: str) -> Callable[[Pictures, Pictures], np.ndarray]:
    """Show test coins as another input than networks were trained on."""

    def shown(test: Pictures, training: Pictures) -> np.ndarray:
        return np.stack([INPUTS[name](crop) for crop in test.crops])

    return shown


def hue_turned(test: Pictures, training: Pictures) -> np.ndarray:
    """Every color becomes its opposite in CIELAB; lightness, and so the relief, stays."""
    return np.stack([_recolored(crop, lambda ab: -ab) for crop in test.crops])


def other_metals(test: Pictures, training: Pictures) -> np.ndarray:
    """Every coin in the colors of the next metal: mean and spread of a* and b* of training coins.

    After Reinhard et al. 2001 (Color transfer between images), on the two channels of color alone.
    Metals follow one another in the alphabet, the first after the last; a coin whose metal is not
    known, or where only one is, stays as it is.
    """
    palettes = _palettes(training)
    metals = list(palettes)
    if len(metals) < 2:
        return test.crops
    following = dict(zip(metals, metals[1:] + metals[:1], strict=True))

    def one(crop: np.ndarray, metal: str) -> np.ndarray:
        if metal not in following:
            return crop
        mean, spread = palettes[following[metal]]
        own_mean, own_spread = _statistics(crop)
        return _recolored(crop, lambda ab: (ab - own_mean) / own_spread * spread + mean)

    return np.stack([one(c, m) for c, m in zip(test.crops, test.coins["material"], strict=True)])


def several_metals(coins: pd.DataFrame) -> bool:
    """Whether at least two metals are recorded, each of enough coins to have a palette."""
    metals = coins["material"]
    return int((metals[metals != ""].value_counts() >= FEWEST).sum()) > 1


ARMS = {
    "A": Arm("color", "the reference", "color"),
    "B": Arm("gray, trained on gray", "what is lost without color", "grayscale"),
    "C": Arm(
        *("color network on gray", "how it leans on color", "color", as_input("grayscale")),
        recolored="shown in gray",
    ),
    "D1": Arm(
        *("color network, hues turned", "do wrong hues mislead it", "color", hue_turned),
        recolored="with hues turned to their opposites",
    ),
    "D2": Arm(
        *("color network, other metals", "do other metals mislead it", "color"),
        shown=other_metals,
        fits=several_metals,
        recolored="in the colors of another metal",
    ),
    "E1": Arm("trained in random colors", "can color be unlearned", "jittered"),
    "E2": Arm(
        *("random colors, on gray", "and then without any", "jittered"),
        shown=as_input("grayscale"),
    ),
    "F1": Arm(
        *("shuffled colors alone", "what color alone names", "shuffled"),
        part="shuffled colors",
        color_only=True,
    ),
    "F2": Arm(
        *("8 x 8 fields of color alone", "what color alone names", "blurred"),
        part="8 x 8 fields of color",
        color_only=True,
    ),
    "F3": Arm(
        *("mean color and hues alone", "what color alone names"),
        baseline=HUES,
        part="mean color and hues",
        color_only=True,
    ),
    "G1": Arm(*("portrait only", "what the portrait names", "portrait"), part="the portrait"),
    "G2": Arm(
        *("legend only", "what the legend names", "legend"),
        part="the legend",
        caveat="which says little where labels were read off legends",
    ),
    "G3": Arm(*("background only", "what the background names", "ground"), part="the background"),
    "H": Arm(
        *("another's legend", "does it follow face or legend", "color"),
        shown=legends_swapped,
        note=lambda coin, emperor, all_: f"with the legend of {other(coin, emperor, all_)}",
        fits=all_drawn,
    ),
}
COLOR_ONLY = tuple(letter for letter, arm in ARMS.items() if arm.color_only)
REFERENCE, GRAY = "A", "B"
STANDS_FOR = {arm.baseline: letter for letter, arm in ARMS.items() if arm.baseline}


def taught(letter: str, coins: int | None) -> str:
    """The name of an arm whose networks learn from so many coins, None for all: "A@800", "A"."""
    return letter if coins is None else f"{letter}@{coins}"


def parted(arm: str) -> tuple[str, int | None]:
    """The letter of an arm and the number of its training coins, None for all; see `taught`."""
    letter, _, coins = arm.partition("@")
    return letter, int(coins) if coins else None


def told(arm: str) -> str:
    """An arm for a reader: "A: color"; with its training coins where not all."""
    letter, coins = parted(arm)
    return f"{letter}: {ARMS[letter].title}" + (f", {coins} training coins" if coins else "")


def trained_and_shown(input_name: str) -> str | None:
    """The arm whose networks are trained on an input and shown the same; None if there is none."""
    return next(
        (k for k, arm in ARMS.items() if (arm.trained_on, arm.shown) == (input_name, None)), None
    )


def _palettes(training: Pictures) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Mean and spread of a* and b* of each metal that enough training coins have."""
    metals = training.coins["material"].to_numpy(dtype=object)
    known = [m for m in sorted(set(metals[metals != ""])) if (metals == m).sum() >= FEWEST]
    of_coins = [_statistics(crop) for crop in training.crops]
    found = {}
    for metal in known:
        own = [of_coins[i] for i in np.flatnonzero(metals == metal)]
        means, spreads = (np.array(part) for part in zip(*own, strict=True))
        found[metal] = means.mean(axis=0), spreads.mean(axis=0)
    return found


def _statistics(crop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of a* and b* inside a crop's inscribed circle."""
    ab = _lab(crop)[..., 1:][_inside(crop)]
    return ab.mean(axis=0), ab.std(axis=0) + 1e-3


def _recolored(crop: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    lab, inside = _lab(crop), _inside(crop)
    lab[inside, 1:] = change(lab[inside, 1:])
    colored = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    changed = crop.copy()
    changed[inside] = np.rint(np.clip(colored[inside], 0, 1) * 255)
    return changed


def _lab(crop: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(crop.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)


def _inside(crop: np.ndarray) -> np.ndarray:
    mask = np.zeros(crop.shape[:2], np.uint8)
    side = crop.shape[0]
    cv2.circle(mask, (side // 2, side // 2), side // 2, 1, -1)
    return mask == 1
