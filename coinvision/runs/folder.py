"""A run on disk: one network trained on one dataset, one input, one fold held out, one seed.

    run = open_run("ocre12-vgg16-color-fold0-seed0")     # a folder, or a name under artifacts/runs
    model = load_model(run)                              # stored weights, ready to predict

The folder holds run.json, weights.npz (only what training changed; matrices in half precision),
history.csv and coins.csv, later predictions.csv and metrics.json. A frozen backbone is stored once
for all runs, in `backbones/` beside them. This module is the only writer of these files.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from filelock import FileLock, Timeout

from coinvision import networks
from coinvision.errors import RunError
from coinvision.files import read_facts, write_bytes, write_text
from coinvision.photos import INPUTS

if TYPE_CHECKING:
    import keras

DESCRIPTION, WEIGHTS, HISTORY, COINS = "run.json", "weights.npz", "history.csv", "coins.csv"
PREDICTIONS, METRICS, BACKBONES = "predictions.csv", "metrics.json", "backbones"
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
                self.folder / name, dtype={"coin_id": str}, keep_default_na=False, na_values=[""]
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


def runs_folder() -> Path:
    """Where runs lie unless said otherwise."""
    return Path(os.environ.get(ARTIFACTS_VARIABLE) or "artifacts") / "runs"


def open_run(folder_or_name: str | Path) -> Run:
    """Open a finished run and check that its files are there.

    Raises:
        RunError: no such run, an unfinished one, or a file missing or damaged.
    """
    run = _read(_find(folder_or_name))
    if not run.done:
        raise RunError(
            f"{run.name} is an unfinished training; the command that started it goes on with it."
        )
    for name in run.description["kept"]:
        if not (run.folder / str(name)).is_file():
            raise RunError(f"{run.name} should have {name}, which is missing{_how(name)}.")
    return run


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
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise RunError(f"{folder} holds something else than a run; give another --name.")
    return None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from training the same run.

    Raises:
        RunError: one is at it, or the folder's name is no plain name.
    """
    if folder.name in ("", ".", ".."):
        raise RunError(f"{folder} is no name for a run; give a plain --name.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    path = folder.with_name(f".{folder.name}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunError(f"{folder.name} is being trained by another process.") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()


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
    _keep(run, name)


def keep_json(run: Run, name: str, content: dict[str, Any]) -> None:
    """Write one of the run's JSON files and note that it belongs to the run."""
    write_text(run.folder / name, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    _keep(run, name)


def keep_weights(run: Run, model: "keras.Model") -> None:
    """Store the weights that training changed."""
    from coinvision.networks import stored_weights

    frozen = networks.get(run.description["network"]).frozen_until
    data = stored_weights.packed(stored_weights.trained_layers(model, frozen))
    write_bytes(run.folder / WEIGHTS, data)
    _keep(run, WEIGHTS)


def load_model(run: Run) -> "keras.Model":
    """Build the run's network and bring its stored weights in.

    Raises:
        RunError: weights are missing, damaged or of another network.
    """
    from coinvision.networks import stored_weights
    from coinvision.networks.blueprint import frozen_layers

    network = networks.get(run.description["network"])
    model = network.build(len(run.emperors))
    if network.frozen_until:
        path = _backbone_path(run.folder.parent, str(run.description.get("backbone")))
        stored_weights.bring_in(path, frozen_layers(model, network.frozen_until))
    trained = stored_weights.trained_layers(model, network.frozen_until)
    stored_weights.bring_in(run.folder / WEIGHTS, trained)
    return model


def keep_backbone(runs: Path, network: str, model: "keras.Model", frozen_until: str) -> str:
    """Store a network's frozen part beside the runs, once; gives its file's name.

    The model's own frozen weights are rounded to what is stored, so that training sees what
    every later reader will.
    """
    from coinvision.networks import stored_weights
    from coinvision.networks.blueprint import frozen_layers

    layers = frozen_layers(model, frozen_until)
    data = stored_weights.packed(layers)
    name = f"{network}-{hashlib.sha256(data).hexdigest()[:12]}.npz"
    path = runs / BACKBONES / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, data)
    stored_weights.bring_in(path, layers)
    return name


def _backbone_path(runs: Path, name: str) -> Path:
    """A frozen part lies beside the run or among the artifacts."""
    beside = runs / BACKBONES / name
    return beside if beside.exists() else runs_folder() / BACKBONES / name


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
    if description["input"] not in INPUTS:
        raise RunError(f"{path} names an input that is not known: {description['input']!r}.")
    return Run(folder, description)


def _how(name: str) -> str:
    if name in (PREDICTIONS, METRICS):
        return "; evaluate.py writes it"
    return "; restore it, or delete the run's folder and train again"


def _keep(run: Run, name: str) -> None:
    describe(run, kept=sorted({*run.description["kept"], name}))
