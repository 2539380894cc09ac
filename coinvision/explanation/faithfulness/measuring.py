"""Measure one method's maps on a run's test coins, coin by coin; what is measured already stays."""

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.dataset.crops import Progress, disc_of
from coinvision.errors import RunError
from coinvision.explanation.anatomy import part
from coinvision.explanation.explaining import evaluated_coins, sample
from coinvision.explanation.faithfulness.bench import Bench
from coinvision.explanation.faithfulness.insertion_deletion import SHARES, deletion, insertion
from coinvision.explanation.faithfulness.localization import MEASURES, localized
from coinvision.explanation.faithfulness.road import PERCENTILES, road
from coinvision.phantom import load_masks
from coinvision.phantom.canvas import HEADGEAR, LEGEND, MASKS, PORTRAIT

PASSES = 2 * len(SHARES) + 2 * len(PERCENTILES)  # through the network, for each coin's map
PARTS = {MASKS[number]: number for number in (PORTRAIT, HEADGEAR, LEGEND)}
BATCH = 8  # coins after which their figures are stored
SIDE = 224  # pixels of the masks on which maps are laid
DECIMALS = 5


def left(run: runs.Run, method: str, coins: int) -> pd.DataFrame:
    """Those of so many test coins, drawn at random, for which a method is not measured yet.

    Raises:
        RunError: no predictions, or a damaged table of scores.
    """
    wanted, scores = sample(evaluated_coins(run), coins), scores_of(run)
    measured = scores.loc[scores["method"] == method, "coin_id"]
    return wanted[~wanted["coin_id"].isin(measured)]


def measure(
    bench: Bench, method: str, *, coins: int, progress: Progress = lambda items, _: items
) -> int:
    """Add a method's scores to a run's faithfulness.csv, some coins at a time.

    Args:
        bench: of the run.
        method: a name in `explanation.METHODS` or `explanation.CONTROLS`.
        coins: how many test coins, drawn at random; all, if there are fewer.
        progress: wraps an iterable of known length.

    Returns:
        How many coins were measured now; the others were before.

    Raises:
        RunError: no such method, no predictions, a damaged run.
        DatasetError: a photograph is missing or has changed.
        CollectionError: a drawn coin's mask is missing.
    """
    todo = left(bench.run, method, coins)
    starts = range(0, len(todo), BATCH)
    for start in progress(starts, len(starts)):
        fresh = _scores(bench, method, todo[start : start + BATCH])
        known = scores_of(bench.run)
        table = pd.concat([known, fresh], ignore_index=True) if len(known) else fresh
        runs.keep_table(bench.run, runs.SCORES, table)
    return len(todo)


def scores_of(run: runs.Run) -> pd.DataFrame:
    """What is measured of a run: one row a method and coin; no rows where nothing is.

    Columns: `method, coin_id, insertion, deletion, road`, and on drawn coins `portrait_energy,
    portrait_pointing, portrait_area`, likewise of headgear and legend.

    Raises:
        RunError: the table is damaged.
    """
    if not (run.folder / runs.SCORES).is_file():
        return pd.DataFrame({"method": [], "coin_id": []}, dtype=str)
    table = run.table(runs.SCORES, "method", "insertion", "deletion", "road")
    if "coin_id" not in table or table.duplicated(["method", "coin_id"]).any():
        raise RunError(
            f"{run.folder / runs.SCORES} is damaged (a coin stands twice, or without its id); "
            "delete it and measure again."
        )
    return table


def _scores(bench: Bench, method: str, coins: pd.DataFrame) -> pd.DataFrame:
    pictures, classes = bench.pictures(coins), bench.classes(coins)
    maps = bench.maps(method, coins, pictures)
    columns = {
        name: compute(bench.predict, pictures, classes, maps)
        for name, compute in (("insertion", insertion), ("deletion", deletion), ("road", road))
    }
    if bench.run.facts(runs.DATASET).get("drawn"):
        columns |= _on_parts(bench, coins, maps)
    ids = coins["coin_id"].to_numpy()
    return pd.DataFrame({"method": method, "coin_id": ids, **columns}).round(DECIMALS)


def _on_parts(bench: Bench, coins: pd.DataFrame, maps: np.ndarray) -> dict[str, np.ndarray]:
    """Where on a drawn coin each map lies: one column a part and measure."""
    found = np.empty((len(coins), len(PARTS), len(MEASURES)))
    for row, (record, heatmap) in enumerate(zip(coins.to_dict("records"), maps, strict=True)):
        masks = load_masks(bench.photographs, record["file_name"])
        for column, number in enumerate(PARTS.values()):
            found[row, column] = localized(heatmap, part(masks, number, disc_of(record), SIDE))
    return {
        f"{name}_{measure}": found[:, i, j]
        for i, name in enumerate(PARTS)
        for j, measure in enumerate(MEASURES)
    }
