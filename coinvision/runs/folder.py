"""The run's folder: open it and check it, begin it, add a file to it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coinvision.errors import RunError
from coinvision.files import read_arrays, read_facts, write_arrays, write_text
from coinvision.networks import NETWORKS
from coinvision.photos import INPUTS

DESCRIPTION, DATASET, HISTORY, COINS = "run.json", "dataset.json", "history.csv", "coins.csv"
ARCHITECTURE = "architecture.csv"
PREDICTIONS, METRICS, HEATMAPS = "predictions.csv", "metrics.json", "heatmaps.npz"
NEIGHBORS = "neighbors.csv"
SCORES, SANITY, FAITHFULNESS = "faithfulness.csv", "sanity.json", "faithfulness.json"
ANSWERS_WITHOUT, REGIONS = "regions.csv", "regions.json"
WRITERS = {
    PREDICTIONS: "evaluate.py",
    METRICS: "evaluate.py",
    HEATMAPS: "explain.py",
    NEIGHBORS: "explain.py",
    SCORES: "faithfulness.py",
    SANITY: "faithfulness.py",
    FAITHFULNESS: "faithfulness.py",
    ANSWERS_WITHOUT: "regions.py",
    REGIONS: "regions.py",
}
# Names that may be all digits; they stay text.
TEXTS = {"coin_id": str, "neighbor": str, "file_name": str}
ARTIFACTS_VARIABLE = "COINVISION_ARTIFACTS"
NEEDED = {
    **{name: str for name in ("network", "input", "dataset", "dataset_hash", "state")},
    **{name: int for name in ("fold", "seed")},
    **{name: list for name in ("emperors", "kept")},
}


@dataclass
class Run:
    """A run's folder and what its run.json says."""

    folder: Path
    description: dict[str, Any]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def emperors(self) -> list[str]:
        """The classes, in the order of the network's outputs."""
        return list(self.description["emperors"])

    @property
    def done(self) -> bool:
        """Whether training ended."""
        return self.description["state"] == "done"

    def table(self, name: str, *needed: str) -> pd.DataFrame:
        """One of the run's CSV files, with at least the columns that are needed.

        Raises:
            RunError: it is missing or damaged, lacks a column, or a coin_id stands twice.
        """
        try:
            table = pd.read_csv(
                self.folder / name, dtype=TEXTS, keep_default_na=False, na_values=[""]
            )
        except FileNotFoundError as error:
            raise RunError(f"{self.name} has no {name}{_how(name)}.") from error
        except (ValueError, UnicodeDecodeError) as error:
            raise RunError(f"{self.folder / name} is damaged: {error}") from error
        lacking = [c for c in needed if c not in table.columns or table[c].isna().any()]
        if lacking or ("coin_id" in needed and table["coin_id"].duplicated().any()):
            what = f"column {lacking[0]} is incomplete" if lacking else "a coin_id stands twice"
            raise RunError(f"{self.folder / name} is damaged: {what}{_how(name)}.")
        return table

    def facts(self, name: str, **needed: type) -> dict[str, Any]:
        """One of the run's JSON files, with at least the facts that are needed.

        Raises:
            RunError: it is missing or damaged.
        """
        try:
            return read_facts(self.folder / name, needed)
        except FileNotFoundError as error:
            raise RunError(f"{self.name} has no {name}{_how(name)}.") from error
        except ValueError as error:
            raise RunError(f"{self.folder / name} {error}{_how(name)}.") from error

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """One of the run's files of arrays.

        Raises:
            RunError: it is missing or damaged.
        """
        try:
            return read_arrays(self.folder / name)
        except FileNotFoundError as error:
            raise RunError(f"{self.name} has no {name}{_how(name)}.") from error
        except ValueError as error:
            raise RunError(f"{self.folder / name} {error}{_how(name)}.") from error


def runs_folder() -> Path:
    """Where runs lie unless said otherwise."""
    return Path(os.environ.get(ARTIFACTS_VARIABLE) or "artifacts") / "runs"


def open_run(folder_or_name: str | Path) -> Run:
    """Open a finished run and check that its files are there.

    Raises:
        RunError: no such run, an unfinished one, or a file missing that no script writes again.
    """
    run = _read(_find(folder_or_name))
    if not run.done:
        raise RunError(
            f"{run.name} is an unfinished training; the command that started it goes on with it."
        )
    # a lost file that a script writes again must not keep it from doing so
    for name in run.description["kept"]:
        if name not in WRITERS and not (run.folder / str(name)).is_file():
            raise RunError(f"{run.name} should have {name}, which is missing{_how(name)}.")
    return run


def names() -> list[str]:
    """The names of all runs under artifacts/runs, whole or not, sorted."""
    return sorted(path.parent.name for path in runs_folder().glob(f"*/{DESCRIPTION}"))


def begun(folder: Path, settings: dict[str, Any]) -> Run | None:
    """The run that was begun in a folder with the same settings; None if there is none.

    Raises:
        RunError: the folder holds a run with other settings, or something else.
    """
    if (folder / DESCRIPTION).is_file():
        run = _read(folder)
        differing = [k for k, v in settings.items() if run.description.get(k) != v]
        if differing:
            raise RunError(
                f"{folder} holds a run with another {differing[0]} "
                f"({run.description.get(differing[0])!r}, not {settings[differing[0]]!r}); "
                "give another --name or delete it."
            )
        return run
    # a file that a killed process was writing is nothing yet
    held = (path for path in folder.glob("*") if path.suffix != ".part")
    if folder.is_file() or any(held):
        raise RunError(f"{folder} holds something else than a run; give another --name.")
    return None


def start(folder: Path, settings: dict[str, Any]) -> Run:
    """Begin a run in a folder that `begun` found free."""
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(folder, {**settings, "state": "training", "kept": []})
    describe(run)
    return run


def describe(run: Run, **facts: Any) -> None:
    """Write run.json, with these facts added or changed."""
    run.description.update(facts)
    text = json.dumps(run.description, indent=1, ensure_ascii=False)
    write_text(run.folder / DESCRIPTION, text + "\n")


def keep_table(run: Run, name: str, table: pd.DataFrame) -> None:
    """Write one of the run's CSV files and note that it belongs to the run."""
    write_text(run.folder / name, table.to_csv(index=False, lineterminator="\n"))
    note(run, name)


def keep_json(run: Run, name: str, content: dict[str, Any]) -> None:
    """Write one of the run's JSON files and note that it belongs to the run."""
    write_text(run.folder / name, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    note(run, name)


def keep_arrays(run: Run, name: str, arrays: dict[str, np.ndarray]) -> None:
    """Write one of the run's files of arrays, compressed, and note that it belongs to the run."""
    write_arrays(run.folder / name, arrays)
    note(run, name)


def note(run: Run, name: str) -> None:
    """Note that a file belongs to the run; what other processes noted meanwhile stays."""
    known = _read(run.folder).description["kept"]
    describe(run, kept=sorted({*run.description["kept"], *known, name}))


def _find(folder_or_name: str | Path) -> Path:
    direct, named = Path(folder_or_name), runs_folder() / str(folder_or_name)
    for folder in (direct, named):
        if (folder / DESCRIPTION).is_file():
            return folder
    raise RunError(f"{folder_or_name} is no run: neither {direct} nor {named} has a {DESCRIPTION}.")


def _read(folder: Path) -> Run:
    path = folder / DESCRIPTION
    try:
        description = read_facts(path, NEEDED)
    except (OSError, ValueError) as error:
        raise RunError(f"{path} {error}; train the run again.") from error
    for fact, known in (("input", INPUTS), ("network", NETWORKS)):
        if description[fact] not in known:
            raise RunError(f"{path} names an unknown {fact}: {description[fact]!r}.")
    return Run(folder, description)


def _how(name: str) -> str:
    if name in WRITERS:
        return f"; {WRITERS[name]} writes it"
    return "; restore it, or delete the run's folder and train again"
