"""Where on coins the evidence of heatmaps lies: one map in a sentence, a run's coins in a table.

By rings of the fitted disc; by the drawn parts themselves where coins are drawn and are here.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.dataset.crops import disc_of
from coinvision.errors import CollectionError
from coinvision.explanation import anatomy, densities
from coinvision.explanation.stored import FAINT
from coinvision.phantom.masks import load_masks
from coinvision.runs import Run
from dashboard import heat, reading, words

PLACES = {
    "portrait": "on the portrait",
    "headgear": "on the headgear",
    "legend": "on the legend",
    "outside": "outside the coin",
}
# On photographs: a ring holds its part, and field besides.
IN_RINGS = {**PLACES, "portrait": "in the portrait's ring", "legend": "in the legend's ring"}
SECTORS = ("right", "top right", "top", "top left", "left", "bottom left", "bottom", "bottom right")
MIDDLE_TO, EDGE_FROM = 0.25, 0.75  # of half the picture's side
RINGS = (
    "On photographs the parts of a coin are rings of its disc: the portrait up to "
    f"{anatomy.PORTRAIT_TO:g} of the radius, the legend from {anatomy.LEGEND_FROM:g} to "
    f"{anatomy.BORDER_FROM:g}, the border beyond, the field between. On drawn coins, whose parts "
    "are known, the portrait's ring fits roughly and the others badly: they hold letters and dots "
    "and much field besides (`artifacts/rings` says how much). So a ring's figure is of the ring, "
    "not of the part."
)
AS_DRAWN = "These coins are drawn: their parts are known to the pixel."


class Part(NamedTuple):
    """A part of a coin: the share of a map's evidence in it, and of the picture's area."""

    name: str
    share: float
    area: float


@dataclass(frozen=True)
class Measured:
    """A row a coin and part, see `densities.on_rings`; `exact` if by the parts as drawn."""

    table: pd.DataFrame
    exact: bool


def measured(run: Run, record: pd.Series, heatmap: np.ndarray) -> list[Part]:
    """Where one coin's map lies; nan shares where nothing is positive."""
    masks = _masks(run, dict(record))
    return _parts(heatmap, masks) if masks else on_rings(heatmap)


def on_rings(heatmap: np.ndarray) -> list[Part]:
    """Where a map of any coin lies on the disc's rings."""
    return _parts(heatmap, anatomy.rings(densities.SIZE))


@st.cache_data(
    show_spinner="Measuring where the maps lie …",
    max_entries=32,
    hash_funcs={Run: reading.of_run},
)
def table(run: Run, method: str) -> Measured:
    """Where all of a run's stored maps of a method lie; faint ones have the share nan, as empty."""
    found = _measured(run, method)
    maps = reading.heatmaps(run)[method]
    faint = found.table["coin_id"].isin(maps.coin_ids[maps.faint])
    return replace(found, table=found.table.assign(share=found.table["share"].mask(faint)))


def _measured(run: Run, method: str) -> Measured:
    maps = reading.heatmaps(run)[method]
    heatmaps, ids = maps.predicted, pd.Series(maps.coin_ids)
    folder = reading.photographs(run) if reading.facts(run).get("drawn") else None
    if folder is not None:
        coins = reading.coins(run).set_index("coin_id", drop=False).loc[ids]
        try:
            masks = _all_masks(folder, run.description["dataset_hash"], coins)
            return Measured(densities.on_masks(ids, masks, heatmaps), exact=True)
        except CollectionError:  # photographs without their masks
            pass
    return Measured(densities.on_rings(ids, heatmaps), exact=False)


@st.cache_resource(
    show_spinner=False,
    max_entries=4,
    hash_funcs={pd.DataFrame: lambda coins: tuple(coins["coin_id"])},
)
def _all_masks(folder: Path, dataset_hash: str, coins: pd.DataFrame) -> np.ndarray:
    return densities.drawn_masks(folder, coins)


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs={Run: reading.of_run})
def figures(run: Run, method: str, by: str | None = None) -> pd.DataFrame:
    """Each part's density with its interval, of all test coins or by a column of their records.

    Columns as `densities.densities` gives them, and that column.
    """
    found, tested = table(run, method).table, reading.tested(run)
    groups = reading.coins(run).set_index("coin_id")["group"]
    if by is None:
        return densities.densities(found, groups)
    each = [
        densities.densities(found[found["coin_id"].isin(own["coin_id"])], groups).assign(
            **{by: name}
        )
        for name, own in tested[tested[by] != ""].groupby(by)
    ]
    return pd.concat(each, ignore_index=True)


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs={Run: reading.of_run})
def leader(run: Run, method: str) -> tuple[str, bool] | None:
    """The part on which a run's evidence is densest, and whether that is sure."""
    groups = reading.coins(run).set_index("coin_id")["group"]
    return densities.leader(table(run, method).table, groups)


def told(whom: str, heatmap: np.ndarray, parts: list[Part], scale: heat.Scale) -> str:
    """A map in words: where it lies, how densely, where and how strong it is at most."""
    top = float(heatmap.max())
    if top <= 0:
        return f"No positive evidence for {whom} on this map; that says nothing of the coin."
    faint = ", faint on this scale" if top < FAINT * scale.strongest else ""
    return (
        f"What speaks for {whom}: {shared(parts)}. Strongest {place(heatmap)} "
        f"({heat.number(top)} {scale.unit}{faint})."
    )


def shared(parts: list[Part]) -> str:
    """Shares and densities: "61 % on the portrait (2.4 times its area), 9 % on the legend (0.3)."""
    exact = any(part.name == "headgear" for part in parts)
    places = PLACES if exact else IN_RINGS
    said = [
        f"{100 * part.share:.0f} % {places[part.name]} ({part.share / part.area:.1f})"
        for part in parts
        if part.name in places and part.area > 0
    ]
    return words.listing(said).replace(")", " times its area)", 1)


def place(heatmap: np.ndarray) -> str:
    """Where a map is strongest, in words: "at the top left, near the edge"."""
    y, x = np.unravel_index(int(heatmap.argmax()), heatmap.shape)
    down, right = (
        (at + 0.5) / length * 2 - 1 for at, length in zip((y, x), heatmap.shape, strict=True)
    )
    away = np.hypot(down, right)
    if away < MIDDLE_TO:
        return "in the middle"
    sector = round(np.arctan2(-down, right) / (np.pi / 4)) % len(SECTORS)
    return f"at the {SECTORS[sector]}" + (", near the edge" if away > EDGE_FROM else "")


def alarm(parts: list[Part]) -> str:
    """A warning where as much lies outside the coin as if the map knew of none; else empty."""
    outside = next(part for part in parts if part.name == "outside")
    # an empty map has no shares, and no alarm
    if not outside.share >= densities.OUTSIDE_ALARM * outside.area:
        return ""
    return " **Alarm: outside the coin it is as dense as on it, or denser.**"


def _parts(heatmap: np.ndarray, masks: dict[str, np.ndarray]) -> list[Part]:
    shares = anatomy.shares(heatmap[None], list(masks.values()))[0]
    return [
        Part(name, float(share), float(mask.mean()))
        for (name, mask), share in zip(masks.items(), shares, strict=True)
    ]


def _masks(run: Run, record: dict) -> dict[str, np.ndarray] | None:
    folder = reading.photographs(run)
    if folder is None or not reading.facts(run).get("drawn"):
        return None
    try:
        masks = load_masks(folder, record["file_name"])
    except CollectionError:
        return None
    return anatomy.exact(masks, disc_of(record), densities.SIZE)
