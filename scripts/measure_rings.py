"""Compare a coin's parts as rings of its disc with the parts of drawn coins, which are known.

    python scripts/measure_rings.py collections/phantom phantom-vgg16-color-fold0-seed0

Writes artifacts/rings/parts.csv (how far each ring and what was drawn are the same pixels) and, for
the runs that are named, artifacts/rings/shares.csv (how far their heatmaps' shares differ).
"""

import argparse
from pathlib import Path

import command
import numpy as np
import pandas as pd

from coinvision import collection, runs
from coinvision.dataset.crops import disc_of
from coinvision.errors import CollectionError, RunError
from coinvision.explanation import FIRST, anatomy, densities, stored
from coinvision.files import write_text
from coinvision.phantom import load_masks

FOLDER = Path("artifacts/rings")
COINS = 200  # the first so many; twice as many change no figure's second decimal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("collection", type=Path, help="a collection of drawn coins")
    parser.add_argument("run", nargs="*", help="runs on that collection, with heatmaps")
    parser.add_argument("--out", type=Path, default=FOLDER, help=f"a folder (default {FOLDER})")


def main(arguments: argparse.Namespace) -> None:
    """Measure and print how well rings stand for what was drawn."""
    coins = collection.read(arguments.collection).table.head(COINS)
    if not {"disc_x", "disc_y", "disc_radius"} <= set(coins.columns):
        raise CollectionError(
            f"{arguments.collection} is not drawn: no disc is recorded; expected a collection of "
            "scripts/phantom.py."
        )
    parts = _parts(arguments.collection, coins)
    _write(arguments.out / "parts.csv", parts)
    print(f"rings and what was drawn, {len(coins)} coins:\n{parts.to_string(index=False)}")
    measured = [_shares(arguments.collection, runs.open_run(name)) for name in arguments.run]
    if measured:
        shares = pd.concat(measured)
        _write(arguments.out / "shares.csv", shares)
        print(f"shares of their heatmaps, both ways:\n{shares.to_string(index=False)}")


def _parts(folder: Path, coins: pd.DataFrame) -> pd.DataFrame:
    """Mean overlap of ring and drawn part; of the part, how much its ring holds, and back."""
    rings, found = anatomy.rings(densities.SIZE), []
    show = command.progress("coins")
    for record in show(coins.to_dict("records"), len(coins)):
        place = {k: float(record[k]) for k in ("disc_x", "disc_y", "disc_radius")}
        disc = disc_of({**place, "disc_found": True})
        drawn = anatomy.exact(load_masks(folder, record["file_name"]), disc, densities.SIZE)
        head = drawn["portrait"] + drawn["headgear"]  # rings cannot tell them apart
        found += [
            _fit(name, ring, {**drawn, "portrait": head}[name]) for name, ring in rings.items()
        ]
    means = pd.DataFrame(found).groupby("part", sort=False).mean().round(3)
    return means.assign(n=len(coins)).reset_index()


def _fit(name: str, ring: np.ndarray, drawn: np.ndarray) -> dict:
    both = float(np.minimum(ring, drawn).sum())
    union = float(np.maximum(ring, drawn).sum())
    return {
        "part": name,
        "overlap": both / union,
        "held": both / float(drawn.sum()),
        "filled": both / float(ring.sum()),
    }


def _shares(folder: Path, run: runs.Run) -> pd.DataFrame:
    """A run's mean shares and densities both ways, and how far a coin's shares differ."""
    maps = stored.read(run).get(FIRST)
    if maps is None:
        raise RunError(f"{run.name} has no heatmaps by {FIRST}; `scripts/explain.py` stores them.")
    coins = run.table(runs.COINS, "coin_id", "group", "file_name", "disc_x")
    coins = coins.set_index("coin_id", drop=False)
    own = coins.loc[maps.coin_ids]
    tables = {
        "rings": densities.on_rings(own["coin_id"], maps.predicted),
        "drawn": _headed(
            densities.on_masks(own["coin_id"], densities.drawn_masks(folder, own), maps.predicted)
        ),
    }
    apart = (_wide(tables["rings"]) - _wide(tables["drawn"])).abs().mean()
    means = {
        how: densities.densities(table, coins["group"]).set_index("part")
        for how, table in tables.items()
    }
    columns = {"apart": apart, "n": means["rings"]["n"]}
    for how, found in means.items():
        columns |= {f"share_{how}": found["share"], f"density_{how}": found["value"]}
    order = ["n", *(f"{w}_{how}" for w in ("share", "density") for how in tables), "apart"]
    table = pd.DataFrame(columns)[order].round(3)
    table = table.astype({"n": int}).rename_axis("part").reset_index()
    table.insert(0, "run", run.name)
    return table


def _headed(table: pd.DataFrame) -> pd.DataFrame:
    """Portrait and headgear as one part, as rings see them."""
    one = table.assign(part=table["part"].replace("headgear", "portrait"))
    summed = one.groupby(["coin_id", "part"], sort=False)[["share", "area"]]
    return summed.sum(min_count=1).reset_index()


def _wide(table: pd.DataFrame) -> pd.DataFrame:
    return table.pivot(index="coin_id", columns="part", values="share")


def _write(path: Path, table: pd.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, table.to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
