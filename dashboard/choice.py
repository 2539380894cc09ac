"""Which run the pages show: picked in the sidebar, kept in the address as `?run=...`.

A run and its siblings (the same dataset, fold and seed) are one family; the grayscale switch goes
to the sibling with the other input, so that every page then shows what that network saw. A run on
any other input stands alone.
"""

from dataclasses import dataclass

import streamlit as st

from coinvision import runs
from coinvision.errors import CoinvisionError
from coinvision.networks import OWN
from coinvision.runs import Run
from dashboard import checks, reading, words

CHOSEN = "chosen_run"
BROWSER_LOADS = "museum_photographs"
Inputs = dict[str, Run]  # a network's runs by input


@dataclass(frozen=True)
class Choice:
    """The run that is shown and, for each network, its runs on the same dataset, fold and seed."""

    run: Run
    networks: dict[str, Inputs]  # the one that is shown first

    @property
    def family(self) -> list[Run]:
        """All these runs."""
        return [run for inputs in self.networks.values() for run in inputs.values()]

    def sibling(self, network: str, input_name: str) -> Run | None:
        """The family's run of that network and input."""
        return self.networks.get(network, {}).get(input_name)


def choose() -> Choice | None:
    """Show the picker in the sidebar; None, with a sentence, if there is no run to show."""
    whole, problems = all_runs()
    if not whole:
        st.error(
            "There is no run to show. Train one with `scripts/train.py` and evaluate it with "
            "`scripts/evaluate.py`, or name the folder above `runs` in `COINVISION_ARTIFACTS`."
        )
        for sentence in problems:
            st.warning(sentence)
        return None
    picks = _picks(whole)
    _follow_address(whole, picks)
    with st.sidebar:
        run = _picked(picks)
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
    return Choice(run, _networks(run, picks))


def of(run: Run) -> Choice:
    """A run with its family, as if it had been picked."""
    whole, _ = all_runs()
    return Choice(run, _networks(run, _picks(whole)))


def all_runs() -> tuple[dict[str, Run], list[str]]:
    """All whole and evaluated runs by name, and a sentence for each that cannot be shown."""
    whole, problems = {}, []
    for name in runs.names():
        try:
            run = runs.open_run(name)
            _checked(run)
            whole[name] = run
        except CoinvisionError as error:
            problems.append(str(error))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError) as error:
            problems.append(f"{name} is damaged ({type(error).__name__}: {error}).")
    return whole, problems


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs={Run: reading.of_run})
def _checked(run: Run) -> None:
    checks.check(run)


def museum_photographs_allowed() -> bool:
    """Whether the user lets the browser load photographs from the museums' sites."""
    return bool(st.session_state.get(BROWSER_LOADS))


def _picks(whole: dict[str, Run]) -> dict[str, Inputs]:
    """What the picker offers, by label: a network of a family, with its inputs."""
    groups: dict[tuple, Inputs] = {}
    for run in whole.values():
        network, input_name = run.description["network"], run.description["input"]
        key = (*_family(run), network)
        if input_name not in words.INPUTS or input_name in groups.get(key, {}):
            key = (*key, run.name)  # for no switch, or trained twice: each stands alone
        groups.setdefault(key, {})[input_name] = run
    picks: dict[str, Inputs] = {}
    for inputs in groups.values():
        first = next(iter(inputs.values()))
        label = _label(first)
        picks[f"{label} · {first.name}" if label in picks else label] = inputs
    return picks


def _label(run: Run) -> str:
    said = run.description
    label = f"{said['dataset']} · {words.network(run)}"
    if said["fold"] or said["seed"]:
        label += f" · fold {said['fold']}, seed {said['seed']}"
    if said["input"] not in words.INPUTS:
        label += f" · {said['input']}"
    if said.get("coins"):
        label += f" · {said['coins']} training coins"
    return label


def _family(run: Run) -> tuple:
    same = ("dataset", "dataset_hash", "fold", "seed", "coins")
    return tuple(run.description.get(key) for key in same)


def _networks(run: Run, picks: dict[str, Inputs]) -> dict[str, Inputs]:
    """The family's networks; of one that was trained twice, the own or else the first.

    A network of the 2020 study, which is a baseline, stands beside no other run.
    """
    networks = {str(run.description["network"]): _own(run, picks)}
    for inputs in picks.values():
        first = next(iter(inputs.values()))
        network = str(first.description["network"])
        switched = first.description["input"] in words.INPUTS
        if _family(first) == _family(run) and network in OWN and switched:
            networks.setdefault(network, inputs)
    return networks


def _own(run: Run, picks: dict[str, Inputs]) -> Inputs:
    return next(i for i in picks.values() if run.name in [one.name for one in i.values()])


def _follow_address(whole: dict[str, Run], picks: dict[str, Inputs]) -> None:
    """Set the picker to the run that the address names, if it is not the one shown already."""
    wanted = st.query_params.get("run")
    if wanted is not None and wanted not in whole:
        st.warning(
            f"The address asks for the run “{wanted}”, which is not here or cannot be shown; this "
            "is another one."
        )
    elif wanted is not None and wanted != st.session_state.get(CHOSEN):
        run = whole[wanted]
        own = _own(run, picks)
        st.session_state["picked"] = next(label for label, i in picks.items() if i is own)
        st.session_state["grayscale"] = run.description["input"] == "grayscale"


def _rank(run: Run) -> tuple[int, bool]:
    """What to open on: photographs at hand, else drawn coins; VGG-16, which names more coins."""
    drawn, here = bool(reading.facts(run).get("drawn")), reading.photographs(run) is not None
    place = 1 if drawn else 0 if here else 2
    return place, run.description["network"] != "vgg16"


def _picked(picks: dict[str, Inputs]) -> Run:
    labels = sorted(picks, key=lambda label: (_rank(next(iter(picks[label].values()))), label))
    if st.session_state.get("picked") not in labels:
        st.session_state["picked"] = labels[0]
    label = st.selectbox("Run", labels, key="picked", help="A network trained on a collection.")
    inputs = picks[label]
    both = {"color", "grayscale"} <= set(inputs)
    if not both:
        st.session_state["grayscale"] = "grayscale" in inputs
    gray = st.toggle(
        "Grayscale",
        key="grayscale",
        disabled=not both,
        help="Show the network that was trained and tested on gray photographs.",
    )
    return inputs.get("grayscale" if gray else "color") or next(iter(inputs.values()))
