"""A museum's own number for a coin, from `lot` and `number`, its picture's or record's address.

Museums number coins in the order in which they were cataloged, often type by type, so that
neighbors share dies, hoards, patina and a day at the camera. Neighbors mean something only within
one institution and lot. A new museum is one line in `ADDRESSES`.
"""

import re
from itertools import pairwise
from typing import NamedTuple

# Where each museum's address carries its number: named groups `number` and, where numbers start
# anew in each accession, `lot`.
ADDRESSES = (
    # American Numismatic Society: year.lot.number
    re.compile(r"numismatics\.org/.*/(?P<lot>\d+\.\d+)\.(?P<number>[0-9]{1,15})\.(?:obv|rev)\."),
    # the interactive catalogs of Berlin, Heidelberg, Münster, Düsseldorf
    re.compile(r"/mk_edit/images/n\d+/(?P<number>[0-9]{1,15})/"),
    # KENOM: institution's ISIL and record
    re.compile(r"record_(?P<lot>DE-MUS-\d+)_kenom_(?P<number>[0-9]{1,15})"),
    # Museu de Prehistòria de València
    re.compile(r"museudeprehistoria\.org/.*/(?P<number>[0-9]{1,15})-\d+\.jpg"),
    # University of Virginia: year_lot_number
    re.compile(r"coins\.lib\.virginia\.edu/.*/n(?P<lot>\d+_\d+)_(?P<number>[0-9]{1,15})_"),
    # Portable Antiquities Scheme
    re.compile(r"finds\.org\.uk/images/.*/(?P<number>[0-9]{1,15})\.jpg"),
)
# Where the address of a record does: the American Numismatic Society today and until 2016.
RECORDS = re.compile(
    r"numismatics\.org/(?:collection|search/id)/(?P<lot>\d+\.\d+)\.(?P<number>[0-9]{1,15})$"
)


class MuseumNumber(NamedTuple):
    """Numbers are comparable within the same `series` (institution and lot) only."""

    series: tuple[str, str]
    number: int


def museum_number(record: dict[str, str]) -> MuseumNumber | None:
    """The museum's number of one record, or None where it has none."""
    institution = record.get("institution", "")
    # fifteen digits: more is no number that anybody counted up to
    if re.fullmatch(r"[0-9]{1,15}", record.get("number", "")):
        return MuseumNumber((institution, record.get("lot", "")), int(record["number"]))
    picture, address = record.get("image_url", ""), record.get("record_url", "")
    matches = [*(pattern.search(picture) for pattern in ADDRESSES), RECORDS.search(address)]
    for match in filter(None, matches):
        parts = match.groupdict()
        return MuseumNumber((institution, parts.get("lot", "")), int(parts["number"]))
    return None


def runs(numbers: list[MuseumNumber | None], *, gap: int) -> list[tuple[int, int]]:
    """Pairs of positions whose numbers follow each other in one series at most `gap` apart."""
    placed = sorted((number, i) for i, number in enumerate(numbers) if number is not None)
    return [
        (i, j)
        for (a, i), (b, j) in pairwise(placed)
        if a.series == b.series and b.number - a.number <= gap
    ]
