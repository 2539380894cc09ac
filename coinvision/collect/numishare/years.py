"""Years as Numishare writes them: ISO-like digits, or a text for people.

The digits are taken as they stand: "-0025" is 25 BC, as the museums mean it.
"""

import re

_DIGITS = re.compile(r"([+-]?\d{1,6})(?:\.0+)?(?:-\d{2}){0,2}(?:T.*)?")


def year(text: str) -> int | None:
    """A year from "0140", "-0025", "1989-09" or "-25"; None for anything else."""
    match = _DIGITS.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    return int(match[1]) if match else None


def years_in_words(text: str) -> tuple[int | None, int | None]:
    """First and last year of "AD 140–AD 144" or "89 B.C."; (None, None) if it cannot be read."""
    # few records need it, and it brings the whole dataset room along
    from coinvision.dataset.cleaning import parse_years

    return parse_years(text) or (None, None)
