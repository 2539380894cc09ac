"""The dataset's folder: coins.csv, dataset.json, report.md, left_out.csv.

The hash of coins.csv, which holds each photograph's own hash, names the dataset: a run remembers
it, and refuses to be evaluated on anything else.
"""

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coinvision.errors import DatasetError

COINS, DESCRIPTION, REPORT, LEFT_OUT = "coins.csv", "dataset.json", "report.md", "left_out.csv"
COLLECTIONS_VARIABLE = "COINVISION_COLLECTIONS"
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
        known = [Path(self.description["collection"])]
        searched = filter(None, os.environ.get(COLLECTIONS_VARIABLE, "").split(os.pathsep))
        for folder in known + [Path(place) / self.name for place in searched]:
            if folder.is_dir():
                return folder
        raise DatasetError(
            f"The photographs of {self.name} are not in {known[0]}; put them there, or name the "
            f"folder above theirs in {COLLECTIONS_VARIABLE}."
        )


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
    return Dataset(
        folder, _typed(pd.read_csv(folder / COINS, dtype=str, keep_default_na=False)), description
    )


def write(
    folder: str | Path,
    coins: pd.DataFrame,
    left_out: pd.DataFrame,
    description: dict[str, Any],
    report: str,
) -> Dataset:
    """Write a dataset's folder as a whole: it is built aside and then takes its place."""
    folder = Path(folder)
    _check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        text = coins.to_csv(index=False)
        description = {**description, "hash": hashlib.sha256(text.encode()).hexdigest()}
        (aside / COINS).write_text(text, encoding="utf-8", newline="")
        (aside / LEFT_OUT).write_text(left_out.to_csv(index=False), encoding="utf-8", newline="")
        (aside / REPORT).write_text(report, encoding="utf-8")
        (aside / DESCRIPTION).write_text(json.dumps(description, indent=1, ensure_ascii=False))
        aside.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return read(folder)


def _check_target(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / DESCRIPTION).exists():
        raise DatasetError(f"{folder} holds something else than a dataset; choose another --out.")
    if folder.is_file():
        raise DatasetError(f"{folder} is a file; choose a folder for --out.")


def _description(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} is damaged ({error}); prepare the dataset again.") from error
    needed = {"name", "hash", "photographs", "collection"}
    if not isinstance(description, dict) or needed - set(description):
        raise DatasetError(f"{path} lacks {sorted(needed)}; prepare the dataset again.")
    return description


def _typed(coins: pd.DataFrame) -> pd.DataFrame:
    for column in coins.columns:
        if column in _NUMBERS:
            coins[column] = pd.to_numeric(coins[column]).astype("Int64")
        elif column in _REALS:
            coins[column] = pd.to_numeric(coins[column])
        elif column in _FLAGS:
            coins[column] = coins[column] == "True"
    return coins
