"""What a run still names when a part of the coin is blanked: the causal check beside the maps."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.photos.inputs import LEGEND_FROM
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
    said = _most(found)
    st.subheader(said, anchor=False)
    st.caption(
        f"The same coins with a region painted over: of whole coins, "
        f"{words.with_interval(facts['whole'])} are named rightly. A patch is strange to the "
        "network by itself, so a part of a loss may be the patch's own. The portrait is blanked "
        f"with the field around it, up to {LEGEND_FROM} of the coin's radius.",
        help=words.INTERVAL_HELP,
    )
    table = pd.DataFrame([_row(name, one) for name, one in found.items()])
    parts.table(table, "blanked", f"Accuracy without each region. {said}.")
    with st.expander("Each emperor"):
        each = pd.DataFrame(
            {"emperor": name, **_row(region, one)}
            for region, whole in found.items()
            for name, one in whole["emperors"].items()
        )
        parts.table(each, "blanked_by_emperor", "Accuracy of each emperor without each region.")


def _most(found: dict[str, Any]) -> str:
    """The region that costs most, or the two that cannot be told apart by their intervals."""
    worst, second = sorted(found, key=lambda name: found[name]["difference"]["value"])[:2]
    one, other = (found[name]["difference"] for name in (worst, second))
    if other["low"] <= one["high"]:
        return (
            f"Most is lost without the {worst} ({words.gain(one)} points) or without the {second} "
            f"({words.gain(other)}): not told apart"
        )
    return f"Most is lost without the {worst}: {words.gain(one)} points"


def _row(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "blanked": name,
        "coins": one["difference"]["n"],
        "named rightly": words.with_interval(one["accuracy"]),
        "difference, points": words.gain(one["difference"]),
    }
