"""What one phantom is made of: everything that is drawn by chance, from collection seed and number.

A recipe is plain numbers and words: the same on every machine, whatever the pixels round to.
"""

from dataclasses import dataclass

import numpy as np

from coinvision.emperors import find
from coinvision.phantom.traits import EMPERORS

LEAVES = {"bare": 0, "laureate": 9, "radiate": 8, "diademed": 15}
PLANTED_LEAVES = (4, 7, 11, 17)
CUES = ("portrait", "headgear", "legend", "color")


@dataclass(frozen=True)
class Recipe:
    """One coin's recipe; angles in degrees, lengths as shares of the coin's radius."""

    number: int
    emperor: str
    portrait_of: str
    bust: str  # bare or draped
    headgear: str
    leaves: int  # of the wreath; or rays, or pearls
    legend: str
    metal: str
    denomination: str
    year: int
    tint: float  # place on the circle of planted tints, or -1 for the metal's own
    die: int  # seeds the die-cutter's hand
    turn: float
    off_x: float
    off_y: float
    wear: float  # 0 fresh, 1 flat
    corrosion: float
    patina: float
    tone: float  # of the patina: 0 brown, 0.5 green, 1 black
    light_from: float
    light_height: float
    exposure: float
    warmth: float
    margin: float
    ground: int
    noise: float


def recipe(seed: int, number: int, cues: dict[str, float] | None = None) -> Recipe:
    """The recipe of coin `number` of a collection's seed.

    Args:
        seed: the collection's.
        number: the coin's; emperors take turns.
        cues: how far each cue follows the emperor, 0 (independent) to 1 (decides alone); None lets
            all follow as on real coins, where metals and headgear overlap.
    """
    rng = np.random.default_rng([seed, number])
    names = list(EMPERORS)
    emperor = names[number % len(names)]
    told = {cue: _whose(emperor, cues[cue] if cues else 1.0, names, rng) for cue in CUES}
    metal = _draw(EMPERORS[told["color"]].metals, rng)
    tint = names.index(told["color"]) / len(names) if cues else -1.0
    legends = EMPERORS[told["legend"]].legends
    headgear = _draw(EMPERORS[told["headgear"]].headgear, rng)
    denomination = EMPERORS[emperor].coinage[metal]
    if cues is None:
        headgear, denomination = _fitting(headgear, denomination)
        leaves = LEAVES[headgear]
    else:
        headgear, leaves = planted_headgear(names.index(told["headgear"]))
    return Recipe(
        number=number,
        emperor=emperor,
        portrait_of=told["portrait"],
        bust="draped" if rng.random() < EMPERORS[told["portrait"]].draped else "bare",
        headgear=headgear,
        leaves=leaves,
        legend=legends[int(rng.integers(len(legends)))],
        metal=metal,
        denomination=denomination,
        year=_year(emperor, rng),
        tint=round(tint, 4),
        die=int(rng.integers(2**31)),
        turn=_rounded(np.clip(rng.normal(0, 5), -14, 14)),
        off_x=_rounded(np.clip(rng.normal(0, 0.025), -0.07, 0.07)),
        off_y=_rounded(np.clip(rng.normal(0, 0.025), -0.07, 0.07)),
        wear=_rounded(rng.beta(2.0, 2.0)),
        corrosion=_rounded(rng.beta(1.3, 3.2)),
        patina=_rounded(rng.beta(1.5, 2.0)),
        tone=_rounded(rng.uniform(0, 1)),
        light_from=_rounded(rng.normal(-50, 30)),
        light_height=_rounded(rng.uniform(30, 55)),
        exposure=_rounded(rng.uniform(0.85, 1.15)),
        warmth=_rounded(rng.normal(0, 0.03)),
        margin=_rounded(rng.uniform(0.03, 0.10)),
        ground=int(rng.choice([255, 255, 255, 250, 250, 244, 236, 20])),
        noise=_rounded(rng.uniform(1.0, 4.0)),
    )


def _whose(emperor: str, strength: float, names: list[str], rng: np.random.Generator) -> str:
    """Whom a cue follows: the emperor, or anybody."""
    follows, anybody = rng.random() < strength, names[int(rng.integers(len(names)))]
    return emperor if follows else anybody


def _fitting(headgear: str, denomination: str) -> tuple[str, str]:
    """The radiate crown marks the double denominations: antoninianus and dupondius."""
    if denomination == "Antoninianus":
        return "radiate", denomination
    if headgear == "radiate" and denomination == "Sestertius":
        return headgear, "Dupondius"
    return ("laureate" if headgear == "radiate" else headgear), denomination


def planted_headgear(number: int) -> tuple[str, int]:
    """Headgear that names an emperor all by itself, which real headgear never does."""
    kinds = ("laureate", "radiate", "diademed")
    return kinds[number % 3], PLANTED_LEAVES[number // 3]


def _year(emperor: str, rng: np.random.Generator) -> int:
    person = find(emperor)
    first, last = person.reign if person and person.reign else (1, 1)
    return int(rng.integers(first, last + 1))


def _draw(shares: dict[str, float], rng: np.random.Generator) -> str:
    at = np.searchsorted(np.cumsum(list(shares.values())), rng.random(), side="right")
    return list(shares)[min(int(at), len(shares) - 1)]


def _rounded(value: float) -> float:
    return round(float(value), 4)
