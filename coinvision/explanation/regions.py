"""What a run still names when a region of the coin is blanked: the causal check beside heatmaps.

    answer(run, photographs)     # writes regions.csv: whom it names without each region
    figures(run)                 # writes regions.json: accuracy, and the difference to whole coins

The regions are rings of the disc. What is blanked gets the coin's mean color, the ground white: a
flat patch that no training coin had, so that part of a loss may be the patch's own strangeness.
"""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.comparison.paired import compare
from coinvision.dataset.crops import Progress
from coinvision.explanation.anatomy import rings
from coinvision.explanation.explaining import evaluated_coins
from coinvision.intervals import share
from coinvision.prediction import BATCH, Predictor

# Each of rings of `anatomy.rings`. A crop's ground is white from 1.06 radii on: of the background
# only the rim of 1.00 to 1.06 is left to blank.
REGIONS = {
    "portrait": ("portrait", "field"),  # all that lies inside the legend
    "legend": ("legend",),
    "border": ("border",),
    "background": ("outside",),
}
WHITE = 255
SIDE = 224  # pixels on which areas are counted


def blanked(picture: np.ndarray, region: str) -> np.ndarray:
    """A crop without one of REGIONS: uint8, size x size x 3, as it came."""
    coin = 1 - rings(len(picture))["outside"] > 0
    changed = picture.copy()
    mean = np.rint(picture[coin].mean(axis=0))
    changed[_where(region, len(picture))] = WHITE if region == "background" else mean
    return changed


def _where(region: str, size: int) -> np.ndarray:
    parts = rings(size)
    covered: np.ndarray = np.sum([parts[name] for name in REGIONS[region]], axis=0) > 0
    return covered


def answer(run: runs.Run, photographs: Path, *, progress: Progress = lambda items, _: items) -> int:
    """Write a run's regions.csv: `coin_id` of each test coin, and whom it names without a region.

    A region that is answered already is not asked about again.

    Args:
        run: evaluated.
        photographs: the collection's folder.
        progress: wraps an iterable of known length.

    Returns:
        How many regions were asked about.

    Raises:
        RunError: no predictions, or a damaged run.
        DatasetError: a photograph is missing or has changed.
    """
    coins = evaluated_coins(run)
    table = _answers(run, coins)
    missing = [region for region in REGIONS if region not in table]
    if not missing:
        return 0
    predictor = Predictor(run)
    for region in missing:
        table[region] = _named(predictor, run, photographs, coins, region, progress)
        runs.keep_table(run, runs.ANSWERS_WITHOUT, table)
    return len(missing)


def figures(run: runs.Run) -> dict[str, Any]:
    """Write a run's regions.json from regions.csv and the answers for whole coins.

    Returns:
        What is written: `whole`, the accuracy on whole coins, and `regions`: by region `area` (its
        share of the picture), `accuracy` without it, `difference` to whole coins (paired, interval
        over groups of coins), McNemar's `p_value`, the same by name under `emperors`, and
        `most_named`: the `emperor` whom the network then names most, how often (`named`), and what
        share of the coins are `his`.

    Raises:
        RunError: regions.csv is missing or damaged.
    """
    coins = evaluated_coins(run)
    table = run.table(runs.ANSWERS_WITHOUT, "coin_id", *REGIONS).set_index("coin_id")
    table = table.loc[coins["coin_id"]]
    whole = (coins["predicted"] == coins["emperor"]).to_numpy(dtype=int)
    facts = {
        "whole": share(whole, coins["group"].to_numpy()).as_dict(),
        "regions": {
            region: _of_region(coins, whole, table[region].to_numpy(), region) for region in REGIONS
        },
    }
    runs.keep_json(run, runs.REGIONS, facts)
    return facts


def _answers(run: runs.Run, coins: pd.DataFrame) -> pd.DataFrame:
    """What is answered already, if it is of the same coins."""
    fresh = coins[["coin_id"]].reset_index(drop=True)
    if not (run.folder / runs.ANSWERS_WITHOUT).is_file():
        return fresh
    stored = run.table(runs.ANSWERS_WITHOUT, "coin_id")
    return stored if stored["coin_id"].equals(fresh["coin_id"]) else fresh


def _named(
    predictor: Predictor,
    run: runs.Run,
    photographs: Path,
    coins: pd.DataFrame,
    region: str,
    progress: Progress,
) -> np.ndarray:
    parts = []
    for start in progress(range(0, len(coins), BATCH), -(-len(coins) // BATCH)):
        these = coins[start : start + BATCH]
        pictures = predictor.pictures(photographs, these, partial(blanked, region=region))
        parts.append(predictor.probabilities(pictures, len(pictures)).argmax(axis=1))
    return np.asarray(run.emperors, dtype=object)[np.concatenate(parts)]


def _of_region(
    coins: pd.DataFrame, whole: np.ndarray, named: np.ndarray, region: str
) -> dict[str, Any]:
    right = (named == coins["emperor"].to_numpy()).astype(int)
    groups, emperors = coins["group"].to_numpy(), coins["emperor"].to_numpy()
    return {
        "area": round(float(_where(region, SIDE).mean()), 4),
        **_compared(whole, right, groups),
        "most_named": _most_named(named, emperors, groups),
        "emperors": {
            str(emperor): _compared(*(part[emperors == emperor] for part in (whole, right, groups)))
            for emperor in np.unique(emperors)
        },
    }


def _most_named(named: np.ndarray, emperors: np.ndarray, groups: np.ndarray) -> dict[str, Any]:
    """A network that finds nothing to go by may give one name to all: its losses are no cause."""
    emperor = str(pd.Series(named).mode()[0])
    return {
        "emperor": emperor,
        "named": share((named == emperor).astype(int), groups).as_dict(),
        "his": round(float((emperors == emperor).mean()), 4),
    }


def _compared(whole: np.ndarray, right: np.ndarray, groups: np.ndarray) -> dict[str, Any]:
    pair = compare(whole, right, groups)
    return {
        "whole": share(whole, groups).as_dict(),
        "accuracy": share(right, groups).as_dict(),
        "difference": pair.difference.as_dict(),
        "p_value": round(pair.p_value, 6),
    }
