"""Clean the records of a collection: who is shown, when, of what metal.

Each step takes the table and the journal, and says in the journal what it did.
"""

from collections import Counter

import pandas as pd

from coinvision.dataset import cleaning
from coinvision.dataset.journal import Journal
from coinvision.emperors import find, nearest_name
from coinvision.errors import DatasetError

# What a record should say of a coin, beside who it is.
EXPECTED = ("year", "material", "denomination", "mint", "institution", "legend_obverse")
# A coin may be called "none.jpg": these cells are names, whatever they look like.
NAMES = ("coin_id", "file_name", "portrait", "emperor", "picture_sha256")


def name_emperors(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """The class is the canonical name of the portrait, never of the authority."""
    if "portrait" not in coins.columns:
        raise DatasetError(
            "The collection has no column portrait; expected the name of the person shown."
        )
    written = coins["portrait"]
    missing = written.map(cleaning.is_missing).to_numpy()
    coins = journal.leave_out(coins, missing, "no portrait recorded")
    people = {name: find(name) for name in coins["portrait"].unique()}
    for name in sorted(name for name, person in people.items() if person is None):
        coins = journal.leave_out(coins, (coins["portrait"] == name).to_numpy(), _unknown(name))
    coins["emperor"] = [people[name].name for name in coins["portrait"]]  # type: ignore[union-attr]
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


def _unknown(name: str) -> str:
    near = nearest_name(name)
    hint = f"; is {near} meant?" if near else ""
    return f"portrait {name} is not in the table of emperors{hint}"


def clean_records(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Blank what says nothing, read years, infer materials; what is filled is marked."""
    coins = _blank_missing(coins)
    coins = _read_years(coins, journal)
    return _infer_materials(coins, journal)


def _blank_missing(coins: pd.DataFrame) -> pd.DataFrame:
    """ "NA" and its like say nothing and become an empty cell."""
    text = [c for c in coins.columns if pd.api.types.is_string_dtype(coins[c])]
    for column in set(text) - set(NAMES):
        coins[column] = coins[column].where(~coins[column].map(cleaning.is_missing), "")
    return coins


def _read_years(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    years = [_years_of(record) for record in coins.to_dict("records")]
    coins["year_from"] = pd.array([y[0] if y else None for y in years], dtype="Int64")
    coins["year_to"] = pd.array([y[1] if y else None for y in years], dtype="Int64")
    middle = pd.array([cleaning.middle_year(y) if y else None for y in years], dtype="Int64")
    coins["year"] = middle
    medians = coins.dropna(subset="year").groupby("emperor")["year"].median()
    fill = coins["emperor"].map(medians.round().replace(0, 1).astype("Int64"))
    coins["year_filled"] = coins["year"].isna() & fill.notna()
    coins["year"] = coins["year"].fillna(fill)
    filled = int(coins["year_filled"].sum())
    without = int(coins["year"].isna().sum())
    journal.say(
        "Years",
        f"{int(pd.notna(middle).sum())} coins are dated (years BC negative, the middle of a "
        f"range). {filled} without a readable date were given the median year of the emperor's "
        f"other coins, marked year_filled; {without} stay undated.",
        year_filled=filled,
        undated=without,
    )
    return coins


def _years_of(record: dict[str, str]) -> tuple[int, int] | None:
    first, last = record.get("year_from", ""), record.get("year_to", "")
    years = cleaning.parse_years(f"{first or last} - {last or first}")
    return years or cleaning.parse_years(record.get("date", ""))


def _infer_materials(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    known = coins["material"] if "material" in coins.columns else pd.Series("", coins.index)
    denominations = coins.get("denomination", pd.Series("", coins.index))
    inferred = denominations.map(cleaning.infer_material).fillna("")
    coins["material_inferred"] = (known == "") & (inferred != "")
    coins["material"] = known.where(known != "", inferred)
    count = int(coins["material_inferred"].sum())
    without = int((coins["material"] == "").sum())
    journal.say(
        "Materials",
        f"{count} coins without a material were given their denomination's (aureus gold, denarius "
        f"silver, sestertius bronze, ...), marked material_inferred; {without} stay without.",
        material_inferred=count,
        without_material=without,
    )
    return coins


def missing_values(coins: pd.DataFrame) -> dict[str, int]:
    """How many coins' records lack each of `EXPECTED`, before anything was filled or inferred."""
    gaps = {field: _empty(coins, field) for field in EXPECTED}
    gaps["year"] |= coins["year_filled"]
    gaps["material"] |= coins["material_inferred"]
    return {field: int(empty.sum()) for field, empty in gaps.items()}


def _empty(coins: pd.DataFrame, field: str) -> pd.Series:
    if field not in coins.columns:
        return pd.Series(True, coins.index)
    return coins[field].isna() | (coins[field].astype("str") == "")
