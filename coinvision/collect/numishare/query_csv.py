"""Read `query.csv`, the only answer of Numishare with thousands of records at once.

    for record in read_query_csv(text): ...

The columns of 2016 (`Year`, several values in a cell joined by "|") and of today (`From Date`,
`To Date`, thumbnails, "||") are both read. It names portraits without their side.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from coinvision.collect.numishare.markup import collapse
from coinvision.collect.numishare.nuds import MANUFACTURES
from coinvision.collect.numishare.portraits import AUTHORITY, SOME_SIDE, first_portrait
from coinvision.collect.numishare.years import year, years_in_words
from coinvision.errors import PageError

LONGEST_CELL = 1_000_000  # characters
# the key of a record: the column's name in plain letters
SINGLE = {
    "record_id": "recordid",
    "title": "title",
    "material": "material",
    "mint": "mint",
    "region": "region",
    "deity": "deity",
    "type_uri": "cointypeuri",
    "record_url": "uri",
    "institution": "collection",
}
LEGENDS = {"legend_obverse": "obverselegend", "legend_reverse": "reverselegend"}
THUMBNAILS = {"obverse": "thumbnailobv", "reverse": "thumbnailrev"}


def read_query_csv(
    text: str | Iterable[str], *, url: str = "the table"
) -> Iterator[dict[str, Any]]:
    """Each record of a `query.csv`, one by one.

    Args:
        text: the table, or its lines with their ends (an open file).
        url: where it came from, for messages.

    Yields:
        The keys of `read_nuds`, and `record_url`, `institution` and `portraits` (all the names
        in that column; `portrait` is the first, on whichever side it stands).

    Raises:
        PageError: no header with a `URI` or `RecordId`, a row with more or fewer cells than the
            header, or an unclosed quotation mark; names the line.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text, newline="") if isinstance(text, str) else text
    rows = csv.reader(lines, strict=True)
    try:
        columns = [_plain(name) for name in next(rows, [])]
        if not {"uri", "recordid"} & set(columns):
            raise PageError(
                f"{url} is no query.csv: its first line names neither URI nor RecordId."
            )
        for cells in rows:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise PageError(
                    f"{url} has {len(cells)} cells in line {rows.line_num} where its header has "
                    f"{len(columns)}."
                )
            yield _record(dict(zip(columns, cells, strict=True)))
    except (csv.Error, UnicodeDecodeError) as error:
        raise PageError(f"{url} is no clean CSV near line {rows.line_num}: {error}.") from error


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold())


def _record(row: dict[str, str]) -> dict[str, Any]:
    """A row's facts. Before `From Date` came, one "|" parted values in every column."""
    record = {key: _first(_values(row, column)) for key, column in SINGLE.items()}
    mark = "||" if "fromdate" in row else "|"
    for key, column in LEGENDS.items():
        record[key] = _first(map(collapse, row.get(column, "").split(mark)))
    record["record_id"] = record["record_id"] or _last_part(record["record_url"] or "")
    portraits, authority = _values(row, "portrait"), _values(row, "authority")
    portrait, source = first_portrait((portraits, SOME_SIDE), (authority, AUTHORITY))
    year_from, year_to = _years(row)
    return {
        **record,
        "portrait": portrait,
        "portrait_source": source,
        "portraits": portraits,
        "authority": authority,
        "issuer": _values(row, "issuer"),
        "denomination": _first(
            value for value in _values(row, "denomination") if value.casefold() not in MANUFACTURES
        ),
        "year_from": year_from,
        "year_to": year_to,
        "images": _images(row),
    }


def _values(row: dict[str, str], column: str) -> list[str]:
    values = map(collapse, row.get(column, "").split("|"))
    return [value for value in values if value]


def _first(values: Iterable[str]) -> str | None:
    return next((value for value in values if value), None)


def _last_part(url: str) -> str | None:
    return url.split("?")[0].rstrip("/").rsplit("/", 1)[-1] or None


def _years(row: dict[str, str]) -> tuple[int | None, int | None]:
    if "fromdate" in row or "todate" in row:
        return _year(row, "fromdate", 0), _year(row, "todate", 1)
    years = [found for value in _values(row, "year") if (found := year(value)) is not None]
    return (min(years), max(years)) if years else (None, None)


def _year(row: dict[str, str], column: str, end: int) -> int | None:
    said = _first(_values(row, column)) or ""
    digits = year(said)
    return years_in_words(said)[end] if digits is None and said else digits


def _images(row: dict[str, str]) -> dict[str, dict[str, str]]:
    found = {side: _first(_values(row, column)) for side, column in THUMBNAILS.items()}
    return {side: {"thumbnail": url} for side, url in found.items() if url}
