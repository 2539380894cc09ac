"""Does a method find the cue, on drawn coins of which one part alone tells the emperor?

section(method)     # from artifacts/planted/cues.csv; nothing where that was not measured
"""

from pathlib import Path

import pandas as pd
import streamlit as st

from coinvision.runs import runs_folder
from dashboard import parts, words

FILE = Path("planted", "cues.csv")
GRIDDED = ("gradcam", "scorecam")  # on the grid of the last convolution
SPILLS = (
    "Letters are finer than the cells of this method's grid, so that its maps spill over them: it "
    "can show that a legend counts, hardly which letter."
)
NAMES = ["cue", "network", "input", "method", "clear"]
NUMBERS = [
    *("tested", "named_rightly", "n", "area"),
    *("energy", "energy_low", "energy_high", "pointing", "pointing_low", "pointing_high"),
]


def section(method: str) -> None:
    """How much of the method's maps lies on the only cue, beside all other methods."""
    table = _read(runs_folder().parent / FILE)
    own = table[table["method"] == method]
    if own.empty:
        return
    who = words.who(str(own["network"].iloc[0]))
    if method.startswith(GRIDDED) and "legend" in _lost(own):
        st.caption(SPILLS)
    with st.expander(f"On drawn coins of which one part alone tells, {who}: {_answer(own)}"):
        for row in own.to_dict("records"):
            st.markdown(_sentence(row))
        st.caption(
            "Drawn coins, on which everything but one part is independent of the emperor, by "
            "networks trained on them, not by the run above; only coins named rightly."
        )
        parts.table(
            _shown(table),
            "on_the_only_cue",
            f"Share of each method's maps on the only part that tells: {_answer(own)}.",
        )


def _read(path: Path) -> pd.DataFrame:
    """The table; without rows where nothing was measured, or where it is damaged."""
    nothing = pd.DataFrame(columns=NAMES + NUMBERS)
    if not path.is_file():
        return nothing
    try:
        table = _stored(path, path.stat().st_mtime_ns)
        return table[NAMES].join(table[NUMBERS].apply(pd.to_numeric))
    except (OSError, ValueError, KeyError) as error:
        st.warning(f"{path} is damaged ({error}); `scripts/measure_planted.py` writes it anew.")
        return nothing


@st.cache_data(show_spinner=False, max_entries=4)
def _stored(path: Path, changed: int) -> pd.DataFrame:
    return pd.read_csv(path)


def _answer(own: pd.DataFrame) -> str:
    """Which cues the method finds better than every map that knows nothing."""
    lost = _lost(own)
    found = [cue for cue in own["cue"].unique() if cue not in lost]
    name = words.method(str(own["method"].iloc[0]))
    above = "above all controls on"
    if not found:
        return f"{name} is not {above} {words.listing(lost)}"
    return f"{name} is {above} {words.listing(found)}" + (
        f", not on {words.listing(lost)}" if lost else ""
    )


def _lost(own: pd.DataFrame) -> list[str]:
    """The cues on which some control's maps do as well."""
    return list(own.loc[own["clear"].astype(str) != "True", "cue"].unique())


def _sentence(row: dict) -> str:
    times = row["energy"] / row["area"]
    return (
        f"Only the **{row['cue']}** tells ({words.who(row['network'])}, {row['input']}, "
        f"{words.percent(row['named_rightly'])} of {row['tested']} coins named rightly): "
        f"{words.with_interval(_figure(row, 'energy'))} of the evidence lies on it, "
        f"**{times:.1f} times** its share of the picture; the peak on "
        f"{words.percent(row['pointing'])} of {words.count(row['n'], 'coin')}."
    )


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "only cue": table["cue"],
            "network": table["network"].map(words.who) + ", " + table["input"],
            "maps by": table["method"].map(words.method),
            "coins": table["n"],
            "evidence on it": _spelt(table, "energy"),
            "times its area": (table["energy"] / table["area"]).round(2),
            "peak on it": _spelt(table, "pointing"),
            "above all controls": table["clear"].map({True: "yes", False: "no"}).fillna(""),
        }
    )


def _spelt(table: pd.DataFrame, measure: str) -> list[str]:
    return [words.with_interval(_figure(row, measure)) for row in table.to_dict("records")]


def _figure(row: dict, measure: str) -> dict[str, float]:
    ends = {"value": "", "low": "_low", "high": "_high"}
    return {name: float(row[measure + end]) for name, end in ends.items()}
