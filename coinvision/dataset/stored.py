"""The dataset's folder: coins.csv, dataset.json, report.md, inferred.csv, left_out.csv.

The hash of coins.csv, which holds each photograph's own hash, names the dataset: a run remembers
it, and refuses to be evaluated on anything else.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coinvision.dataset.crops import find_photographs
from coinvision.errors import DatasetError
from coinvision.files import read_facts, write_text

COINS, DESCRIPTION, REPORT = "coins.csv", "dataset.json", "report.md"
INFERRED, LEFT_OUT = "inferred.csv", "left_out.csv"
OWN_FILES = {COINS, DESCRIPTION, REPORT, INFERRED, LEFT_OUT}
USES = ("in the data set", "inferred", "left out")
NEEDED = {"name": str, "hash": str, "photographs": bool, "settings": dict}
_NUMBERS = ("fold", "group", "year", "year_from", "year_to", "width", "height", "number")
_FLAGS = ("year_filled", "material_inferred", "near_gray", "disc_found")
_REALS = ("disc_x", "disc_y", "disc_radius")


@dataclass(frozen=True)
class Dataset:
    """A prepared dataset: one row a coin in `coins`, what was done to it in `description`."""

    folder: Path
    coins: pd.DataFrame
    description: dict[str, Any]

    @property
    def name(self) -> str:
        """The dataset's name, which is the collection's."""
        return str(self.description["name"])

    @property
    def hash(self) -> str:
        """SHA-256 of coins.csv."""
        return str(self.description["hash"])

    @property
    def emperors(self) -> list[str]:
        """The classes, in the order in which networks number them."""
        return sorted(set(self.coins["emperor"]))

    @property
    def facts(self) -> dict[str, Any]:
        """What the description says that is true on any machine."""
        return {k: v for k, v in self.description.items() if k != "collection"}

    def records(self) -> pd.DataFrame:
        """Every record that was read: the coins, those inferred and those left out.

        The column `use` tells which: one of `USES`. A dataset prepared before there were such
        files has its coins only.
        """
        tables = [self.coins]
        for name in (INFERRED, LEFT_OUT):
            path = self.folder / name
            tables.append(_read(path) if path.is_file() else self.coins.head(0))
        marked = [table.assign(use=use) for table, use in zip(tables, USES, strict=True)]
        found = pd.concat(marked, ignore_index=True)
        flags = [column for column in _FLAGS if column in found]
        return found.assign(**{c: found[c].fillna(False).astype(bool) for c in flags})

    def photographs(self) -> Path:
        """The folder of the photographs on this machine.

        Raises:
            DatasetError: it has none, or they are not where they were nor in the folders that
                COINVISION_COLLECTIONS names.
        """
        if not self.description["photographs"]:
            raise DatasetError(
                f"{self.name} is made of records only and has no photographs; a network needs a "
                "collection with a file_name for each coin."
            )
        return find_photographs(self.name, self.description.get("collection"))


def read(folder: str | Path) -> Dataset:
    """Read a dataset's folder and check that it is whole.

    Raises:
        DatasetError: no such folder, a file missing or damaged, or coins.csv changed since.
    """
    folder = Path(folder)
    for name in (COINS, DESCRIPTION):
        if not (folder / name).is_file():
            raise DatasetError(f"{folder} is no dataset: it has no {name}; make it with prepare.py")
    description = _description(folder)
    data = (folder / COINS).read_bytes()
    if hashlib.sha256(data).hexdigest() != description["hash"]:
        raise DatasetError(f"{folder / COINS} has changed since it was prepared; prepare it again.")
    return Dataset(folder, _read(folder / COINS), description)


def check_target(folder: Path, table: Path) -> None:
    """Refuse a folder for a dataset that holds anything else.

    Args:
        folder: where the dataset is to go.
        table: of the collection, which is never written over.

    Raises:
        DatasetError: it is a file, holds something else, or is or encloses the collection.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise DatasetError(f"{folder} is a file; choose a folder for --out.")
    if table.resolve().is_relative_to(folder):
        raise DatasetError(f"{folder} holds the collection itself; choose another --out.")
    others = {path.name for path in folder.iterdir()} - OWN_FILES if folder.is_dir() else set()
    if others:
        raise DatasetError(
            f"{folder} holds something else than a dataset ({sorted(others)[0]}); choose another "
            "--out."
        )


def write(
    folder: Path, tables: dict[str, pd.DataFrame], description: dict[str, Any], report: str
) -> Dataset:
    """Write a dataset's folder; the description, which makes it one, goes first and comes last.

    Args:
        folder: where it goes; an older dataset there is replaced.
        tables: by file name, with `COINS` among them.
        description: what dataset.json is to say, without the hash.
        report: what report.md is to say.
    """
    folder = folder.resolve()
    texts = {name: table.to_csv(index=False, lineterminator="\n") for name, table in tables.items()}
    description = {**description, "hash": hashlib.sha256(texts[COINS].encode()).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DESCRIPTION).unlink(missing_ok=True)
    for name, text in {**texts, REPORT: report}.items():
        write_text(folder / name, text)
    write_text(folder / DESCRIPTION, json.dumps(description, indent=1, ensure_ascii=False) + "\n")
    return read(folder)


def _description(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        return read_facts(path, NEEDED)
    except ValueError as error:
        raise DatasetError(f"{path} {error}; prepare the dataset again.") from error


def _read(path: Path) -> pd.DataFrame:
    try:
        return _typed(pd.read_csv(path, dtype=str, keep_default_na=False))
    except ValueError as error:  # pandas' own errors are among them
        raise DatasetError(f"{path} is damaged ({error}); prepare the dataset again.") from error


def _typed(coins: pd.DataFrame) -> pd.DataFrame:
    for column in coins.columns:
        if column in _NUMBERS:  # of records left out they are the museum's own, such as 12a
            numbers = pd.to_numeric(coins[column], errors="coerce")
            coins[column] = numbers.where(numbers % 1 == 0).astype("Int64")
        elif column in _REALS:
            coins[column] = pd.to_numeric(coins[column])
        elif column in _FLAGS:
            coins[column] = coins[column] == "True"
    return coins
