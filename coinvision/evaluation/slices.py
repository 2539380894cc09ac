"""The same figures for parts of the test coins: by material, age, headgear, museum, size.

slices(coins, "material", right)              # a row each: n, share right, interval
further(coins, "material", confidences)       # and macro-F1, balanced accuracy, calibration
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from coinvision.evaluation import calibration
from coinvision.evaluation.evaluating import positions
from coinvision.evaluation.metrics import all_metrics
from coinvision.intervals import share

NOT_RECORDED = "not recorded"
# Diameters of the coin in the photograph, in pixels, up to which a picture counts as so large.
SIZES = ((112, "below 112 px"), (160, "112 to 159 px"), (320, "160 to 319 px"))
LARGEST = "320 px and more"


def _as_recorded(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    def recorded(coins: pd.DataFrame) -> pd.Series:
        said = coins[column].astype(object).fillna("").astype(str) if column in coins else ""
        return pd.Series(said, coins.index).replace("", NOT_RECORDED)

    return recorded


def _half_century(coins: pd.DataFrame) -> pd.Series:
    years = coins["year"] if "year" in coins else pd.Series(np.nan, coins.index)
    return pd.Series([_span_of(year) for year in years], coins.index)


def _span_of(year: float) -> str:
    if pd.isna(year):
        return NOT_RECORDED
    # there is no year 0: AD 1 to 50, 50 to 1 BC
    if year > 0:
        first = 50 * ((int(year) - 1) // 50) + 1
        return f"AD {first:03d} to {first + 49:03d}"
    last = 50 * ((-int(year) - 1) // 50) + 1
    return f"{last + 49:03d} to {last:03d} BC"


def _size(coins: pd.DataFrame) -> pd.Series:
    def name(radius: float) -> str:
        if pd.isna(radius):
            return NOT_RECORDED
        return next((name for limit, name in SIZES if 2 * radius < limit), LARGEST)

    return coins["disc_radius"].map(name)


SLICES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "material": _as_recorded("material"),
    "denomination": _as_recorded("denomination"),
    "half-century": _half_century,
    "headgear": _as_recorded("headgear"),
    "what the label rests on": _as_recorded("label_basis"),
    "museum": _as_recorded("institution"),
    "size of the coin in the picture": _size,
}


def slices(coins: pd.DataFrame, name: str, right: np.ndarray) -> pd.DataFrame:
    """Each part of the coins, with the share that was named rightly.

    Args:
        coins: rows of a run's coins.csv.
        name: a key of `SLICES`; its parts hold every coin exactly once.
        right: whether each coin was named rightly.

    Returns:
        Columns `part`, `n`, `value`, `low`, `high` (95 % interval), sorted by part.
    """
    parts, groups = SLICES[name](coins).to_numpy(), coins["group"].to_numpy()
    rows = []
    for part in sorted(set(parts)):
        inside = parts == part
        figure = share(right[inside], groups[inside])
        rows.append({"part": part, **figure.as_dict()})
    return pd.DataFrame(rows)[["part", "n", "value", "low", "high"]]


def further(coins: pd.DataFrame, name: str, confidences: np.ndarray) -> list[dict[str, Any]]:
    """What `slices` leaves out: figures that weigh emperors alike, and how honest the network is.

    Args:
        coins: rows of a run's coins.csv, with whom the network `predicted`.
        name: a key of `SLICES`.
        confidences: calibrated probability of the emperor that was named, of each coin.

    Returns:
        A row a part, in their order: `macro_f1` and `balanced_accuracy` with n and interval (of the
        emperors on its coins, and those named there), `calibration_error` beside the range of a
        perfectly calibrated network, `perfect_from` and `perfect_to`.
    """
    parts = SLICES[name](coins).to_numpy()
    names = sorted({*coins["emperor"], *coins["predicted"]})
    return [
        {"part": part, **_further(coins[parts == part], confidences[parts == part], names)}
        for part in sorted(set(parts))
    ]


def _further(coins: pd.DataFrame, confidences: np.ndarray, names: list[str]) -> dict[str, Any]:
    labels, predicted = (positions(names, coins[c]) for c in ("emperor", "predicted"))
    found = all_metrics(labels, predicted, coins["group"].to_numpy(), names)
    low, high = calibration.perfect_range(confidences)
    return {
        **{figure: found[figure] for figure in ("macro_f1", "balanced_accuracy")},
        "calibration_error": calibration.calibration_error(confidences, labels == predicted),
        "perfect_from": low,
        "perfect_to": high,
    }
