"""What a run's scores and sanity checks come to: figures with intervals, badges, drawn truth."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coinvision import explanation, runs
from coinvision.explanation.faithfulness.badge import MEASURES, badge
from coinvision.explanation.faithfulness.checking import checks_of
from coinvision.explanation.faithfulness.localization import MEASURES as LOCALIZED
from coinvision.explanation.faithfulness.measuring import PARTS, scores_of
from coinvision.intervals import mean_over_groups
from coinvision.phantom.planted import planted

Fact = dict[str, Any]


def summarize(run: runs.Run, photographs: Path) -> dict[str, Any]:
    """Write a run's faithfulness.json from faithfulness.csv and sanity.json.

    Args:
        run: one that `measure` and `check` were applied to.
        photographs: the collection's folder; of drawn coins it tells which cue was planted.

    Returns:
        What is written: `methods` and `controls`, each by name, with figures of `insertion`,
        `deletion`, `insertion_deletion` (the first less the second) and `road`; on drawn coins
        `parts`, by part the figures of `energy`, `pointing` and `area`. Methods have besides
        `against` (by measure and control, the method's figure less the control's on the same
        coins), `sanity`, `passes`, `undecided` and `badge`, a sentence. `planted` names the cues
        that alone tell the emperor; [] where there are none.

    Raises:
        RunError: nothing is measured, or a file is damaged.
    """
    groups = run.table(runs.COINS, "coin_id", "group").set_index("coin_id")["group"]
    tables = {
        str(method): own.set_index("coin_id").assign(
            insertion_deletion=own["insertion"].to_numpy() - own["deletion"].to_numpy()
        )
        for method, own in scores_of(run).groupby("method", sort=False)
    }
    controls = {name: tables[name] for name in explanation.CONTROLS if name in tables}
    checked = checks_of(run)
    facts = {
        "methods": {
            name: _method(table, controls, groups, checked.get(name))
            for name, table in tables.items()
            if name not in controls
        },
        "controls": {name: _figures(table, groups) for name, table in controls.items()},
        "planted": list(planted(photographs)) if _drawn(run) else [],
    }
    runs.keep_json(run, runs.FAITHFULNESS, facts)
    return facts


def _drawn(run: runs.Run) -> bool:
    return bool(run.facts(runs.DATASET).get("drawn"))


def _method(
    table: pd.DataFrame, controls: dict[str, pd.DataFrame], groups: pd.Series, sanity: Fact | None
) -> Fact:
    against = {
        measure: {
            name: _less(table[measure], control[measure], groups)
            for name, control in controls.items()
        }
        for measure in (*MEASURES, *_localized(table))
    }
    said = badge(against, sanity)
    return {
        "passes": said.passes,
        "undecided": said.undecided,
        "badge": said.sentence,
        **_figures(table, groups),
        "against": against,
        "sanity": sanity,
    }


def _figures(table: pd.DataFrame, groups: pd.Series) -> Fact:
    measures = ("insertion", "deletion", *MEASURES)
    facts: Fact = {"n": len(table), **{name: _mean(table[name], groups) for name in measures}}
    if _localized(table):
        facts["parts"] = {
            part: {measure: _mean(table[f"{part}_{measure}"], groups) for measure in LOCALIZED}
            for part in PARTS
        }
    return facts


def _localized(table: pd.DataFrame) -> list[str]:
    """The columns that say how much of a map lies on a part."""
    wanted = [f"{part}_{measure}" for part in PARTS for measure in ("energy", "pointing")]
    return [name for name in wanted if name in table.columns]


def _less(own: pd.Series, control: pd.Series, groups: pd.Series) -> Fact:
    both = own.index.intersection(control.index)
    return _mean(own.loc[both] - control.loc[both], groups)


def _mean(values: pd.Series, groups: pd.Series) -> Fact:
    own = groups.loc[values.index].to_numpy()
    return mean_over_groups(values.to_numpy(dtype=float), np.asarray(own)).as_dict()
