"""Who is who on Roman imperial coins: one table from the name forms in records to canonical names.

    find("Divus Hadrian").name    -> "Hadrian"
    find("Maximianus").reign      -> (286, 305)
    find("Salonina").ruled        -> False
    find("Minerva")               -> None
    nearest("Hadrianvs")          -> ("Hadrian", 0.89)

The table is `emperors.csv` beside this file: name, aliases separated by "|", role, reign (years
AD, negative = BC), dynasty, Nomisma id and where each of these was read. A role is `ruler`
(Augustus, Caesar in office, or one who struck coins as such), `lady` of the house, or `other` (a
prince who never held office, a father, a favorite). An alias that only some readers would accept
stands apart as a person of its own.
"""

import csv
import difflib
import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources

TABLE = "emperors.csv"
# Deified persons are the same persons: "Divus Hadrian", "Hadrian Divus", "Divvs Hadrian".
_DEIFIED = re.compile(r"\b(di[vu][uvao]s?|deified)\b")
RULER = "ruler"
# From this likeness on a name is worth asking for; Minerva and Nerva are 0.83 alike.
NEAR = 0.85


@dataclass(frozen=True)
class Person:
    """One person portrayed on coins; `reign` and `nomisma` are None where no source shows them."""

    name: str
    reign: tuple[int, int] | None
    dynasty: str
    nomisma: str | None
    role: str

    @property
    def ruled(self) -> bool:
        """Whether this is an emperor: Augustus, Caesar in office, or one who claimed to be."""
        return self.role == RULER


def find(written: str) -> Person | None:
    """The person that a record's name form means, or None if the table does not know it."""
    return _by_form().get(_form(written))


def nearest(written: str) -> tuple[str, float] | None:
    """The canonical name whose form is most like a written one, and how like, from 0 to 1.

    The likeness is difflib's: twice the letters in common over all letters. None if no form has
    a letter in common.
    """
    form = _form(written)
    near = difflib.get_close_matches(form, _by_form(), n=1, cutoff=0.01)
    if not near:
        return None
    likeness = difflib.SequenceMatcher(None, near[0], form).ratio()
    return _by_form()[near[0]].name, likeness


def nearest_name(written: str) -> str | None:
    """The canonical name whose form is nearest to a misspelt one, or None if none is near."""
    found = nearest(written)
    return found[0] if found and found[1] >= NEAR else None


@functools.cache
def people() -> tuple[Person, ...]:
    """Everyone in the table, in its order."""
    return tuple(_person(row) for row in _rows())


@functools.cache
def _by_form() -> dict[str, Person]:
    forms: dict[str, Person] = {}
    for row, person in zip(_rows(), people(), strict=True):
        for written in (row["name"], *filter(None, row["aliases"].split("|"))):
            if forms.setdefault(_form(written), person) is not person:
                raise ValueError(f"{TABLE}: {written} names two persons")
    return forms


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files("coinvision").joinpath(TABLE).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _person(row: dict[str, str]) -> Person:
    reign = (int(row["reign_from"]), int(row["reign_to"])) if row["reign_from"] else None
    return Person(row["name"], reign, row["dynasty"], row["nomisma"] or None, row["role"])


def _form(written: str) -> str:
    """What counts of a name: letters without accents, one space, no case, no "Divus"."""
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().casefold()
    return " ".join(_DEIFIED.sub(" ", plain).replace(",", " ").split())
