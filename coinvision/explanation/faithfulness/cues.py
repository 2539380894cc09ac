"""Do maps lie on the cue, where one part of drawn coins alone tells the emperor?

    on_cue(run, photographs)     # one row a method and control, of the maps that the run holds

Only coins that the run names rightly are counted: where it is wrong, it did not use the cue.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.errors import RunError
from coinvision.explanation import CONTROLS, METHODS, anatomy, densities, stored
from coinvision.explanation.explaining import evaluated_coins
from coinvision.explanation.faithfulness.localization import MEASURES, localized
from coinvision.intervals import Figure, mean_over_groups
from coinvision.phantom.planted import planted

KEY = ["cue", "network", "input"]


def on_cue(run: runs.Run, photographs: Path) -> pd.DataFrame:
    """Measure the maps of a run on coins of which one part alone tells the emperor.

    Args:
        run: evaluated, with heatmaps.
        photographs: its collection's folder, drawn with one planted part.

    Returns:
        Columns `cue`, `network`, `input`, `tested` coins, share `named_rightly`; `method`, `n`
        maps that hold evidence, `area` of the cue (share of the picture); `energy` and `pointing`
        as `localized` tells them, each with `_low` and `_high` (95 %, over groups); `clear`:
        whether the energy is above that of all four controls on the same coins, empty for controls
        and where one is missing.

    Raises:
        RunError: no heatmaps, no predictions, or no one part that alone tells the emperor.
        CollectionError: not drawn, or masks are missing.
    """
    cues = [cue for cue in planted(photographs) if cue in anatomy.PARTS]
    if len(cues) != 1:
        raise RunError(
            f"On the coins of {photographs} {len(cues)} parts alone tell the emperor; expected "
            "one: `scripts/phantom.py --cue` with portrait, headgear or legend draws such coins."
        )
    tested = evaluated_coins(run).set_index("coin_id", drop=False)
    own = tested[tested["emperor"] == tested["predicted"]]
    drawn = densities.drawn_masks(photographs, own)[:, anatomy.PARTS.index(cues[0])]
    masks = dict(zip(own.index, drawn / densities.WHOLE, strict=True))
    tables = {name: _localized(maps, masks) for name, maps in stored.read(run).items()}
    names = [name for name in (*METHODS, *CONTROLS) if name in tables]
    if not names:
        raise RunError(f"{run.name} has no heatmaps; `scripts/explain.py` stores them.")
    told = {"cue": cues[0], **{key: run.description[key] for key in ("network", "input")}}
    told |= {"tested": len(tested), "named_rightly": len(own) / len(tested)}
    return pd.DataFrame([{**told, **_row(name, tables, own["group"])} for name in names])


def _localized(maps: stored.Maps, masks: dict[str, np.ndarray]) -> pd.DataFrame:
    """Of each coin that has a mask, what `localized` says of its map."""
    found = {
        coin: localized(heatmap, masks[coin])
        for coin, heatmap in zip(maps.coin_ids, maps.predicted, strict=True)
        if coin in masks
    }
    return pd.DataFrame.from_dict(found, orient="index", columns=list(MEASURES))


def _row(name: str, tables: dict[str, pd.DataFrame], groups: pd.Series) -> dict[str, Any]:
    own = tables[name]
    evidence = int(own["energy"].notna().sum())
    row: dict[str, Any] = {"method": name, "n": evidence, "area": own["area"].mean()}
    for measure in ("energy", "pointing"):
        mean = _mean(own[measure], groups)
        row |= {measure: mean.value, f"{measure}_low": mean.low, f"{measure}_high": mean.high}
    row["clear"] = None
    if name in METHODS and set(CONTROLS) <= set(tables):
        rivals = [tables[control]["energy"] for control in CONTROLS]
        leads = [_mean(own["energy"] - rival, groups).low for rival in rivals]
        row["clear"] = all(low is not None and low > 0 for low in leads)
    return row


def _mean(values: pd.Series, groups: pd.Series) -> Figure:
    return mean_over_groups(values.to_numpy(dtype=float), groups.loc[values.index].to_numpy())
