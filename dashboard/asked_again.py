"""Does color matter, asked again: within a metal or a museum, and of trainings by another seed."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.experiments.figures import FEWEST
from dashboard import parts, words


def within(report: dict[str, Any], network: str) -> None:
    """The same question inside one metal, one museum, photographs in color."""
    found = report["networks"][network]["within"]
    rows = [
        {
            "within": f"{kind}: {part}",
            "coins": said["gain"]["n"],
            "color less gray, points": words.gain(said["gain"]),
            "verdict": said["kind"],
        }
        for kind, own in found.items()
        for part, said in own.items()
        if "gain" in said
        and said["gain"]["n"] < report["networks"][network]["verdict"]["gain"]["n"]
    ]
    if rows:
        st.subheader("Within one metal, one museum, photographs in color", anchor=False)
        parts.table(pd.DataFrame(rows), "within", "The difference of color and gray in each part.")
        st.caption(
            f"Parts of fewer than {FEWEST} tested coins are left out, and those that hold all. "
            "Where a record names no metal, it is that of the denomination."
        )


def seeds(report: dict[str, Any], network: str) -> None:
    """What trainings differ by that differ in nothing but their seed."""
    rows = [row for row in report["seeds"] if row["classifier"] == network]
    st.subheader("What another seed changes", anchor=False)
    if not rows:
        st.caption("No other was tried here: how far two trainings differ by chance is not known.")
        return
    table = pd.DataFrame(
        {
            "what": [row["what"] for row in rows],
            "coins": [row["difference"]["n"] for row in rows],
            "rightly named by only one": [row["only_one"] for row in rows],
            "difference, points": [words.gain(row["difference"]) for row in rows],
        }
    )
    parts.table(table, "seeds", f"{rows[0]['what']}: {words.gain(rows[0]['difference'])} points.")
    st.caption(
        "The same coins, the same training, other chances: what color changes is to be seen beside "
        "this."
    )
