"""What the data set is, how well each network does, what color changes: in one screen."""

from functools import partial

import pandas as pd
import streamlit as st

from coinvision.comparison.answers import commonest
from coinvision.comparison.two_runs import judge_runs
from coinvision.errors import CoinvisionError
from coinvision.runs import Run
from dashboard import believed, charts, experiments, parts, reading, words

SURE = 0.95
LINKS = {
    "results": "Results for each emperor",
    "trust": "When to believe it",
    "color": "Color or face?",
    "misclassified": "Coins named wrongly",
    "upload": "Try a photograph of your own",
}


def data_set(run: Run) -> None:
    """One paragraph on the coins."""
    facts, metrics = reading.facts(run), reading.metrics(run)
    order = reading.reign_order(run)
    museums = sorted({name for name in reading.coins(run)["institution"] if name})
    known = museums and not facts.get("drawn")
    of = f", from {words.count(len(museums), 'museum')}" if known else ""
    st.markdown(
        f"**{run.description['dataset']}** holds {words.count(facts['coins'], 'obverse')} of "
        f"{len(order)} emperors, from {order[0]} to {order[-1]}{of}. "
        f"{words.count(metrics['n'], 'coin')} in {words.count(metrics['groups'], 'group')} "
        f"(fold {run.description['fold']}) were kept apart from training and test the networks."
    )


def figures(family: list[Run]) -> pd.DataFrame:
    """The family's headline figures in percent: over all folds, of the run's own if it is alone."""
    rows = []
    for run in family:
        found = experiments.pooled(run) or reading.metrics(run)
        accuracy = found["accuracy"]
        rows.append(
            {
                "run": words.title(run),
                **{key: 100 * accuracy[key] for key in ("value", "low", "high")},
                "n": accuracy["n"],
                "accuracy": words.with_interval(accuracy),
                "macro-F1": words.with_interval(found["macro_f1"]),
                "folds": len(found.get("folds", "1")),
            }
        )
    return pd.DataFrame(rows).sort_values("value", ascending=False)


def how_well(choice: parts.choice.Choice) -> None:
    """Accuracy of each network with its interval, beside naming always the commonest."""
    table = figures(choice.family)
    whom, share = commonest(reading.tested(choice.run))
    own = table.set_index("run").loc[words.title(choice.run), "value"]
    st.subheader(f"{words.title(choice.run)} names {own:.0f} of 100 coins rightly")
    chart = charts.intervals(table.round(1), "run", list(table["run"]), "right, % of test coins")
    chart = charts.marked(chart, round(100 * share, 1), f"always {whom}")
    listed = "; ".join(f"{row.run} {row.accuracy}" for row in table.itertuples())
    st.altair_chart(chart, alt=f"Accuracy with 95 % intervals: {listed}.")
    st.caption(
        "Dots: share of the test coins named rightly; lines: 95 % interval; networks whose lines "
        f"overlap may be alike. {_folds(table)} Naming {whom} on every coin would be right on "
        f"{words.percent(share)}.",
        help=words.INTERVAL_HELP,
    )
    shown = table[["run", "accuracy", "macro-F1", "n", "folds"]].rename(columns={"n": "test coins"})
    with st.expander("The figures as a table"):
        st.caption("Macro-F1 gives every emperor the same weight, however few the coins.")
        parts.table(shown, "accuracy", f"Accuracy and macro-F1: {listed}.")


def _folds(table: pd.DataFrame) -> str:
    most = int(table["folds"].max())
    if most < 2:
        return ""
    rest = [row.run for row in table.itertuples() if row.folds < most]
    but = f" ({words.listing(rest)} on fewer)" if rest else ""
    return f"Each coin of {most} folds was named by a network that never saw its group{but}."


def to_a_person(run: Run) -> None:
    """What must be left to a person, as the page on it says."""
    try:
        found = believed.of_folds(run) or believed.of_fold(run)
    except CoinvisionError:  # not calibrated
        return
    named = found.named(SURE)
    if named is None:
        st.markdown(f"It cannot promise that {100 * SURE:.0f} of 100 names are right.")
        return
    st.markdown(
        f"For {100 * SURE:.0f} of 100 coins that it names to be right, it leaves "
        f"**{int((~named).sum()):,} of {words.count(len(named), 'coin')}** to a person."
    )


def color(choice: parts.choice.Choice) -> None:
    """What changes without color, for each network: by the experiment's rule where it was run."""
    st.subheader("What color changes")
    found = verdicts(choice.run)
    both = {
        network: (one, other)
        for network in choice.networks
        if (one := choice.sibling(network, "color"))
        and (other := choice.sibling(network, "grayscale"))
    }
    for network in choice.networks:
        if network in found:
            st.markdown(f"**{words.who(network)}**: {found[network]}")
        elif network in both:
            of_two_runs(*both[network])
    if not found and not both:
        st.info("Color and grayscale can be compared once a network is trained on both.")
        return
    st.caption(
        "Each network was trained anew on gray photographs, once for each fold of coins that was "
        "tested: a difference smaller than its interval says nothing, and no difference is no "
        "proof that color does not matter."
    )


def verdicts(run: Run) -> dict[str, str]:
    """The rule's sentence for each network that the experiment on these coins has tested."""
    report = experiments.readable(partial(experiments.on, run))
    networks = report["networks"] if report else {}
    said = {network: found["verdict"] for network, found in networks.items()}
    return {network: one["sentence"] for network, one in said.items() if "gain" in one}


def of_two_runs(color: Run, gray: Run) -> None:
    """The same rule on a run and its grayscale sibling."""
    try:
        st.markdown(f"**{words.network(color)}**: {judge_runs(color, gray).sentence}")
    except CoinvisionError as error:
        st.warning(str(error))


def main() -> None:
    """Show the page."""
    choice = parts.chosen()
    st.title("Who is on the coin, and should you believe it?")
    data_set(choice.run)
    left, right = st.columns([3, 2], gap="large")
    with left:
        how_well(choice)
        to_a_person(choice.run)
    with right:
        color(choice)
    with st.container(horizontal=True):
        for page, label in LINKS.items():
            address = {"run": choice.run.name}  # so that going back is one step
            st.page_link(f"app_pages/{page}.py", label=label, query_params=address)


main()
