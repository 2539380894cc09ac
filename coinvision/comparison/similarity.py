"""How alike two runs' heatmaps of the same coins are: Spearman's rank correlation, coin by coin.

Raw maps of two networks have no common scale; ranks need none. What a number means is told by two
others: how alike two trainings are that differ in the seed alone (the noise floor), and how alike
maps of different coins are, since most coins have their portrait in the same place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coinvision import explanation, runs
from coinvision.errors import RunError
from coinvision.explanation import stored
from coinvision.explanation.faithfulness.similarity import similarity as similarity_of_maps
from coinvision.intervals import SEED, Figure, mean_over_groups

NO_FLOOR = "no noise floor: give --noise RUN, another seed of the color run"


@dataclass(frozen=True)
class Similarity:
    """Mean rank correlations over coins, each with its interval.

    `pair` of color and gray maps of the same coin; `strangers` of different coins; `floor` of two
    trainings in color, `beyond` the floor less `pair` on the same coins, both None without another
    training.
    """

    pair: Figure
    strangers: Figure
    floor: Figure | None
    beyond: Figure | None

    @property
    def sentence(self) -> str:
        """What follows, with its figures."""
        said = (
            f"Heatmaps of color and gray: rank correlation {_told(self.pair)} on "
            f"{self.pair.n:,} coins; maps of different coins {_told(self.strangers)}"
        )
        if self.floor is None or self.beyond is None or self.beyond.low is None:
            return f"{said}; {NO_FLOOR}."
        low, high = self.beyond.low, self.beyond.high or 0.0
        follows = (
            "color and gray look at other places more than two trainings in color do"
            if low > 0
            else "color and gray look at the same places more than two trainings in color do"
            if high < 0
            else "no more different than two trainings in color, as far as can be told"
        )
        return f"{said}; two trainings in color {_told(self.floor)}: {follows}."


def similarity(color: runs.Run, gray: runs.Run, noise: Sequence[runs.Run] = ()) -> Similarity:
    """Compare the stored heatmaps of two runs, against other trainings of the first.

    Args:
        color: a run with heatmaps.
        gray: another with the same network on the same test coins.
        noise: the first with other seeds.

    Raises:
        RunError: heatmaps are missing, damaged or on another grid.
    """
    # for the emperor on the coin: where two runs name different ones, their maps for those answer
    # different questions
    first, second = heatmaps(color, "true"), heatmaps(gray, "true")
    groups = color.table(runs.COINS, "coin_id", "group").set_index("coin_id")["group"]
    own = correlations(first, second)
    if own.empty:
        raise RunError(f"{color.name} and {gray.name} hold heatmaps of different coins.")
    order = np.random.default_rng(SEED).permutation(own.index.to_numpy())
    others = {k: second[j] for k, j in zip(order, np.roll(order, 1), strict=True)}
    floors = [correlations(first, heatmaps(other, "true")) for other in noise]
    floor = pd.concat(floors, axis=1).mean(axis=1, skipna=False).dropna() if floors else None
    return Similarity(
        _mean(own, groups),
        _mean(correlations(first, others), groups),
        None if floor is None else _mean(floor, groups),
        None if floor is None else _mean((floor - own).dropna(), groups),
    )


def heatmaps(run: runs.Run, kind: str) -> dict[str, np.ndarray]:
    """A run's heatmaps by coin_id, of the kind "predicted" or "true".

    Raises:
        RunError: they are missing or damaged.
    """
    held = stored.read(run).get(explanation.FIRST)
    if held is None:
        raise RunError(f"{run.name} holds no heatmaps; `scripts/explain.py {run.name}` makes them.")
    maps = held.predicted if kind == "predicted" else held.true
    return dict(zip(map(str, held.coin_ids), maps.astype(float), strict=True))


def correlations(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> pd.Series:
    """Spearman's correlation of two maps of each coin that both have, by coin_id.

    A map that is the same everywhere (no evidence at all) has no ranks; its coin is left out.

    Raises:
        RunError: the maps are on different grids.
    """
    ids = [coin_id for coin_id in first if coin_id in second]
    if not ids:
        return pd.Series(dtype=float)
    a, b = (np.stack([maps[i] for i in ids]) for maps in (first, second))
    if a.shape != b.shape:
        raise RunError(
            f"Heatmaps of {a.shape[1]} x {a.shape[2]} and {b.shape[1]} x {b.shape[2]} cannot be "
            "compared; give runs of one network."
        )
    found = pd.Series(similarity_of_maps(a, b), index=np.array(ids, dtype=object))
    return found.dropna()


def _mean(values: pd.Series, groups: pd.Series) -> Figure:
    return mean_over_groups(values.to_numpy(dtype=float), groups.reindex(values.index).to_numpy())


def _told(figure: Figure) -> str:
    if figure.value is None:
        return "undefined (no coin has both maps)"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"
