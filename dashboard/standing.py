"""What stands beside a run: baselines, other splits, what is guessed without a picture."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from coinvision.dataset import leakage
from coinvision.experiments import ranking
from coinvision.experiments.arms import parted
from coinvision.networks import NETWORKS
from coinvision.runs import Run
from dashboard import charts, experiments, parts, reading, words

SPLITS = {
    "random": (
        "With a coin's relatives in training (random folds)",
        "The difference is the leakage estimate, paired on the same coins.",
    ),
    "institution": (
        "Without its museum in training (folds by museum)",
        "Fewer coins teach there as well, and fewest of the emperors whom the museum has most of: "
        "what is lost is the museum's share and theirs together, except between classifiers with "
        "as many training coins and for emperors of whom as many taught.",
    ),
}


def of_experiment(run: Run) -> None:
    """Baselines, and what more coins would teach, where the experiment was run."""
    report = experiments.readable(partial(experiments.on, run))
    if report:
        _baselines(report)
        _pairs(report)
        _learning(report, run)


def _baselines(report: dict[str, Any]) -> None:
    """How often little suffices: baselines and networks, over all folds that were tested."""
    rows = report["classifiers"]
    simple = [row for row in rows if row["classifier"] not in NETWORKS]
    if not simple:
        return
    best = max(simple, key=lambda row: row["accuracy"]["value"])
    st.subheader(
        f"Without training: {best['classifier']}, {words.percent(best['accuracy']['value'])}",
        anchor=False,
    )
    st.caption(
        "What little suffices to name the emperor, in the same folds: a network that is not above "
        "these shows nothing of its own. Each is compared with the one that is right most often, "
        "on the coins that both were asked; where the interval holds zero, that is a tie. All are "
        "asked in color, and learn from three folds."
    )
    first = ranking.first(rows)
    against = f"against {words.who(first)}, points"
    parts.table(
        pd.DataFrame([_row(row, against) for row in rows if row["arm"] == "A"]),
        "baselines",
        "Each baseline's and network's share of coins named rightly, with interval and n.",
    )


def _pairs(report: dict[str, Any]) -> None:
    """Every two networks, on the coins that both were asked about."""
    rows = report["pairs"]
    if not rows:
        return
    with st.expander("Every two networks compared"):
        st.caption(
            "On the coins that both were asked about, all folds. Intervals draw whole groups of "
            "coins again; p is that of an exact sign test over groups, corrected for asking about "
            "all of these pairs (Holm). A tie: the interval holds zero, or p is above 0.05. "
            "Baselines and the networks of 2020 were asked in color alone."
        )
        table = pd.DataFrame(
            {
                "shown": [row["shown"] for row in rows],
                "more often right": [words.who(row["more"]) for row in rows],
                "than": [words.who(row["less"]) for row in rows],
                "difference, points": [words.lead(row["difference"], row["tie"]) for row in rows],
                "p": [f"{row['corrected']:.2g}" for row in rows],
                "coins": [row["difference"]["n"] for row in rows],
                "only the first right": [row["only_more"] for row in rows],
                "only the second": [row["only_less"] for row in rows],
            }
        )
        ties = sum(row["tie"] for row in rows)
        parts.table(
            table, "pairs", f"{words.count(len(rows), 'pair')} of classifiers, {ties} of them tied."
        )


def _learning(report: dict[str, Any], run: Run) -> None:
    """How much better the networks name coins the more coins they learned from."""
    curves = report.get("learning")
    if not curves:
        return
    network = str(run.description["network"])
    network = network if network in curves else next(iter(curves))
    few, many = curves[network][0], curves[network][-1]
    st.subheader(
        f"{words.who(network)}, {many['training_coins']:,} instead of {many['than']:,} "
        f"coins to learn from: {words.gain(many['gain'])} points",
        anchor=False,
    )
    points = pd.DataFrame(
        [{"network": words.who(name), **row} for name, rows in curves.items() for row in rows]
    )
    points = points.rename(columns={"training_coins": "training coins"})
    folds = words.count(len(few["folds"]), "fold")
    shown = points.assign(**{c: (100 * points[c]).round(1) for c in ("value", "low", "high")})
    st.altair_chart(
        charts.learning(shown),
        alt=f"Share named rightly against the number of training coins, on the test coins of "
        f"{folds}, by {words.who(network)}: from {words.percent(few['value'])} to "
        f"{words.percent(many['value'])}.",
    )
    told = pd.DataFrame(
        {
            "network": points["network"],
            "training coins": points["training coins"],
            "test coins": points["n"],
            "named rightly": [words.with_interval(row) for row in points.to_dict("records")],
            "more, points": [words.gain(one) for one in points["gain"]],
            "than with": ["" if pd.isna(one) else f"{one:.0f} coins" for one in points["than"]],
        }
    )
    parts.table(told, "learning", "Share named rightly by number of training coins.")


def guessed(run: Run) -> None:
    """What is guessed from records alone, and how much more random folds would let through."""
    found = reading.facts(run).get("leakage")
    probes = found["probes"] if found else []
    own = {row["probe"]: row for row in probes if row["folds"] == "own"}
    random = {row["probe"]: row for row in probes if row["folds"] == "random"}
    if not own:
        _nothing_recorded(run)
        return
    most = max(own.values(), key=lambda row: row["value"])
    st.subheader(
        f"Without a look at the coin: {most['probe']}, {words.percent(most['value'])}",
        anchor=False,
    )
    st.caption(
        "The emperor of the nearest museum number in all four other folds, or the commonest of a "
        "record there. "
        "Museums number coins in the order of their catalogs: what a probe knows more under random "
        "folds is what a random split may leak to a network."
    )
    if leakage.NUMBER not in own:
        st.caption("No coin has a museum number: who was cataloged beside whom is not known.")
    table = pd.DataFrame(
        {
            "guessed from": list(own),
            "coins": [row["n"] for row in own.values()],
            "in these folds": [words.with_interval(row) for row in own.values()],
            "in random folds": [
                words.with_interval(random[name]) if name in random else "" for name in own
            ],
        }
    )
    parts.table(table, "guessed", "How often each record alone names the emperor rightly.")


def _nothing_recorded(run: Run) -> None:
    """Without records no leak can be measured, which is not to say that there is none."""
    if reading.facts(run).get("drawn"):
        return
    st.subheader("Without a look at the coin: nothing to guess from", anchor=False)
    st.caption(
        "No coin of this collection has a museum number, a metal, a denomination or a museum on "
        "record: who was cataloged beside whom is not known, and what such neighbors share (hoard, "
        "die, day at the camera) may stand on both sides of a fold."
    )


def splits(run: Run) -> None:
    """The same classifiers under other folds, on the same coins."""
    for split, (title, caption) in SPLITS.items():
        name = f"{run.description['dataset']}-{split}"
        report = experiments.readable(partial(experiments.named, name))
        rows = report["against_grouped"] if report else []
        if not rows:
            continue
        whole = [row for row in rows if not row["whose"]]
        # fair are those that as many coins taught under both
        fair = [row for row in whole if parted(row["arm"])[1] is not None]
        best = max(fair or whole, key=lambda row: row["grouped"]["value"])
        st.subheader(f"{title}: {words.gain(best['difference'])} points", anchor=False)
        table = pd.DataFrame(
            {
                "who": [_name(row) for row in rows],
                "coins": [row["difference"]["n"] for row in rows],
                f"{split} folds": [words.with_interval(row["here"]) for row in rows],
                "grouped folds": [words.with_interval(row["grouped"]) for row in rows],
                "difference, points": [words.gain(row["difference"]) for row in rows],
            }
        )
        some = [row for row in rows if row["whose"]]
        if some:
            table["of"] = [row["whose"] or "all emperors" for row in rows]
        of = f", on coins of {best['museums'][0]}" if len(best["museums"]) == 1 else ""
        told = [f"The figure above is of {_name(best)}{of}.", *map(_alone, some), caption]
        st.caption(" ".join(told))
        parts.table(table, f"{split}_folds", f"Each classifier under {split} and grouped folds.")


def _alone(row: dict[str, Any]) -> str:
    """The difference on some emperors alone."""
    return (
        f"Of {_name(row)} on {row['whose']} alone it is {words.gain(row['difference'])} "
        f"({words.count(row['difference']['n'], 'coin')})."
    )


def _row(row: dict[str, Any], against: str) -> dict[str, Any]:
    return {
        "who": _name(row),
        "named rightly": words.with_interval(row["accuracy"]),
        against: ranking.as_words(row),
        "coins": row["n"],
        "folds": len(row["folds"]),
        "by fold": words.spread(row["folds"]),
        "macro-F1": words.with_interval(row["macro_f1"]),
        "log loss": round(row["log_loss"], 3),
    }


def _name(row: dict[str, Any]) -> str:
    _, coins = parted(row["arm"])
    name = words.who(row["classifier"])
    return f"{name}, {coins} training coins" if coins else name
