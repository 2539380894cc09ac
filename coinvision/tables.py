"""Read a table that a person or a museum wrote, whatever program saved it."""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coinvision.errors import CollectionError

# Column names met in museum exports and in people's own tables, and what they are here.
COLUMN_ALIASES = {
    "filename": "file_name",
    "file": "file_name",
    "image": "file_name",
    "photo": "file_name",
    "id": "coin_id",
    "emperor": "portrait",
    "label": "portrait",
    "year": "date",
    "url": "image_url",
    # query.csv of a Numishare site, as of 2017 and of today
    "recordid": "coin_id",
    "uri": "record_url",
    "thumbnail_obv": "image_url",
    "coin_type_uri": "type_uri",
    "from_date": "year_from",
    "to_date": "year_to",
    "obverse_legend": "legend_obverse",
    "reverse_legend": "legend_reverse",
}


LONGEST_CELL = 1_000_000  # characters


@dataclass(frozen=True)
class Problem:
    """One row that cannot be used: its line in the CSV (the header is line 1) and why."""

    row: int
    coin_id: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row} ({self.coin_id or 'no coin_id'}): {self.reason}"


def read_table(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a CSV that a person or a museum wrote.

    Comma, semicolon or tab; UTF-8 or Windows-1252, line by line; known column names are brought
    to one form.

    Returns:
        The cells as text with `row` (place in the file, the header is 1) as first column, and the
        rows that have more cells than the header.

    Raises:
        CollectionError: no text, a column named twice, or no rows.
    """
    text = _decode(path.read_bytes())
    if "\0" in text:
        raise CollectionError(f"{path} is not a CSV (it holds zero bytes); expected text.")
    header, *records = _cells(path, text) or [[]]
    columns = _column_names(path, header)
    numbered = [(row, cells) for row, cells in enumerate(records, start=2) if cells]
    if not numbered:
        raise CollectionError(f"{path} has no rows; expected a header and one row a photograph.")
    return _as_table(columns, numbered)


def _as_table(
    columns: list[str], numbered: list[tuple[int, list[str]]]
) -> tuple[pd.DataFrame, list[Problem]]:
    problems, good = [], []
    for row, cells in numbered:
        if len(cells) > len(columns):
            reason = f"has {len(cells)} cells where the header has {len(columns)}"
            problems.append(Problem(row, "", reason))
            continue
        padded = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
        good.append([row, *padded])
    return pd.DataFrame(good, columns=["row", *columns]), problems


def _decode(data: bytes) -> str:
    """Text line by line, so that one stray byte does not garble the whole table."""
    lines = data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    return "".join(_decode_line(line) for line in lines)


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _cells(path: Path, text: str) -> list[list[str]]:
    # newline=None: line ends of Windows and of old Macs alike, inside cells too
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=_separator(text), strict=True)
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(reader)
    except csv.Error as error:
        raise CollectionError(
            f"{path} is no clean CSV: {error} near line {reader.line_num}; an unclosed quotation "
            "mark is the usual cause."
        ) from error


def _column_names(path: Path, header: list[str]) -> list[str]:
    """Column names in lower case, known aliases under their own name unless that is there too."""
    plain = [column.strip().lower().replace(" ", "_") for column in header]
    names = [COLUMN_ALIASES.get(name, name) for name in plain]
    names = [own if name in plain else name for name, own in zip(names, plain, strict=True)]
    # spreadsheets leave nameless columns behind; each keeps a name of its own
    names = [name or f"column_{i}" for i, name in enumerate(names, start=1)]
    # the place in the file is called row here
    names = ["row_recorded" if name == "row" else name for name in names]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise CollectionError(f"{path} names the columns {doubles} twice; keep one of each.")
    return names
