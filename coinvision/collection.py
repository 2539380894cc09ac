"""A collection on disk: a folder with photographs and `metadata.csv`, one row a photograph.

    collection = read("my-coins")            # bad rows are listed in collection.problems
    write("my-coins", table)

The form is that of Hugging Face's `imagefolder`: `file_name` is required, the other columns are
optional and unknown ones are kept. A person's own folder works as it is: the CSV may have any
name if it is the only one, comma, semicolon or tab, UTF-8 or Windows-1252; the photographs may
lie beside it or under `images/`; a missing `coin_id` is taken from the file's name.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coinvision.errors import CollectionError
from coinvision.files import write_text
from coinvision.tables import Problem, read_table

METADATA = "metadata.csv"
REQUIRED_FIRST = ("file_name", "coin_id")


@dataclass
class Collection:
    """A table of text cells (missing ones are ""), the folder it lies in, and its bad rows.

    `table` has the column `row` (line in the CSV) beside the collection's own columns; it was read
    from the file `source`. `folder` is None for a bare table without photographs.
    """

    name: str
    source: Path
    folder: Path | None
    table: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)

    def path(self, file_name: str) -> Path:
        """Where the photograph of that name lies."""
        if self.folder is None:
            raise CollectionError(f"{self.name} is a bare table and holds no photographs.")
        return locate(self.folder, file_name)

    def leave_out(self, problems: list[Problem]) -> None:
        """Take the rows of these problems out of the table and list them."""
        bad = {problem.row for problem in problems}
        self.table = self.table[~self.table["row"].isin(bad)].reset_index(drop=True)
        self.problems.extend(problems)


def read(source: str | Path) -> Collection:
    """Read a folder with photographs, or a bare table of records (a CSV without `file_name`).

    Rows that cannot be used are all listed in `problems` and left out. Photographs must be there;
    whether they can be decoded `dataset.prepare` finds out, which decodes them anyway.

    Raises:
        CollectionError: no such folder or table, no rows, or no usable row.
    """
    source = Path(source)
    csv_path = _table_path(source)
    table, problems = read_table(csv_path)
    has_photographs = "file_name" in table.columns
    if not has_photographs and source.is_dir():
        raise CollectionError(
            f"{csv_path} has no column file_name; expected one naming each row's photograph."
        )
    name = csv_path.parent.resolve().name if has_photographs else csv_path.stem
    folder = csv_path.parent if has_photographs else None
    collection = Collection(name, csv_path, folder, table, problems)
    _add_coin_ids(collection)
    collection.leave_out(_check_rows(collection))
    if collection.table.empty:
        raise CollectionError(
            f"{csv_path} has no usable row; {_first_problem(collection.problems)}"
        )
    return collection


def write(folder: str | Path, table: pd.DataFrame) -> Path:
    """Write `metadata.csv` beside the photographs, required columns first, at one stroke.

    Args:
        folder: the collection's folder; made if missing.
        table: one row a photograph, with at least `file_name` and `coin_id`.

    Raises:
        CollectionError: a required column is missing, or a `coin_id` is empty or double.
    """
    missing = [column for column in REQUIRED_FIRST if column not in table.columns]
    if missing:
        raise CollectionError(f"A collection needs the columns {REQUIRED_FIRST}; missing {missing}")
    ids = table["coin_id"].astype(str)
    bad = sorted(set(ids[ids.duplicated() | (ids == "")]))
    if bad:
        raise CollectionError(f"Every coin_id must be filled and single; not so: {bad[:5]}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rest = [c for c in table.columns if c not in (*REQUIRED_FIRST, "row")]
    write_text(folder / METADATA, table[[*REQUIRED_FIRST, *rest]].to_csv(index=False))
    return folder / METADATA


def locate(folder: Path, file_name: str) -> Path:
    """The photograph's path: as named, or under `images/` where the name leaves that out."""
    direct, inside = folder / file_name, folder / "images" / file_name
    return inside if inside.exists() and not direct.exists() else direct


def _table_path(source: Path) -> Path:
    if source.is_file():
        return source
    if not source.is_dir():
        raise CollectionError(f"{source} does not exist; expected a folder with {METADATA}.")
    if (source / METADATA).exists():
        return source / METADATA
    tables = sorted(source.glob("*.csv"))
    if len(tables) == 1:
        return tables[0]
    raise CollectionError(
        f"{source} holds {len(tables)} CSV files and no {METADATA}; expected {METADATA}, "
        "one row a photograph."
    )


def _add_coin_ids(collection: Collection) -> None:
    """Fill an absent `coin_id` column from the photograph's name or the museum's address."""
    table = collection.table
    if "coin_id" in table.columns:
        return
    if collection.folder is not None:
        table["coin_id"] = [Path(name).stem for name in table["file_name"]]
    elif "image_url" in table.columns:
        table["coin_id"] = [_id_in_address(url) for url in table["image_url"]]
    else:
        raise CollectionError(
            f"{collection.name} has no column coin_id, and no file_name or image_url to take it "
            "from; add a column coin_id."
        )


def _id_in_address(url: str) -> str:
    """The last part of an address without side, size and ending: 1944.100.1.obv.width175.jpg."""
    name = url.rstrip("/").rsplit("/", 1)[-1]
    return name.split(".obv")[0].split(".rev")[0].removesuffix(".jpg")


def _check_rows(collection: Collection) -> list[Problem]:
    first_row: dict[str, int] = {}
    first_file: dict[str, int] = {}
    problems = []
    for row, coin_id, file_name in _keys(collection):
        reason = (
            _id_fault(coin_id, row, first_row)
            or (file_name is not None and _file_fault(collection, file_name, row, first_file))
            or ""
        )
        if reason:
            problems.append(Problem(row, coin_id, reason))
    return problems


def _keys(collection: Collection) -> list[tuple[int, str, str | None]]:
    table = collection.table
    files = table["file_name"] if collection.folder is not None else [None] * len(table)
    return list(zip(table["row"], table["coin_id"], files, strict=True))


def _id_fault(coin_id: str, row: int, first_row: dict[str, int]) -> str:
    if not coin_id:
        return "coin_id is empty"
    first = first_row.setdefault(coin_id, row)
    return "" if first == row else f"coin_id stands already in row {first}"


def _file_fault(
    collection: Collection, file_name: str, row: int, first_file: dict[str, int]
) -> str:
    if not file_name:
        return "file_name is empty"
    try:
        path = collection.path(file_name)
        root = (collection.folder or Path()).resolve()
        # resolve() follows links, so that neither ".." nor a link leads out of the folder
        if not path.resolve().is_relative_to(root):
            return f"{file_name} leads out of the folder"
        if not path.is_file():
            return f"{file_name} is not there"
    except (OSError, RuntimeError, ValueError):  # a name too long, a loop of links
        return f"{file_name[:60]} is no name of a file"
    first = first_file.setdefault(str(path.resolve()), row)
    return "" if first == row else f"{file_name} stands already in row {first}"


def _first_problem(problems: list[Problem]) -> str:
    return f"the first problem is {problems[0]}." if problems else "it is empty."
