"""How densely a run's evidence lies on each part of its coins: share over area, 1 where even.

    table = on_rings(coin_ids, heatmaps)             # coin_id, part, share, area
    table = on_masks(coin_ids, drawn_masks(folder, coins), heatmaps)    # of drawn coins
    densities(table, groups)                         # part, n, share, area, value, low, high
    leader(table, groups)                            # "portrait", and whether that is sure

A coin whose map is empty has the share nan; it counts nowhere but in `empty`.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.dataset.crops import disc_of
from coinvision.explanation import anatomy
from coinvision.intervals import percentile_interval, resampled_groups
from coinvision.phantom.masks import load_masks

SIZE = 112  # pixels a side at which masks are laid under maps: twice the finest stored map
WHOLE = 255  # of a mask
# A map that knows of no coin puts as much outside it as its area is large. Where a map puts that
# much there, it says nothing of the coin: the ground of every crop is white.
OUTSIDE_ALARM = 1.0
ALARMED_COINS = 0.05  # share of a run's coins from which the run itself is to be doubted


def on_rings(coin_ids: pd.Series, heatmaps: np.ndarray) -> pd.DataFrame:
    """Where on the disc's rings each map lies.

    Args:
        coin_ids: n.
        heatmaps: n x rows x columns.

    Returns:
        A row a coin and part: `coin_id`, `part`, `share` of the map, `area` of the picture.
    """
    rings = anatomy.rings(SIZE)
    found = anatomy.shares(heatmaps, list(rings.values()))
    areas = np.array([mask.mean() for mask in rings.values()])
    return _rows(coin_ids, list(rings), found, np.tile(areas, (len(found), 1)))


def on_masks(coin_ids: pd.Series, masks: np.ndarray, heatmaps: np.ndarray) -> pd.DataFrame:
    """Where on the known parts of drawn coins each map lies.

    Args:
        coin_ids: n.
        masks: of these coins, what `drawn_masks` gave.
        heatmaps: n x rows x columns.

    Returns:
        As `on_rings`, with headgear; a part that a coin has not has the area 0.
    """
    found, areas = [], []
    for own, heatmap in zip(masks, heatmaps, strict=True):
        parts = own / np.float32(WHOLE)
        found.append(anatomy.shares(heatmap[None], list(parts))[0])
        areas.append(parts.mean(axis=(1, 2)))
    return _rows(coin_ids, list(anatomy.PARTS), np.array(found), np.array(areas))


def drawn_masks(folder: Path, coins: pd.DataFrame) -> np.ndarray:
    """The known parts of drawn coins; read once, for several runs on the same coins.

    Args:
        folder: the drawn collection's.
        coins: n rows of a run's coins.csv.

    Returns:
        uint8, n x parts x SIZE x SIZE, in the order of `anatomy.PARTS`; WHOLE where a pixel is
        wholly in the part.

    Raises:
        CollectionError: masks are missing or damaged.
    """

    def one(record: dict) -> np.ndarray:
        masks = load_masks(folder, str(record["file_name"]))
        parts = anatomy.exact(masks, disc_of(record), SIZE)
        return np.rint(WHOLE * np.stack(list(parts.values()))).astype(np.uint8)

    with ThreadPoolExecutor() as pool:
        return np.stack(list(pool.map(one, coins.to_dict("records"))))


def _rows(
    coin_ids: pd.Series, names: list[str], shares: np.ndarray, areas: np.ndarray
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "coin_id": np.repeat(coin_ids.to_numpy(), len(names)),
            "part": names * len(shares),
            "share": shares.ravel(),
            "area": areas.ravel(),
        }
    )


def empty(table: pd.DataFrame) -> list[str]:
    """The coins whose maps hold no positive evidence."""
    return list(table.loc[table["share"].isna(), "coin_id"].unique())


def alarmed(table: pd.DataFrame) -> list[str]:
    """The coins with at least OUTSIDE_ALARM times as much outside the coin as its area says."""
    out = table[table["part"] == "outside"]
    return list(out.loc[out["share"] >= OUTSIDE_ALARM * out["area"], "coin_id"])


def densities(table: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """The mean share of each part over its mean area, with its 95 % interval.

    Args:
        table: as `on_rings` gives it.
        groups: of each coin, by coin_id; groups are resampled, since their coins are not
            independent.

    Returns:
        A row a part, in the order of `anatomy.PARTS`: `part`, `n`, `share`, `area`, `value`, `low`,
        `high`. Coins that lack a part, and empty maps, are not counted.
    """
    rows = []
    for name in anatomy.PARTS:
        own = table[(table["part"] == name) & (table["area"] > 0)].dropna(subset="share")
        if own.empty:
            continue
        low, high = percentile_interval(_spread(own, groups))
        share, area = own["share"].mean(), own["area"].mean()
        figure = {"value": share / area, "low": low, "high": high}
        rows.append({"part": name, "n": len(own), "share": share, "area": area, **figure})
    columns = ["part", "n", "share", "area", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def leader(table: pd.DataFrame, groups: pd.Series) -> tuple[str, bool] | None:
    """The part on which evidence lies most densely, and whether it is clear of every other.

    Of coins that have every part, so that all parts are compared on the same coins: on drawn coins
    those with headgear. Clear means that the interval of its lead over resampled groups lies above
    0. None where no map holds evidence.
    """
    there = table[table["area"] > 0].dropna(subset="share")
    if there.empty:
        return None
    counted = there.groupby("coin_id")["part"].nunique()
    whole = there[there["coin_id"].isin(counted.index[counted == there["part"].nunique()])]
    parts = dict(tuple(whole.groupby("part", sort=False)))
    means = {name: own["share"].mean() / own["area"].mean() for name, own in parts.items()}
    first = max(means, key=means.__getitem__)
    ahead = _spread(parts[first], groups)
    others = [own for name, own in parts.items() if name != first]
    sure = all(percentile_interval(ahead - _spread(own, groups))[0] > 0 for own in others)
    return str(first), sure


def _spread(own: pd.DataFrame, groups: pd.Series) -> np.ndarray:
    """One part's density over resampled groups of coins."""
    _, members = np.unique(groups.loc[own["coin_id"]].to_numpy(), return_inverse=True)
    sums = [np.bincount(members, own[column].to_numpy()) for column in ("share", "area")]
    drawn = resampled_groups(members.max() + 1).astype(float) @ np.stack(sums, axis=1)
    spread: np.ndarray = drawn[:, 0] / drawn[:, 1]
    return spread
