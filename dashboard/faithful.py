"""How far a method's maps can be believed: a badge beside each map, its sentence, all methods.

From what scripts have measured on the run's own test coins; where they have not, it says so.
"""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.errors import CoinvisionError
from coinvision.runs import Run
from dashboard import parts, reading, words

NOT_MEASURED = "not measured yet"
MEASURED = (
    "Both measures are differences of the named emperor's probability: 0 by chance, more is "
    "better. Insertion less deletion: the places that a map calls important are shown first on a "
    "blurred coin, or blurred first. ROAD: the least or the most important are removed and filled "
    "from around. Controls know nothing of the network; a method passes if it beats all four in "
    "both, and if its maps change with the network's weights and with the emperor."
)

SANITY = (
    "Spearman's correlation of two maps of a coin: 1 is the same map. Maps should not stay alike "
    "when all of the network's weights are drawn anew, should be no more like those of random "
    "networks than these are like each other, and should change with the emperor that is explained."
)


def badge(run: Run, method: str) -> None:
    """Green only if the method beats every control on this run and passes both sanity checks.

    Orange if nothing speaks against it but that coins were too few to tell it from a control.
    """
    measured = _measured(run, method)
    if measured is None:
        st.badge(
            NOT_MEASURED.capitalize(),
            icon=":material/help:",
            color="gray",
            help="How far maps of this method can be believed on this run has not been measured.",
        )
    elif measured["passes"]:
        st.badge(
            "Passes all checks", icon=":material/check:", color="green", help=measured["badge"]
        )
    elif measured.get("undecided"):
        st.badge("Cannot tell", icon=":material/help:", color="orange", help=measured["badge"])
    else:
        st.badge("Fails a check", icon=":material/close:", color="red", help=measured["badge"])


def passes(run: Run, method: str) -> bool:
    """Whether the method was measured on this run and passed all checks."""
    measured = _measured(run, method)
    return measured is not None and bool(measured["passes"])


def sentence(run: Run, method: str) -> str:
    """How far the method's maps can be believed on this run, and by how much."""
    try:
        reading.faithfulness(run)
    except CoinvisionError as error:
        return str(error)
    measured = _measured(run, method)
    if measured is None:
        return (
            f"How far {words.method(method)}'s maps can be believed on this run is {NOT_MEASURED}: "
            f"`scripts/faithfulness.py {run.name}` measures it."
        )
    return f"{words.method(method)} on {words.count(measured['n'], 'coin')}. {measured['badge']}"


def all_methods(run: Run) -> None:
    """Every method that was measured on this run, beside maps that know nothing of the network."""
    found = _found(run)
    if not found["methods"]:
        return
    passing = [words.method(name) for name, one in found["methods"].items() if one["passes"]]
    said = f"all checks passed by {words.listing(passing) if passing else 'none'}"
    both = {**found["methods"], **found["controls"]}
    maps = {words.method(name): one for name, one in both.items()}
    order = sorted(maps, key=lambda name: maps[name]["road"]["value"], reverse=True)
    with st.expander(f"{words.count(len(found['methods']), 'method')} measured: {said}"):
        shown = pd.DataFrame([_row(name, maps[name]) for name in order])
        parts.table(
            shown, "faithfulness", f"Methods and controls, highest in ROAD {order[0]}: {said}."
        )
        st.caption(MEASURED)
        _sanity(found["methods"])
        _on_drawn_parts(maps)


def _sanity(methods: dict[str, Any]) -> None:
    """How alike maps stay when what they should depend on is changed."""
    rows = [
        {
            "maps by": words.method(name),
            "coins": one["sanity"]["other_class"]["n"],
            "all weights drawn anew": _drawn_anew(one["sanity"]["cascade"]),
            "like random networks": words.interval(one["sanity"]["random_networks"]["trained"]),
            "random networks alike": words.interval(one["sanity"]["random_networks"]["each_other"]),
            "for another emperor": words.interval(one["sanity"]["other_class"]),
        }
        for name, one in methods.items()
        if one.get("sanity")
    ]
    if rows:
        parts.table(pd.DataFrame(rows), "sanity", "How alike maps are that should differ.")
        st.caption(SANITY)


def _drawn_anew(cascade: list[dict[str, Any]]) -> str:
    """At the end of the cascade; slow methods are asked of whole random networks alone."""
    return words.interval(cascade[-1]) if cascade else "not asked"


def _on_drawn_parts(maps: dict[str, Any]) -> None:
    """On drawn coins, how much of each map lies on each part, and how often its peak does."""
    rows = [
        {
            "maps by": name,
            "part": part,
            "coins": figures["energy"]["n"],
            "evidence on it": words.with_interval(figures["energy"]),
            "peak on it": words.with_interval(figures["pointing"]),
            "its area": words.percent(figures["area"]["value"]),
        }
        for name, one in maps.items()
        for part, figures in (one.get("parts") or {}).items()
    ]
    if rows:
        shown = pd.DataFrame(rows).sort_values("part", kind="stable")
        parts.table(shown, "on_drawn_parts", "Evidence and peaks of maps on drawn parts.")
        st.caption(
            "Energy in the mask and the pointing game: where maps lie on parts that are known to "
            "the pixel. A map on the portrait is plausible; whether the network used the portrait "
            "is told by the measures above."
        )


def _found(run: Run) -> dict[str, Any]:
    """What was measured on this run; of a damaged file, which `sentence` names, nothing."""
    try:
        return reading.faithfulness(run)
    except CoinvisionError:
        return {"methods": {}, "controls": {}}


def _measured(run: Run, method: str) -> dict[str, Any] | None:
    """What was measured of the method on this run; None where nothing was."""
    found: dict[str, Any] | None = _found(run)["methods"].get(method)
    return found


def _row(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "maps by": name,
        "coins": one["n"],
        "insertion less deletion": words.interval(one["insertion_deletion"]),
        "ROAD": words.interval(one["road"]),
        "passes": _outcome(one),
        "why": one.get("badge", ""),
    }


def _outcome(one: dict[str, Any]) -> str:
    if "passes" not in one:  # a control
        return ""
    if one["passes"]:
        return "yes"
    return "cannot tell" if one.get("undecided") else "no"
