"""What a run still names when a part of the coin is blanked: the causal check beside the maps."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import parts, reading, words


def section(run: Run) -> None:
    """What is lost without each region, all coins together and each emperor alone."""
    facts = reading.regions(run)
    if facts is None:
        st.caption(
            "What the network still names when a part of the coin is blanked has not been "
            f"measured: `scripts/regions.py {run.name}` does it. Maps alone prove no cause."
        )
        return
    found = facts["regions"]
    worst = min(found, key=lambda name: found[name]["difference"]["value"])
    lost = words.gain(found[worst]["difference"])
    st.subheader(f"Most is lost without the {worst}: {lost} points", anchor=False)
    st.caption(
        f"The same coins with a region painted over: of whole coins, "
        f"{words.with_interval(facts['whole'])} are named rightly. A patch is strange to the "
        "network by itself, so a part of a loss may be the patch's own.",
        help=words.INTERVAL_HELP,
    )
    table = pd.DataFrame([_row(name, one) for name, one in found.items()])
    parts.table(table, "blanked", f"Accuracy without each region; most is lost without {worst}.")
    with st.expander("Each emperor"):
        each = pd.DataFrame(
            {"emperor": name, **_row(region, one)}
            for region, whole in found.items()
            for name, one in whole["emperors"].items()
        )
        parts.table(each, "blanked_by_emperor", "Accuracy of each emperor without each region.")


def _row(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "blanked": name,
        "coins": one["difference"]["n"],
        "named rightly": words.with_interval(one["accuracy"]),
        "difference, points": words.gain(one["difference"]),
    }
