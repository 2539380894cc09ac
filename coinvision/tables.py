"""Read a table that a person or a museum wrote, whatever program saved it."""

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
}


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

    Comma, semicolon or tab; UTF-8 or Windows-1252; known column names are brought to one form.

    Returns:
        The cells as text with `row` (place in the file, the header is 1) as first column, and the
        rows that have more cells than the header.

    Raises:
        CollectionError: no text, a column named twice, or no rows.
    """
    text = _decode(path.read_bytes())
    if "\0" in text:
        raise CollectionError(f"{path} is not a CSV (it holds zero bytes); expected text.")
    header, *records = list(csv.reader(io.StringIO(text), delimiter=_separator(text))) or [[]]
    columns = [_column_name(column) for column in header]
    doubles = sorted({column for column in columns if columns.count(column) > 1})
    if doubles:
        raise CollectionError(f"{path} names the columns {doubles} twice; keep one of each.")
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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _column_name(column: str) -> str:
    plain = column.strip().lower().replace(" ", "_")
    return COLUMN_ALIASES.get(plain, plain)
