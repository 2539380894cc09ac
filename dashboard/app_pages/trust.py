"""When may a network be believed: what to leave to a person, calibration, where it is weaker."""

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.evaluation import calibration
from coinvision.evaluation.slices import SLICES, further, slices
from coinvision.experiments.sureness import Sureness
from coinvision.intervals import share
from coinvision.runs import Run
from dashboard import believed, charts, folds, parts, words
from dashboard.believed import Asked

SMALL_ERROR = 0.03  # as a share: 3 points off on average


def asked(run: Run) -> Asked:
    """The coins that the page speaks of: those of all folds where they were tested."""
    whole = believed.of_folds(run)
    if whole is None:
        return believed.of_fold(run)
    return whole if folds.all_wanted() else believed.of_fold(run)


def planner(found: Asked) -> None:
    """What must be left to a person so that the rest is right as often as is wanted."""
    wanted = st.slider(
        "Of the coins that it names, at least so many of 100 shall be right", 75, 99, 95
    )
    named = found.named(wanted / 100)
    if named is None:
        st.subheader(f"This network cannot promise {wanted} of 100", anchor=False)
        st.caption("Even the coins that it is surest of were not that often right.")
        return
    count, left = int(named.sum()), int((~named).sum())
    st.subheader(
        f"It leaves {left:,} of {words.count(len(named), 'coin')} to a person", anchor=False
    )
    kept = f"It names the other {count:,}"
    if count:
        groups = found.coins["group"].to_numpy()
        figure = words.with_interval(share(found.right[named], groups[named]).as_dict())
        kept += f" and is right on **{figure}** of them"
    st.markdown(
        f"{kept}. It names a coin if its calibrated probability reaches a limit that was set on "
        f"{found.limited}; the result is of the test coins, so it can miss what is wanted by "
        "chance."
    )
    _coverage(found, count)


def _coverage(found: Asked, named: int) -> None:
    table = calibration.risk_coverage(found.confidences, found.right)
    alt = (
        f"Share of right answers against the share of coins named, the surest first: "
        f"{words.percent(float(table['right, %'].iloc[-1]) / 100)} if all are named."
    )
    chart = charts.marked(charts.coverage(table), 100 * named / len(found.right), "chosen")
    st.altair_chart(chart, alt=alt)
    if isinstance(found.whose, Sureness):
        st.caption(
            "The curve ranks the coins of all folds at once; limits are set fold by fold, so what "
            "is reached may lie beside it."
        )
    parts.download(table, "coverage")


def believable(found: Asked) -> None:
    """Do the stated probabilities hold?"""
    before, after = found.figures["before"], found.figures["after"]
    st.subheader(_verdict(after, len(found.right)), anchor=False)
    st.markdown(
        f"As trained, what it says is off by **{_points(before)}** on average; a perfectly honest "
        f"network would show {_range(before)} by chance with "
        f"{words.count(len(found.right), 'coin')}. With {found.fitted}, it is off by "
        f"**{_points(after)}** ({_range(after)} by chance). Brier's score (0 is perfect) goes from "
        f"{before['brier']:.3f} to {after['brier']:.3f}."
    )
    table = _reliability(found)
    widest = (table["stated, %"] - table["right, %"]).abs().max()
    st.altair_chart(
        charts.reliability(table),
        alt=f"Calibrated probability against the share that was right, {len(table)} groups of "
        f"equally many test coins; the largest gap is {widest:.0f} points.",
    )
    st.caption(
        "Each point is an equal share of the test coins, with its 95 % interval; on the dashed "
        "line a network is right as often as it says."
    )
    parts.download(table, "reliability")


def _verdict(after: dict, n: int) -> str:
    """Only where chance alone shows little can no fault be taken for there being none."""
    if after["calibration_error"] > after["perfect_to"]:
        return "Its probabilities do not hold"
    if after["perfect_to"] <= SMALL_ERROR:
        return "Its probabilities hold"
    return f"{words.count(n, 'coin')} show no fault in its probabilities"


def _points(figures: dict) -> str:
    return f"{100 * figures['calibration_error']:.1f} points"


def _range(figures: dict) -> str:
    return f"{100 * figures['perfect_from']:.1f} to {100 * figures['perfect_to']:.1f}"


def _reliability(found: Asked) -> pd.DataFrame:
    rows = [
        {
            "stated, %": round(100 * stated, 1),
            "right, %": round(100 * (figure.value or 0), 1),
            "low": round(100 * (figure.low or 0), 1),
            "high": round(100 * (figure.high or 0), 1),
            "n": figure.n,
        }
        for stated, figure in calibration.reliability(
            found.confidences, found.right, found.coins["group"].to_numpy()
        )
    ]
    return pd.DataFrame(rows)


def weaker(found: Asked) -> None:
    """The share of right answers for parts of the test coins."""
    st.subheader("Where is it weaker?", anchor=False)
    name = st.selectbox("Test coins by", list(SLICES), index=_telling(found), key="slice")
    table = slices(found.coins, name, found.right)
    shown = table.assign(**{c: (100 * table[c]).round(1) for c in ("value", "low", "high")})
    if len(shown) == 1:
        st.caption(f"All {words.count(int(shown['n'].iloc[0]), 'test coin')}: {shown['part'][0]}.")
        return
    worst = shown.loc[shown["value"].idxmin()]
    st.altair_chart(
        charts.intervals(shown, "part", list(shown["part"]), "named rightly, %"),
        alt=f"Named rightly by {name}: lowest for {worst['part']}, {worst['value']:.1f} % of "
        f"{words.count(int(worst['n']), 'coin')}.",
    )
    more = _further(found.coins, name, found.confidences)
    parts.table(
        pd.DataFrame(
            {
                name: table["part"],
                "coins": table["n"],
                "named rightly": [words.with_interval(row) for row in table.to_dict("records")],
                "macro-F1": [words.with_interval(row["macro_f1"]) for row in more],
                "balanced accuracy": [
                    words.with_interval(row["balanced_accuracy"]) for row in more
                ],
                "probabilities off by, points": [_off(row) for row in more],
            }
        ),
        "slices",
        f"Named rightly, macro-F1, balanced accuracy and calibration by {name}, with n.",
    )
    st.caption(
        "Parts whose intervals overlap may be alike. Macro-F1 and balanced accuracy are of the "
        "emperors of a part. Probabilities: how far they are off on average, calibrated, and in "
        "brackets what a perfectly honest network would show with as few coins."
    )


def _telling(found: Asked) -> int:
    """The first way to part the coins that has several parts: a collection may lack materials."""
    several = (len(slices(found.coins, name, found.right)) > 1 for name in SLICES)
    return next((place for place, parted in enumerate(several) if parted), 0)


def _off(row: dict) -> str:
    low, high = 100 * row["perfect_from"], 100 * row["perfect_to"]
    return f"{100 * row['calibration_error']:.1f} ({low:.1f} to {high:.1f})"


@st.cache_data(show_spinner="Measuring each part …", max_entries=64)
def _further(coins: pd.DataFrame, name: str, confidences: np.ndarray) -> list[dict]:
    return further(coins, name, confidences)


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("When may you believe it?", run)
    found = asked(run)
    planner(found)
    believable(found)
    weaker(found)


main()
