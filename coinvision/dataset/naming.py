"""Who is shown: one emperor a coin, from the portrait that its record names.

What cannot be a label is left out with its reason: no portrait, several, an unknown name, a
person who never ruled. A coin without a portrait whose authority is known is kept apart as
inferred, since the authority is not always the person shown.
"""

from collections import Counter
from typing import Any

import pandas as pd

from coinvision.dataset import cleaning
from coinvision.dataset.journal import Journal
from coinvision.emperors import Person, find, nearest, nearest_name
from coinvision.errors import DatasetError

# What a column portrait_source says where the portrait is not one of the obverse.
FROM_AUTHORITY, FROM_REVERSE = "authority", "reverse"


def set_apart_inferred(coins: pd.DataFrame, journal: Journal) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the coins whose emperor is known by the authority alone from the others.

    Args:
        coins: records with `portrait`; of use here are `authority` and `portrait_source` too.
        journal: is told how many there are.

    Returns:
        The other coins, and those inferred with the authority's canonical name as `emperor`.

    Raises:
        DatasetError: there is no column portrait.
    """
    if "portrait" not in coins.columns:
        raise DatasetError(
            "The collection has no column portrait; expected the name of the person shown."
        )
    coins = _without_portraits_of_authorities(coins)
    missing = coins["portrait"].map(cleaning.is_missing)
    authorities = coins["authority"] if "authority" in coins else pd.Series("", coins.index)
    emperors = emperors_of(authorities)
    where = missing & (emperors != "")
    inferred = coins[where].assign(emperor=emperors[where]).reset_index(drop=True)
    if len(inferred):
        journal.say(
            "Inferred",
            f"{len(inferred)} coins without a portrait have a known authority. It is not always "
            "the person shown, so they are kept apart in inferred.csv and teach no network.",
            inferred=len(inferred),
        )
    return coins[~where].reset_index(drop=True), inferred


def _without_portraits_of_authorities(coins: pd.DataFrame) -> pd.DataFrame:
    """A portrait that was taken from the authority is none; it stands as the authority."""
    if "portrait_source" not in coins:
        return coins
    taken = coins["portrait_source"] == FROM_AUTHORITY
    authority = coins["authority"] if "authority" in coins else coins["portrait"].where(taken, "")
    return coins.assign(portrait=coins["portrait"].where(~taken, ""), authority=authority)


def emperors_of(names: pd.Series) -> pd.Series:
    """The one emperor that each cell names, or "" where it is another, several or unknown."""
    known = {cell: _emperor_of(cell) for cell in names.unique()}
    return names.map(known)


def _emperor_of(cell: str) -> str:
    people = _people(cell)
    one = people[0] if len(people) == 1 else None
    return one.name if one and one.ruled else ""


def _people(cell: str) -> list[Person | None]:
    """The different persons that a cell names; None stands for the unknown ones."""
    return list(dict.fromkeys(find(value) for value in cleaning.values(cell)))


def name_emperors(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """The class is the canonical name of the portrait, never of the authority."""
    missing = coins["portrait"].map(cleaning.is_missing).to_numpy()
    coins = journal.leave_out(coins, missing, "no portrait recorded")
    if "portrait_source" in coins:
        elsewhere = (coins["portrait_source"] == FROM_REVERSE).to_numpy()
        coins = journal.leave_out(coins, elsewhere, "portrait on the reverse, not on the obverse")
    faults = {name: _fault(name) for name in sorted(coins["portrait"].unique())}
    for name, fault in faults.items():
        if fault:
            coins = journal.leave_out(coins, (coins["portrait"] == name).to_numpy(), fault)
    coins["emperor"] = emperors_of(coins["portrait"])
    renamed = Counter(
        (a, b) for a, b in zip(coins["portrait"], coins["emperor"], strict=True) if a != b
    )
    listed = "; ".join(f"{a} is {b} ({n})" for (a, b), n in sorted(renamed.items()))
    journal.say(
        "Names",
        f"The emperor is the person portrayed. Renamed: {listed or 'none'}.",
        renamed=sum(renamed.values()),
    )
    return coins


def _fault(name: str) -> str:
    """Why a portrait of that name is no label; "" where it is one."""
    people = _people(name)
    if len(people) > 1:
        return f"portraits of several persons ({' and '.join(cleaning.values(name))})"
    if people[0] is None:
        near = nearest_name(name)
        hint = f"; is {near} meant?" if near else ""
        return f"portrait {name} is not in the table of emperors{hint}"
    return "" if people[0].ruled else f"{people[0].name} is known, but was no emperor"


def unknown_names(records: pd.DataFrame) -> list[dict[str, Any]]:
    """Names that the table does not know, the commonest first.

    Args:
        records: left out; their portraits, or the authorities of those without.

    Returns:
        Each name with its `coins`, the `nearest` known name ("" if no letter fits) and its
        `likeness` from 0 to 1: for a person to judge, never to be taken over.
    """
    nothing = [""] * len(records)
    cells = zip(records.get("portrait", nothing), records.get("authority", nothing), strict=True)
    written = [cleaning.values(portrait) or cleaning.values(other) for portrait, other in cells]
    counts = Counter(name for names in written for name in set(names) if find(name) is None)
    rows = []
    for name, coins in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        near, likeness = nearest(name) or ("", 0.0)
        rows.append({"name": name, "coins": coins, "nearest": near, "likeness": round(likeness, 2)})
    return rows
