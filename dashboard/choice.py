"""Which run the pages show: picked in the sidebar, kept in the address as `?run=...`.

A run and its siblings (the same dataset, fold and seed) are one family; the grayscale switch goes
to the sibling with the other input, so that every page then shows what that network saw.
"""

from dataclasses import dataclass

import streamlit as st

from coinvision.runs import Run
from dashboard import reading, words

CHOSEN = "chosen_run"
BROWSER_LOADS = "museum_photographs"


@dataclass(frozen=True)
class Choice:
    """The run that is shown and all runs on the same dataset, fold and seed."""

    run: Run
    family: list[Run]

    def sibling(self, network: str, input_name: str) -> Run | None:
        """The family's run of that network and input."""
        for run in self.family:
            if (run.description["network"], run.description["input"]) == (network, input_name):
                return run
        return None

    @property
    def networks(self) -> list[str]:
        """The family's networks, the one that is shown first."""
        own = str(self.run.description["network"])
        return [own, *sorted({str(r.description["network"]) for r in self.family} - {own})]


def choose() -> Choice | None:
    """Show the picker in the sidebar; None, with a sentence, if there is no run to show."""
    whole, problems = reading.all_runs()
    if not whole:
        st.error(
            "There is no run to show. Train one with `scripts/train.py` and evaluate it with "
            "`scripts/evaluate.py`, or name the folder above `runs` in `COINVISION_ARTIFACTS`."
        )
        for sentence in problems:
            st.warning(sentence)
        return None
    _follow_address(whole)
    with st.sidebar:
        run = _picked(whole)
        if reading.photographs(run) is None:
            st.toggle(
                "Photographs from the museums' sites",
                key=BROWSER_LOADS,
                help="They are not on this machine. If you switch this on, your browser asks the "
                "museum for each photograph that you open.",
            )
        if problems:
            with st.expander(words.count(len(problems), "run cannot", "runs cannot") + " be shown"):
                for sentence in problems:
                    st.caption(sentence)
    st.session_state[CHOSEN] = st.query_params["run"] = run.name
    return Choice(run, [other for other in whole.values() if _family(other) == _family(run)])


def museum_photographs_allowed() -> bool:
    """Whether the user lets the browser load photographs from the museums' sites."""
    return bool(st.session_state.get(BROWSER_LOADS))


def _follow_address(whole: dict[str, Run]) -> None:
    """Set the picker to the run that the address names, if it is not the one shown already."""
    wanted = st.query_params.get("run")
    if wanted is None or wanted == st.session_state.get(CHOSEN):
        return
    if wanted not in whole:
        st.warning(
            f"The address asks for the run “{wanted}”, which is not here or cannot be shown; this "
            "is another one."
        )
        return
    run = whole[wanted]
    st.session_state["picked"] = _pick(run)
    st.session_state["grayscale"] = run.description["input"] == "grayscale"


def _picked(whole: dict[str, Run]) -> Run:
    picks: dict[str, dict[str, Run]] = {}
    for run in whole.values():
        picks.setdefault(_pick(run), {})[str(run.description["input"])] = run
    # VGG-16 names more coins than the small network: open on it
    names = sorted(picks, key=lambda pick: (words.NETWORKS["vgg16"] not in pick, pick))
    name = st.selectbox("Run", names, key="picked", help="A network trained on a collection.")
    inputs = picks[name]
    gray = st.toggle(
        "Grayscale",
        key="grayscale",
        disabled=set(inputs) != {"color", "grayscale"},
        help="Show the network that was trained and tested on gray photographs.",
    )
    wanted = "grayscale" if gray else "color"
    return inputs.get(wanted) or next(iter(inputs.values()))


def _pick(run: Run) -> str:
    said = run.description
    name = f"{said['dataset']} · {words.network(run)}"
    return name if said["fold"] == said["seed"] == 0 else f"{name} · {run.name}"


def _family(run: Run) -> tuple:
    return tuple(run.description[key] for key in ("dataset", "dataset_hash", "fold", "seed"))
