"""How far a method's maps can be believed: a badge beside each map, its sentence, all methods.

From what scripts have measured on the run's own test coins; where they have not, it says so.
"""

from typing import Any

import pandas as pd
import streamlit as st

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
    measured = _measured(run, method)
    if measured is None:
        return (
            f"How far {words.method(method)}'s maps can be believed on this run is {NOT_MEASURED}: "
            f"`scripts/faithfulness.py {run.name}` measures it."
        )
    return f"{words.method(method)} on {words.count(measured['n'], 'coin')}. {measured['badge']}"


def all_methods(run: Run) -> None:
    """Every method that was measured on this run, beside maps that know nothing of the network."""
    found = reading.faithfulness(run)
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


def _measured(run: Run, method: str) -> dict[str, Any] | None:
    """What was measured of the method on this run; None where nothing was."""
    found: dict[str, Any] | None = reading.faithfulness(run)["methods"].get(method)
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
