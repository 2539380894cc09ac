"""An experiment on disk: the coins, and what each classifier named the test coins of each fold.

    experiment.json                          dataset, hash, emperors, split
    coins.csv                                one row a coin: emperor, group, fold, records
    predictions/small-A-fold0-seed0.csv      coin_id, predicted, and one p_EMPEROR column each
    predictions/small-A-fold0-seed0.json     how it came about; the temperature that calibrates it
    heatmaps/small-A-fold0-seed0.npz         where it looked, of one fold alone (looking.py)

No weights and no photographs. A table is written whole, so a killed experiment goes on where it
was: what is there is done.
"""

import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from coinvision.dataset.remembered import remembered
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.evaluation import calibration
from coinvision.evaluation.wholeness import check_answers
from coinvision.files import read_facts, write_text
from coinvision.runs import runs_folder

DESCRIPTION, COINS, PREDICTIONS = "experiment.json", "coins.csv", "predictions"
REPORT = "report.json"
NEEDED = {"dataset": str, "dataset_hash": str, "emperors": list, "split": str}
RECORDS = ("emperor", "group", "fold", "material", "picture_sha256")
DECIMALS = 4
NAME = re.compile(
    r"(?P<classifier>.+)-(?P<arm>[A-Z]\d?(@[1-9]\d*)?)-fold(?P<fold>[0-4])-seed(?P<seed>0|[1-9]\d*)"
)


@dataclass(frozen=True, order=True)
class Cell:
    """One classifier, trained and tested once: the unit in which an experiment is filled."""

    classifier: str  # a network, or a baseline
    arm: str  # a letter of the arms, with the number of training coins where that is not all
    fold: int
    seed: int = 0

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.classifier}-{self.arm}-fold{self.fold}-seed{self.seed}"


@dataclass(frozen=True)
class Experiment:
    """An experiment's folder, what experiment.json says, and its coins."""

    folder: Path
    description: dict[str, Any]
    coins: pd.DataFrame
    # answers that were read, by cell, calibrated or not, and their files' times
    _read: dict[tuple[Any, ...], pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def emperors(self) -> list[str]:
        """The classes, in the order of probabilities."""
        return list(self.description["emperors"])

    def cells(self) -> list[Cell]:
        """What has been tested so far, sorted."""
        matches = [NAME.fullmatch(p.stem) for p in (self.folder / PREDICTIONS).glob("*.csv")]
        return sorted(
            Cell(m["classifier"], m["arm"], int(m["fold"]), int(m["seed"])) for m in matches if m
        )

    def keep(self, cell: Cell, probabilities: pd.DataFrame, **facts: Any) -> None:
        """Write a cell's test rows: one probability for each emperor, indexed by coin_id.

        Raises:
            RunError: rows of other coins than those of the cell's fold, or of other emperors.
        """
        expected = set(self.coins.index[self.coins["fold"] == cell.fold])
        if set(probabilities.index) != expected or list(probabilities.columns) != self.emperors:
            raise RunError(f"{cell.name}: rows or emperors are not those of {self.name}.")
        table = probabilities.add_prefix("p_").round(DECIMALS)
        table.insert(0, "predicted", probabilities.idxmax(axis=1))
        path = self.folder / PREDICTIONS / f"{cell.name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path.with_suffix(".json"), json.dumps(facts, indent=1) + "\n")
        write_text(path, table.to_csv(index_label="coin_id", lineterminator="\n"))

    def facts(self, cell: Cell) -> dict[str, Any]:
        """How a cell came about.

        Raises:
            RunError: its file is missing or damaged.
        """
        path = self.folder / PREDICTIONS / f"{cell.name}.json"
        try:
            found = dict(read_facts(path, {}))
            if not isinstance(found.get("recipe") or {}, dict):
                raise ValueError("its recipe is none")
        except (OSError, ValueError) as error:
            raise RunError(f"{path} is damaged ({error}); delete it and its .csv.") from error
        return found

    def answers(self, cell: Cell, *, calibrated: bool = True) -> pd.DataFrame:
        """A cell's test coins: `coins` with `predicted`, `right`, and calibrated p_EMPEROR columns.

        Args:
            cell: one that is there.
            calibrated: False leaves probabilities as the classifier gave them.

        Raises:
            RunError: its file is missing or damaged.
        """
        path = self.folder / PREDICTIONS / f"{cell.name}.csv"
        files = [file for file in (path, path.with_suffix(".json")) if file.is_file()]
        key = (cell, calibrated, *(file.stat().st_mtime_ns for file in files))
        if key not in self._read:
            self._read[key] = self._answers(cell, path, calibrated)
        return self._read[key].copy()

    def _answers(self, cell: Cell, path: Path, calibrated: bool) -> pd.DataFrame:
        columns = [f"p_{name}" for name in self.emperors]
        try:
            table = pd.read_csv(
                path, dtype={"coin_id": str}, keep_default_na=False, na_values=[""]
            ).set_index("coin_id")
            warmth = self.facts(cell).get("temperature")
            fold = self.coins.index[self.coins["fold"] == cell.fold]
            check_answers(table, self.emperors, fold)
            if warmth is not None and not 0 < warmth < math.inf:
                raise ValueError(f"a temperature of {warmth} cannot be")
            found = self.coins.loc[table.index].join(table[["predicted", *columns]])
            found[columns] = found[columns].astype(float)
            if calibrated and warmth is not None:
                found[columns] = calibration.cooled(found[columns].to_numpy(), float(warmth))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise RunError(f"{path} is damaged ({error}); delete it and run it again.") from error
        return found.assign(right=found["predicted"] == found["emperor"], fold=cell.fold)

    def pooled(
        self, classifier: str, arm: str, seed: int = 0, *, calibrated: bool = True
    ) -> pd.DataFrame | None:
        """All folds' test coins that were tested so far; None if there are none."""
        cells = [
            c for c in self.cells() if (c.classifier, c.arm, c.seed) == (classifier, arm, seed)
        ]
        tables = [self.answers(cell, calibrated=calibrated) for cell in cells]
        return pd.concat(tables) if tables else None


def experiments_folder() -> Path:
    """Where experiments lie unless said otherwise."""
    return runs_folder().with_name("experiments")


def folder_for(dataset: Dataset) -> Path:
    """Where the experiment on a dataset lies: its name, and its split unless that is by groups."""
    split = dataset.description["settings"]["split"]
    name = dataset.name if split == "grouped" else f"{dataset.name}-{split}"
    return experiments_folder() / name


def begin(folder: Path, dataset: Dataset) -> Experiment:
    """Open the experiment on a dataset, or start it.

    Args:
        folder: where it lies.
        dataset: whose coins are asked about.

    Raises:
        RunError: the folder holds an experiment on another dataset, or something else.
    """
    description = {
        "dataset": dataset.name,
        "dataset_hash": dataset.hash,
        "emperors": dataset.emperors,
        "split": dataset.description["settings"]["split"],
        "leakage": dataset.description.get("leakage"),
    }
    if (folder / DESCRIPTION).is_file():
        known = read(folder)
        if known.description["dataset_hash"] != dataset.hash:
            raise RunError(f"{folder} holds an experiment on another dataset; move it away.")
        return known
    coins = remembered(dataset).to_csv(index=False, lineterminator="\n")
    if folder.is_file() or (folder.is_dir() and not _is_free(folder, coins)):
        raise RunError(f"{folder} holds something else than an experiment; give another --out.")
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / COINS, coins)
    write_text(folder / DESCRIPTION, json.dumps(description, indent=1, ensure_ascii=False) + "\n")
    return read(folder)


def _is_free(folder: Path, coins: str) -> bool:
    """Whether a folder is empty, or holds no more than a beginning that was killed."""
    return all(
        path.name == COINS and path.read_bytes() == coins.encode()
        for path in folder.iterdir()
        if path.suffix != ".part"
    )


def read(folder: Path) -> Experiment:
    """Open an experiment.

    Raises:
        RunError: there is none, or a file is damaged.
    """
    try:
        description = read_facts(folder / DESCRIPTION, NEEDED)
        coins = pd.read_csv(
            folder / COINS, dtype={"coin_id": str}, keep_default_na=False, na_values=[""]
        )
        coins = coins.set_index("coin_id")
        coins = coins.astype({"fold": int, "group": int})
        check_coins(coins, description["emperors"])
    except (OSError, ValueError, KeyError) as error:
        raise RunError(f"{folder} is no whole experiment: {error}") from error
    return Experiment(folder, description, coins)


def check_coins(coins: pd.DataFrame, emperors: list[str]) -> None:
    """Refuse coins of which something is missing, double or unknown.

    Args:
        coins: indexed by coin_id.
        emperors: all that can be named.

    Raises:
        ValueError: as said.
    """
    if lacking := [name for name in RECORDS if name not in coins]:
        raise ValueError(f"its coins have no column {', '.join(lacking)}")
    if not coins.index.is_unique:
        raise ValueError("a coin_id stands twice")
    if unknown := sorted(set(coins["emperor"].map(str)) - set(emperors)):
        raise ValueError(f"{unknown[0]} is none of its emperors")
