"""Clean the records of a collection: when was it struck, of what metal, what is not said.

    coins = clean_records(coins, journal)        # and the journal is told what was done
    others = clean(others, years=mean_years(coins))

What is filled or inferred is marked, so that nobody takes it for the museum's word.
"""

from collections import Counter

import pandas as pd

from coinvision.dataset import cleaning
from coinvision.dataset.journal import Journal

# What a record should say of a coin, beside who it is.
EXPECTED = ("year", "material", "denomination", "mint", "institution", "legend_obverse")
# A coin may be called "none.jpg": these cells are names, whatever they look like.
NAMES = ("coin_id", "file_name", "portrait", "emperor", "picture_sha256", "reason")
# Fields of which one value counts, where an export writes several into a cell.
SINGLE = ("denomination", "material", "mint", "region", "deity")
EXAMPLES = 5  # dates that cannot be read


def clean_records(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Blank what says nothing, read years, infer materials; what is filled is marked."""
    several = _several(coins)
    by_title = sum(_corrected_by_title(record) for record in coins.to_dict("records"))
    unread = _unread_dates(coins)
    coins = clean(coins)
    _say_values(several, by_title, journal)
    _say_years(coins, unread, journal)
    _say_materials(coins, journal)
    return coins


def clean(coins: pd.DataFrame, years: pd.Series | None = None) -> pd.DataFrame:
    """The same without a word.

    Args:
        coins: records with `emperor`.
        years: mean year by emperor, for coins without one; these coins' own if not given.
    """
    coins = _read_years(_take_single_values(_blank_missing(coins)))
    return _infer_materials(_fill_years(coins, mean_years(coins) if years is None else years))


def mean_years(coins: pd.DataFrame) -> pd.Series:
    """Mean year of each emperor's dated coins; there is no year 0."""
    marked = "year_filled" in coins
    dated = coins[~coins["year_filled"]] if marked else coins
    means = dated.dropna(subset="year").groupby("emperor")["year"].mean()
    return means.round().replace(0, 1).astype("Int64")


def _blank_missing(coins: pd.DataFrame) -> pd.DataFrame:
    """ "NA" and its like say nothing and become an empty cell."""
    text = [c for c in coins.columns if pd.api.types.is_string_dtype(coins[c])]
    for column in set(text) - set(NAMES):
        coins[column] = coins[column].where(~coins[column].map(cleaning.is_missing), "")
    return coins


def _take_single_values(coins: pd.DataFrame) -> pd.DataFrame:
    single = {c: coins[c].map(cleaning.first_value) for c in SINGLE if c in coins}
    return coins.assign(**single)


def _several(coins: pd.DataFrame) -> int:
    counts = [
        coins[c].map(lambda cell: len(cleaning.values(cell)) > 1) for c in SINGLE if c in coins
    ]
    return int(sum(column.sum() for column in counts))


def _read_years(coins: pd.DataFrame) -> pd.DataFrame:
    years = [_years_of(record) for record in coins.to_dict("records")]
    coins["year_from"] = pd.array([y[0] if y else None for y in years], dtype="Int64")
    coins["year_to"] = pd.array([y[1] if y else None for y in years], dtype="Int64")
    middle = [cleaning.middle_year(y) if y else None for y in years]
    coins["year"] = pd.array(middle, dtype="Int64")
    return coins


def _years_of(record: dict[str, str]) -> tuple[int, int] | None:
    """The title wins where it spells out a year BC: exports count 1 BC as the year 0 or as -1."""
    years = _years_in_fields(record)
    titled = cleaning.years_in_title(record.get("title", ""))
    ambiguous = years is None or years[0] < 0
    return titled if titled and ambiguous else years


def _years_in_fields(record: dict[str, str]) -> tuple[int, int] | None:
    first, last = record.get("year_from", ""), record.get("year_to", "")
    years = cleaning.parse_years(f"{first or last} - {last or first}")
    return years or cleaning.parse_years(record.get("date", ""))


def _corrected_by_title(record: dict[str, str]) -> bool:
    return _years_of(record) != _years_in_fields(record)


def _unread_dates(coins: pd.DataFrame) -> Counter[str]:
    """What stands where a date should, and is none, with the number of coins."""
    unread: Counter[str] = Counter()
    for record in coins.to_dict("records"):
        written = [record.get(name, "") for name in ("date", "year_from", "year_to")]
        told = [cell for cell in written if not cleaning.is_missing(cell)]
        if told and _years_of(record) is None:
            unread[told[0]] += 1
    return unread


def _fill_years(coins: pd.DataFrame, means: pd.Series) -> pd.DataFrame:
    fill = coins["emperor"].map(means).astype("Int64")
    coins["year_filled"] = coins["year"].isna() & fill.notna()
    coins["year"] = coins["year"].fillna(fill)
    return coins


def _infer_materials(coins: pd.DataFrame) -> pd.DataFrame:
    known = coins["material"] if "material" in coins.columns else pd.Series("", coins.index)
    denominations = coins.get("denomination", pd.Series("", coins.index))
    inferred = denominations.map(cleaning.infer_material).fillna("")
    coins["material_inferred"] = (known == "") & (inferred != "")
    coins["material"] = known.where(known != "", inferred)
    return coins


def _say_values(several: int, by_title: int, journal: Journal) -> None:
    if several:
        journal.say("Values", f"{several} cells hold several values; the first is kept.")
    if by_title:
        journal.say(
            "Titles",
            f"{by_title} coins are dated by their title, which spells out the era; the export's "
            "own number is missing or counts years BC from a year 0.",
            dated_by_title=by_title,
        )


def _say_years(coins: pd.DataFrame, unread: Counter[str], journal: Journal) -> None:
    filled, undated = int(coins["year_filled"].sum()), int(coins["year"].isna().sum())
    listed = ", ".join(f"“{text}” ({n})" for text, n in unread.most_common(EXAMPLES))
    odd = f" No date could be read in {unread.total()}: {listed}." if unread else ""
    journal.say(
        "Years",
        f"{len(coins) - filled - undated} coins are dated (years BC negative, the middle of a "
        f"range). {filled} without a readable date were given the mean year of the emperor's "
        f"other coins, marked year_filled; {undated} stay undated.{odd}",
        year_filled=filled,
        undated=undated,
    )


def _say_materials(coins: pd.DataFrame, journal: Journal) -> None:
    count, without = int(coins["material_inferred"].sum()), int((coins["material"] == "").sum())
    journal.say(
        "Materials",
        f"{count} coins without a material were given their denomination's (aureus gold, denarius "
        f"silver, sestertius bronze, ...), marked material_inferred; {without} stay without.",
        material_inferred=count,
        without_material=without,
    )


def missing_values(coins: pd.DataFrame) -> dict[str, int]:
    """How many coins' records lack each of `EXPECTED`, before anything was filled or inferred."""
    return {field: int(is_missing(coins, field).sum()) for field in EXPECTED}


def is_missing(coins: pd.DataFrame, field: str) -> pd.Series:
    """Which coins' records lack a field, before anything was filled or inferred."""
    if field not in coins.columns:
        return pd.Series(True, coins.index)
    empty = coins[field].isna() | (coins[field].astype("str") == "")
    marks = {"year": "year_filled", "material": "material_inferred"}
    return empty | coins[marks[field]] if field in marks else empty
