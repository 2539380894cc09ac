"""Put a prepared dataset into words and files: its coins, those inferred, those left out."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coinvision.collection import Collection
from coinvision.dataset import naming, records, report, stored
from coinvision.dataset.drawn import is_drawn
from coinvision.dataset.journal import Journal

FIRST = ("coin_id", "file_name", "emperor", "group", "fold")


@dataclass(frozen=True)
class Everyone:
    """All records of a collection: the dataset's coins, those inferred, those left out."""

    coins: pd.DataFrame
    inferred: pd.DataFrame
    left_out: pd.DataFrame


def write(
    folder: Path,
    found: Everyone,
    collection: Collection,
    settings: dict[str, Any],
    journal: Journal,
) -> stored.Dataset:
    """Write the folder of a dataset, with its description and its report.

    Args:
        folder: where it goes.
        found: the cleaned coins; records inferred and left out as they were read.
        collection: where they come from.
        settings: as they were chosen.
        journal: what was decided.
    """
    first = [c for c in FIRST if c in found.coins.columns]
    coins = found.coins[first + [c for c in found.coins.columns if c not in (*first, "row")]]
    unknown = naming.unknown_names(found.left_out)
    description = {
        **_source(collection, coins),
        "settings": settings,
        "coins": len(coins),
        "emperors": coins["emperor"].value_counts().to_dict(),
        "inferred": found.inferred["emperor"].value_counts().to_dict(),
        "left_out": dict(Counter(found.left_out["reason"])),
        "unknown_names": unknown,
        "counts": journal.counts,
        "missing": records.missing_values(coins),
        **journal.facts,
        "steps": journal.steps,
    }
    text = report.render(collection.name, coins, journal, unknown, description["inferred"])
    return stored.write(folder, _cleaned(coins, found), description, text)


def _source(collection: Collection, coins: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": collection.name,
        "photographs": collection.folder is not None,
        "drawn": is_drawn(coins),
        "collection": str(collection.folder.resolve()) if collection.folder else None,
    }


def _cleaned(coins: pd.DataFrame, found: Everyone) -> dict[str, pd.DataFrame]:
    """The tables of the folder by file name; a missing year is the mean of the dataset's coins."""
    years = records.mean_years(coins)
    portraits = found.left_out.get("portrait", pd.Series("", found.left_out.index))
    left_out = found.left_out.assign(emperor=naming.emperors_of(portraits))
    return {
        stored.COINS: coins,
        stored.INFERRED: records.clean(found.inferred, years),
        stored.LEFT_OUT: records.clean(left_out, years),
    }
