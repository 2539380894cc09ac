"""Which cue alone tells the emperor in a drawn collection, read off its coins' recipes."""

import json
from pathlib import Path

import pandas as pd

from coinvision.errors import CollectionError
from coinvision.phantom.recipe import Recipe, planted_headgear
from coinvision.phantom.traits import EMPERORS


def planted(folder: Path) -> tuple[str, ...]:
    """The cues that follow the emperor on every coin, where a collection was drawn with `--cue`.

    Args:
        folder: the collection's.

    Returns:
        Names of `CUES`; none for coins drawn as real ones are, on which all cues tell.

    Raises:
        CollectionError: metadata.csv is missing, or holds no recipes.
    """
    recipes = _recipes(folder / "metadata.csv")
    if any(one.tint < 0 for one in recipes):  # the metal's own color: drawn as on real coins
        return ()
    told = [_told(one) for one in recipes]
    return tuple(cue for cue in told[0] if all(one[cue] for one in told))


def _told(one: Recipe) -> dict[str, bool]:
    """Which cues of a coin are its emperor's own."""
    number = list(EMPERORS).index(one.emperor)
    return {
        "portrait": one.portrait_of == one.emperor,
        "headgear": (one.headgear, one.leaves) == planted_headgear(number),
        "legend": one.legend in EMPERORS[one.emperor].legends,
        "color": one.tint == round(number / len(EMPERORS), 4),
    }


def _recipes(path: Path) -> list[Recipe]:
    try:
        texts = pd.read_csv(path, usecols=["recipe"], dtype=str)["recipe"]
        return [Recipe(**json.loads(text)) for text in texts]
    except (OSError, ValueError, TypeError) as error:
        raise CollectionError(
            f"{path} holds no recipes of drawn coins ({error}); scripts/phantom.py draws them anew."
        ) from error
