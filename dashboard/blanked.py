"""What a run still names when a part of the coin is blanked: the causal check beside the maps."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.experiments.arms import ARMS
from coinvision.photos.inputs import LEGEND_FROM
from coinvision.runs import Run
from dashboard import experiments, parts, reading, words

COLLAPSED = 0.5  # share of coins under one name from which nothing else is heard


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
        f"with the field around it, up to {LEGEND_FROM} of the coin's radius. "
        f"{_commonest(run)}{_alone(run)}",
        help=words.INTERVAL_HELP,
    )
    for region, one in found.items():
        if _has_collapsed(one):
            st.warning(_collapsed(region, one["most_named"]))
    table = pd.DataFrame([_row(name, one) for name, one in found.items()])
    parts.table(table, "blanked", f"Accuracy without each region. {said}.")
    with st.expander("Each emperor"):
        each = pd.DataFrame(
            {"emperor": name, **_row(region, whole["emperors"][name])}
            for region, whole in found.items()
            for name in reading.reign_order(run)
            if name in whole["emperors"]
        )
        parts.table(each, "blanked_by_emperor", "Accuracy of each emperor without each region.")


def _most(found: dict[str, Any]) -> str:
    """The region that costs most, or the two that cannot be told apart by their intervals.

    Where the network then gives one name to most coins, that it is lost.
    """
    worst, second = sorted(found, key=lambda name: found[name]["difference"]["value"])[:2]
    if _has_collapsed(found[worst]):
        return f"Lost without the {worst}: most coins are then called one name"
    one, other = (found[name]["difference"] for name in (worst, second))
    if other["low"] <= one["high"]:
        return (
            f"Most is lost without the {worst} ({words.gain(one)} points) or without the {second} "
            f"({words.gain(other)}): not told apart"
        )
    return f"Most is lost without the {worst}: {words.gain(one)} points"


def _has_collapsed(one: dict[str, Any]) -> bool:
    return bool(one["most_named"]["named"]["value"] > COLLAPSED)


def _collapsed(region: str, most: dict[str, Any]) -> str:
    return (
        f"Without the {region} it calls {words.with_interval(most['named'])} of all coins "
        f"{most['emperor']} ({words.percent(most['his'])} are his): it has fallen back on one "
        "name, so this loss tells that it was lost, not how much it needs that part."
    )


def _named_most(most: dict[str, Any]) -> str:
    return f"{most['emperor']}, {words.percent(most['named']['value'])} of coins"


def _commonest(run: Run) -> str:
    counts = reading.tested(run)["emperor"].value_counts()
    return (
        f"To name {counts.index[0]} always, the commonest, is right in "
        f"{words.percent(counts.iloc[0] / counts.sum())}."
    )


def _alone(run: Run) -> str:
    """What networks that were trained on one part alone name: they know no patch."""
    found = experiments.readable(lambda: experiments.on(run))
    network = (found or {"networks": {}})["networks"].get(str(run.description["network"]), {})
    alone = network.get("alone")
    if not alone:
        return ""
    told = [
        f"{ARMS[arm].part} {words.with_interval(alone['parts'][arm])}"
        for arm in ("G1", "G2", "G3")
        if arm in alone["parts"]
    ]
    if not told:
        return ""
    return (
        " Networks that were trained in color on one part alone know no patch; they name rightly "
        f"from {words.listing(told)} (of {words.count(alone['n'], 'coin')}; see *Color or face?*)."
    )


def _row(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "blanked": name,
        "difference, points": words.gain(one["difference"]),
        "named rightly": words.with_interval(one["accuracy"]),
        "coins": one["difference"]["n"],
        **({"then named most": _named_most(one["most_named"])} if "most_named" in one else {}),
    }
