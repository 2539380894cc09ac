"""What a cell of a record means: years, materials, missing values.

Dates follow the forms met in museum records: "25 BC - 23 BC", "AD 140–AD 144", "A.D. 69",
"c. 28-27 BC", "145.0", "-25", "-25|-23", "NA". A year BC is negative; there is no year 0.
"""

import re

MISSING = {"", "na", "n/a", "nan", "none", "null", "unknown", "uncertain", "-", "?"}

_BEFORE = r"b\.?\s*c\.?(?:\s*e\.?)?"
_AFTER = r"(?:a\.?\s*d\.?|c\.?\s*e\.?)"
_YEAR = rf"({_BEFORE}|{_AFTER})?\s*(-?\d{{1,4}})(?:\.0+)?\s*({_BEFORE}|{_AFTER})?"
_HEDGE = r"(?:ca?\.?|circa|about|around)?\s*"
_DATE = re.compile(
    rf"{_HEDGE}{_YEAR}(?:\s*(?:-|–|—|to|until|/|\|+)\s*{_HEDGE}{_YEAR})?", re.IGNORECASE
)
# A museum's title spells the date out: "Bronze Denarius of Augustus, 27 BC - AD 14. 1944.27.9".
_SPELT = r"(?:\d{1,4} BC|AD \d{1,4})"
_TITLED = re.compile(rf", ({_SPELT}(?:\s*[-–]\s*{_SPELT})?)(?=[.,]|$)")
# Several values of a field in one cell: "|" until 2017, "||" since.
_SEVERAL = re.compile(r"\s*\|+\s*")
# How a coin was made, which exports write among its denominations.
MANUFACTURES = {"struck", "cast"}
# Roman imperial coinage and what museums catalog with it; anything else is a misread number.
EARLIEST, LATEST = -400, 800

GOLD = ("aureus", "solidus", "semissis", "tremissis", "gold multiple")
SILVER = (
    "denarius",
    "quinarius",
    "cistophorus",
    "drachm",
    "drachma",
    "didrachm",
    "tridrachm",
    "hemidrachm",
    "siliqua",
    "reduced siliqua",
    "miliarensis",
    "light miliarensis",
)
BRONZE = (
    "sestertius",
    "dupondius",
    "as",
    "semis",
    "quadrans",
    "nummus",
    "follis",
    "centenionalis",
    "maiorina",
    "ae",
    "ae1",
    "ae2",
    "ae3",
    "ae4",
)


def is_missing(cell: str) -> bool:
    """Whether a cell says nothing ("", "NA", "uncertain")."""
    return cell.strip().casefold() in MISSING


def parse_years(text: str) -> tuple[int, int] | None:
    """First and last year of a date, or None where it says nothing or cannot be read.

    Args:
        text: a date as a record has it.

    Returns:
        (from, to), negative = BC, from <= to; both the same for a single year.
    """
    match = _DATE.fullmatch(re.sub(r"\(\?\)|\?", "", text).replace("\N{MINUS SIGN}", "-").strip())
    if match is None:
        return None
    before, first, after, last_before, last, last_after = match.groups()
    first_era, last_era = before or after, last_before or last_after
    if last is None:
        return _checked(_signed(first, first_era), _signed(first, first_era))
    if _is_bc(first_era) and last_era is None:
        return None  # "25 BC - 23": either era could be meant
    # "28-27 BC": the era stands once, behind the range
    start, end = _signed(first, first_era or last_era), _signed(last, last_era)
    if 0 < end < start and len(last) < len(first):
        end = int(first[: len(first) - len(last)] + last)  # "193-4" is 193 to 194
    return _checked(start, end)


def years_in_title(title: str) -> tuple[int, int] | None:
    """First and last year that a museum's title spells out with their eras, or None."""
    found = _TITLED.findall(title)
    return parse_years(found[-1]) if found else None


def values(cell: str) -> list[str]:
    """The values of a cell that may hold several: "Augustus|Agrippa"; without empty ones."""
    return [value for value in _SEVERAL.split(cell.strip()) if not is_missing(value)]


def first_value(cell: str) -> str:
    """The first of several values, leaving out how the coin was made; "" if there is none."""
    named = [value for value in values(cell) if value.casefold() not in MANUFACTURES]
    return named[0] if named else ""


def _checked(start: int, end: int) -> tuple[int, int] | None:
    possible = all(year != 0 and EARLIEST <= year <= LATEST for year in (start, end))
    return (start, end) if possible and start <= end else None


def _signed(digits: str, era: str | None) -> int:
    return -abs(int(digits)) if _is_bc(era) else int(digits)


def _is_bc(era: str | None) -> bool:
    return era is not None and era.lower().startswith("b")


def middle_year(years: tuple[int, int]) -> int:
    """The middle of a range, rounded down, stepping over the year 0 that never was."""
    middle = (years[0] + years[1]) // 2
    return middle or 1


def infer_material(denomination: str) -> str | None:
    """The metal that a denomination was struck in, or None where it was struck in several.

    Antoniniani and tetradrachms went from silver to bronze, so they tell nothing.
    """
    plain = re.sub(r"^(small|large|reduced)\s+(?=ae)", "", denomination.strip().casefold())
    if plain in GOLD or plain.endswith("aureus"):
        return "Gold"
    if plain in SILVER:
        return "Silver"
    return "Bronze" if plain in BRONZE or re.match(r"ae[ \d]", plain) else None
