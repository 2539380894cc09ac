"""How well the emperor is guessed without a look at the coin: what a split lets through.

    leakage(coins, alike, seed=0)      # facts for dataset.json and the report

Two kinds of probe, each asked about coins of one fold with the answers of the four others. The
number probe takes the emperor of the nearest museum number, as if catalog order were all; the
record probes take the commonest emperor of a material, denomination, museum or all of them. Both
are asked under the dataset's own folds and under random ones: what the number knows more there is
what a random split may leak (Kapoor & Narayanan 2023, Leakage and the reproducibility crisis).
"""

from typing import Any

import numpy as np
import pandas as pd

from coinvision.dataset import folds
from coinvision.intervals import Figure, share

NUMBER = "nearest museum number"
RECORDS = {
    "material": ("material",),
    "denomination": ("denomination",),
    "museum": ("institution",),
    "material, denomination and museum": ("material", "denomination", "institution"),
}


def leakage(coins: pd.DataFrame, same: list[tuple[int, int]], *, seed: int) -> dict[str, Any]:
    """What the folds let through, and what random folds would.

    Args:
        coins: with emperor, group, fold, and what records tell of `institution`, `lot`, `number`.
        same: positions of photographs that show the same coin or die, or are the same file.
        seed: of the random folds.

    Returns:
        `groups`, `largest` (an emperor's largest group, as a share of its coins), `probes` (a row
        each: probe, folds, n, value, low, high) and `torn` (pairs of `same` in different folds),
        by the folds `own` and `random`.
    """
    emperors = coins["emperor"].to_numpy(dtype=object)
    groups = coins["group"].to_numpy(dtype=int)
    random = folds.assign(list(emperors), None, seed=seed)
    kinds = {"own": coins["fold"].to_numpy(dtype=int), "random": random}
    rows = [
        {"probe": probe, "folds": kind, **figure.as_dict()}
        for kind, fold in kinds.items()
        for probe, figure in _probes(coins, emperors, fold).items()
    ]
    return {
        "groups": len(np.unique(groups)),
        "largest": _largest(coins),
        "probes": rows,
        "torn": {
            kind: sum(bool(fold[i] != fold[j]) for i, j in same) for kind, fold in kinds.items()
        },
    }


def by_number(coins: pd.DataFrame, emperors: np.ndarray, fold: np.ndarray) -> pd.Series:
    """The emperor of the nearest number of other folds in a coin's own series.

    Only coins that have a number are in the result; a coin whose series has none in other folds
    gets the commonest emperor of these.
    """
    numbered = _numbered(coins).assign(emperor=emperors, fold=fold).dropna(subset="number")
    numbered = numbered.astype({"number": int}).sort_values("number", kind="stable")
    guesses = [pd.Series(dtype=object)]
    for held_out, asked in numbered.groupby("fold"):
        known = numbered.loc[numbered["fold"] != held_out, ["series", "number", "emperor"]]
        near = pd.merge_asof(
            asked.drop(columns="emperor"), known, on="number", by="series", direction="nearest"
        )
        found = near["emperor"].fillna(_commonest(emperors[fold != held_out]))
        guesses.append(found.set_axis(asked.index))
    return pd.concat(guesses)


def by_record(
    coins: pd.DataFrame, columns: tuple[str, ...], emperors: np.ndarray, fold: np.ndarray
) -> np.ndarray:
    """The commonest emperor of the same record in other folds; of all where it is not there."""
    values = coins[list(columns)].astype(str).agg("|".join, axis=1)
    guesses = np.empty(len(coins), dtype=object)
    for held_out in np.unique(fold):
        known = fold != held_out
        table = pd.Series(emperors[known]).groupby(values[known].to_numpy()).agg(_commonest)
        fallback = _commonest(emperors[known])
        guesses[~known] = values[~known].map(table).fillna(fallback)
    return guesses


def _probes(coins: pd.DataFrame, emperors: np.ndarray, fold: np.ndarray) -> dict[str, Figure]:
    numbered = by_number(coins, emperors, fold)
    right = numbered == emperors[numbered.index]
    groups = coins["group"]
    own = groups[numbered.index].to_numpy()
    probes = {NUMBER: share(right.to_numpy(), own)} if len(right) else {}
    for name, columns in RECORDS.items():
        if all(column in coins and (coins[column] != "").any() for column in columns):
            guesses = by_record(coins, columns, emperors, fold)
            probes[name] = share(guesses == emperors, groups.to_numpy())
    return probes


def _numbered(coins: pd.DataFrame) -> pd.DataFrame:
    """Each coin's number and the series, an institution's lot, within which it means something."""
    where = coins.reindex(columns=["institution", "lot"], fill_value="").astype(str)
    number = coins["number"] if "number" in coins else pd.NA
    return pd.DataFrame({"series": where.agg("|".join, axis=1), "number": number}, coins.index)


def _largest(coins: pd.DataFrame) -> dict[str, float]:
    sizes = coins.groupby("emperor")["group"]
    return {
        str(emperor): round(float(own.value_counts(normalize=True).iloc[0]), 4)
        for emperor, own in sizes
    }


def _commonest(emperors: np.ndarray | pd.Series) -> str:
    """The commonest name; of several, the first in the alphabet."""
    return str(pd.Series(emperors).mode().iloc[0])
