"""How far a method's maps can be believed: a badge beside each map, its sentence, regions blanked.

From what scripts have measured on the run's own test coins; where they have not, it says so.
"""

import streamlit as st

from coinvision.runs import Run
from dashboard import reading, words

NOT_MEASURED = "not measured yet"


def badge(run: Run, method: str) -> None:
    """Green only if the method beats every control on this run and passes both sanity checks."""
    measured = reading.faithfulness(run).get(method)
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
    else:
        st.badge("Fails a check", icon=":material/close:", color="red", help=measured["badge"])


def sentence(run: Run, method: str) -> str:
    """How far the method's maps can be believed on this run, and by how much."""
    measured = reading.faithfulness(run).get(method)
    if measured is None:
        return (
            f"How far {words.method(method)}'s maps can be believed on this run is {NOT_MEASURED}: "
            f"`scripts/faithfulness.py {run.name}` measures it."
        )
    return f"{words.method(method)} on {words.count(measured['n'], 'coin')}. {measured['badge']}"
