"""Color or face: the verdict by rule, what each arm of the experiment says, and its limits."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.evaluation.eras import by_reign
from coinvision.experiments.arms import ARMS, told
from coinvision.experiments.document import as_html
from coinvision.experiments.limits import ARMS_DIFFER, LIMITS, TESTED_BY
from coinvision.experiments.questions import answers
from coinvision.experiments.store import Experiment
from coinvision.networks import NETWORKS
from dashboard import asked_again, charts, experiments, flipping, one_coin, parts, words

NOT_RUN = (
    "Nobody has run the experiment on this data set yet: `scripts/experiment.py DATASET` trains "
    "and tests its arms, and goes on where it was stopped."
)


def verdict(report: dict[str, Any], network: str) -> None:
    """The answer, for the network that is shown and for the others."""
    own = report["networks"][network]
    said = own["verdict"]
    st.header(f"{words.who(network)}: {said['kind']}", anchor=False)
    st.markdown(said["sentence"])
    for question, answer in answers(own).items():
        st.markdown(f"**{question}** {answer}")
    for other, found in report["networks"].items():
        if other != network:
            st.markdown(f"**{words.who(other)}**: {found['verdict']['sentence']}")
    tested = _row(report, network, "A")
    folds = len(tested["folds"])
    st.caption(
        f"In color and in gray {tested['n']:,} of {report['coins']:,} coins were tested, "
        f"{words.count(folds, 'fold')} of 5, each by {TESTED_BY[report['split']]}: trained in "
        f"color, and anew on gray pictures, once for each fold. Intervals are of coins, for these "
        f"trainings. A difference below {100 * report['margin']:g} points counts as none that "
        "matters."
    )


def arms(report: dict[str, Any], network: str) -> None:
    """How often the network is right in each arm."""
    others = set(NETWORKS) - {network}
    # arms on fewer training coins are the learning curve of the page Results
    asked = (
        row
        for row in report["classifiers"]
        if row["stands_for"] in ARMS and row["classifier"] not in others
    )
    rows = sorted(asked, key=lambda row: list(ARMS).index(row["stands_for"]))
    st.subheader("What it is shown, and how often it is right", anchor=False)
    st.caption(
        f"Each row is an arm of the experiment: one way to train {words.who(network)} and to show "
        f"it coins. {ARMS_DIFFER} Where there are fewer coins, fewer folds were tested. Arms of "
        "another network appear when a run of it is chosen at the side."
    )
    pairs = report["networks"][network]["against_color"]
    own = [pairs.get(row["stands_for"], {}).get("this", row["accuracy"]) for row in rows]
    compared = pd.DataFrame(
        {
            "shown": [told(row["stands_for"]) for row in rows],
            "coins": [figure["n"] for figure in own],
            "named rightly": [words.with_interval(figure) for figure in own],
            "color, same coins": [_color(pairs.get(row["stands_for"])) for row in rows],
            "less color, points": [words.gain(pairs.get(row["stands_for"])) for row in rows],
            "asks": [ARMS[row["stands_for"]].asks for row in rows],
        }
    )
    _arms_chart(list(compared["shown"]), own, network)
    parts.table(compared, "arms", "Each arm's share of coins named rightly, beside color's.")


def _color(pair: dict[str, Any] | None) -> str:
    """How often the network is right in color on the coins that an arm was asked."""
    return words.percent(pair["color"]["value"]) if pair else ""


def _arms_chart(shown: list[str], figures: list[dict[str, Any]], network: str) -> None:
    table = pd.DataFrame(
        {
            "shown": shown,
            **{k: [100 * figure[k] for figure in figures] for k in ("value", "low", "high")},
            "n": [figure["n"] for figure in figures],
        }
    ).round(1)
    worst = table.loc[table["value"].idxmin()]
    st.altair_chart(
        charts.intervals(table, "shown", list(table["shown"]), "named rightly, %"),
        alt=f"{words.who(network)} in each arm; the worst is {worst['shown']} with "
        f"{worst['value']:.1f} %. The table below has all figures.",
    )


def conflict(report: dict[str, Any], network: str) -> None:
    """Whom the network follows on coins whose legend names another emperor than their portrait."""
    found = report.get("cue_conflict", {}).get(network)
    if not found:
        return
    bias = found["portrait_bias"]
    st.subheader(f"Where portrait and legend disagree: {_follows(bias)}", anchor=False)
    st.caption(
        f"{words.count(found['portrait']['n'], 'coin')} drawn anew, each with its own portrait and "
        "the legend of somebody else, shown to the network that was trained on color."
    )
    named = {
        "the portrait": found["portrait"],
        "the legend": found["legend"],
        "neither": found["neither"],
        "the portrait, of those named after one of the two": bias,
    }
    table = pd.DataFrame(
        {
            "named after": list(named),
            "coins": [figure["n"] for figure in named.values()],
            "share": [words.with_interval(figure) for figure in named.values()],
        }
    )
    parts.table(
        table,
        "conflict",
        f"Named after the portrait {words.percent(found['portrait']['value'])}, after the legend "
        f"{words.percent(found['legend']['value'])}.",
    )


def emperors(report: dict[str, Any], network: str) -> None:
    """Each emperor in color and in gray."""
    table = pd.DataFrame(report["networks"][network]["emperors"])
    if table.empty:  # its verdict says so already
        return
    table = table.set_index("emperor").loc[by_reign(table["emperor"])].reset_index()
    st.subheader(_sure(table[table["corrected"] <= 0.05]), anchor=False)
    st.altair_chart(
        charts.dumbbells(table.assign(color=100 * table["first"], gray=100 * table["second"])),
        alt="Each emperor's share named rightly in color and in gray; the table has the figures.",
    )
    shown = table.assign(
        color=table["first"].map(words.percent),
        gray=table["second"].map(words.percent),
        gain=[words.gain(row) for row in table.to_dict("records")],
        p=table["corrected"].round(3),
    )
    renamed = {"n": "coins", "gain": "color less gray, points", "p": "p, corrected (Holm)"}
    columns = ["emperor", "n", "color", "gray", "gain", "p"]
    parts.table(
        shown[columns].rename(columns=renamed), "emperors", "Each emperor in color and in gray."
    )


def _sure(certain: pd.DataFrame) -> str:
    """Whom color helps and whom it harms, after correction for asking about each emperor."""
    found = {
        "Better in color": list(certain.loc[certain["value"] > 0, "emperor"]),
        "Better in gray": list(certain.loc[certain["value"] < 0, "emperor"]),
    }
    told = [f"{how}: {words.listing(names)}" for how, names in found.items() if names]
    return "; ".join(told) or "For no emperor alone can a difference be told"


def download(experiment: Experiment, report: dict[str, Any]) -> None:
    """The whole report as one file."""
    st.download_button(
        "Download this report as one HTML file",
        lambda: as_html(experiment, report).encode(),  # made when it is asked for
        file_name=f"color-or-face-{experiment.name}.html",
        mime="text/html",
        icon=":material/download:",
        key="download_report",
        on_click="ignore",
        help="Figures, settings and hashes; no photographs.",
    )


def limits() -> None:
    """How it was done and what it cannot say."""
    with st.expander("Method and limits"):
        st.markdown("\n".join(f"- **{what}.** {said}" for what, said in LIMITS))


def _follows(bias: dict[str, Any]) -> str:
    """Which of the two wins, if the interval of the portrait's share leaves out an even half."""
    if bias["value"] is None or bias["low"] <= 0.5 <= bias["high"]:
        return "neither wins surely"
    return ("the portrait" if bias["low"] > 0.5 else "the legend") + " wins more often"


def _row(report: dict[str, Any], network: str, arm: str) -> dict[str, Any]:
    return next(
        row for row in report["classifiers"] if row["classifier"] == network and row["arm"] == arm
    )


def main() -> None:
    """Show the page."""
    chosen = parts.chosen()
    run = chosen.run
    st.title("Color or face?")
    st.caption(str(run.description["dataset"]))
    experiment = experiments.on(run)
    report = experiments.report(experiment) if experiment else None
    if experiment is None or report is None or not report["networks"]:
        st.info(NOT_RUN)
        flipping.section(chosen)
        return
    network = str(run.description["network"])
    if network not in report["networks"]:
        answered = words.listing([words.who(name) for name in report["networks"]])
        st.info(f"{words.who(network)} was not asked without color; these are of {answered}.")
        network = next(iter(report["networks"]))
    verdict(report, network)
    download(experiment, report)
    arms(report, network)
    conflict(report, network)
    emperors(report, network)
    asked_again.within(report, network)
    asked_again.seeds(report, network)
    flipping.section(chosen)
    one_coin.section(experiment, chosen)
    limits()


main()
