"""Write the collection's table from the journal, coin by coin, so that memory stays flat."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from coinvision.collect.coins import Coin
from coinvision.collect.journal import Journal
from coinvision.collect.numishare import addresses
from coinvision.collection import METADATA
from coinvision.files import written_aside

LONGEST_NAME = 120  # characters; file systems take 255 bytes
_CHUNK = 100  # rows that are in memory at once
BETWEEN = "|"  # several names in one cell, as in museum exports
_AS_READ = ("portrait", "portrait_source", "authority", "issuer", "denomination", "material",
            "mint", "region", "deity", "year_from", "year_to", "legend_obverse", "legend_reverse",
            "title", "type_uri")  # fmt: skip
COLUMNS = ("file_name", "coin_id", *_AS_READ, "institution", "lot", "number", "record_url",
           "image_url")  # fmt: skip


def file_name(coin_id: str) -> str:
    """Where a coin's photograph lies in the collection: a name that every system can hold."""
    name = quote(coin_id, safe="()")
    if len(name) > LONGEST_NAME:
        name = f"{name[:100]}-{hashlib.sha256(coin_id.encode()).hexdigest()[:12]}"
    return f"images/{name}.jpg"


def write_metadata(folder: Path, journal: Journal, site: str, limit: int | None) -> int:
    """Write `metadata.csv` at a stroke: the coins with a photograph, in the order of the list.

    Returns:
        How many coins it has.
    """
    num_coins = 0
    with written_aside(folder / METADATA) as aside:
        with aside.open("w", newline="", encoding="utf-8") as lines:
            table = csv.writer(lines, lineterminator="\n")
            table.writerow(COLUMNS)
            for coin in _coins(journal, limit):
                table.writerow(_row(coin, site))
                num_coins += 1
    return num_coins


def _coins(journal: Journal, limit: int | None) -> Iterator[Coin]:
    left = limit
    last: Coin | None = None
    while left is None or left > 0:
        chunk = journal.pictured(last, min(left or _CHUNK, _CHUNK))
        if not chunk:
            return
        yield from chunk
        last = chunk[-1]
        left = None if left is None else left - len(chunk)


def _row(coin: Coin, site: str) -> list[object]:
    record = coin.record
    lot, number = addresses.lot_and_number(coin.coin_id)
    held_by = record.get("institution") or addresses.institution(site)
    image_url = coin.picture.url if coin.picture else None
    return [
        file_name(coin.coin_id),
        coin.coin_id,
        *(_cell(record[name]) for name in _AS_READ),
        held_by,
        lot,
        number,
        record["record_url"] or "",
        image_url,
    ]


def _cell(value: object) -> object:
    if isinstance(value, list):
        return BETWEEN.join(value)
    return "" if value is None else value
