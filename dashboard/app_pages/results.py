"""How well a run does for each emperor, which emperors it confuses, and how it was trained."""

import pandas as pd
import streamlit as st

from coinvision.evaluation.eras import crossing, dynasty, era
from coinvision.runs import Run
from dashboard import charts, folds, matrix, parts, reading, standing, words
from dashboard.folds import Tested

MOST_NAMED = 3  # errors in a heading
MEASURES = {
    "recall": "Of this emperor's coins, how many are named rightly?",
    "precision": "Of the coins named so, how many really show this emperor?",
    "f1": "Both in one figure (their harmonic mean).",
}


def overall(found: Tested) -> None:
    """How many coins are named rightly, and the same with every emperor of equal weight."""
    told = {
        "Named rightly": found.figures["accuracy"],
        "Macro-F1": found.figures["macro_f1"],
        "Balanced accuracy": found.figures["balanced_accuracy"],
    }
    listed = "; ".join(f"{name} **{words.with_interval(one)}**" for name, one in told.items())
    st.markdown(
        f"{words.count(found.figures['n'], 'test coin')} in "
        f"{words.count(found.figures['groups'], 'group')}. {listed}.",
        help="Macro-F1 and balanced accuracy give every emperor the same weight, however few the "
        f"coins. {words.INTERVAL_HELP}",
    )


def per_emperor(run: Run, found: Tested) -> None:
    """Precision, recall and F1 of each emperor with n and interval."""
    figures, order = found.figures["emperors"], reading.reign_order(run)
    measure = st.segmented_control(
        "Measure", list(MEASURES), default="recall", required=True, format_func=_title
    )
    table = pd.DataFrame([{"emperor": name, **figures[name][measure]} for name in order])
    known = table.dropna(subset="value").sort_values("value")
    worst, best = known.iloc[0], known.iloc[-1]
    st.subheader(
        f"{_title(measure)} from {words.percent(worst['value'])} ({worst['emperor']}) to "
        f"{words.percent(best['value'])} ({best['emperor']})"
    )
    st.caption(f"{MEASURES[measure]} {_alike(known)}", help=words.INTERVAL_HELP)
    scaled = table.assign(**{key: 100 * table[key] for key in ("value", "low", "high")}).round(1)
    st.altair_chart(
        charts.intervals(scaled, "emperor", order, f"{_label(measure)}, %"),
        alt=f"{_title(measure)} of each emperor with 95 % intervals: from "
        f"{words.percent(worst['value'])} ({worst['emperor']}) to "
        f"{words.percent(best['value'])} ({best['emperor']}).",
    )
    shown = pd.DataFrame(
        [
            {
                "emperor": name,
                "test coins": figures[name]["n"],
                **{_label(m): words.with_interval(figures[name][m]) for m in MEASURES},
            }
            for name in order
        ]
    )
    parts.table(shown, "per_emperor", "Recall, precision and F1 of each emperor with intervals.")


def _alike(known: pd.DataFrame) -> str:
    """Who is, by interval, no better than the lowest or no worse than the highest; ascending."""
    worst, best = known.iloc[0], known.iloc[-1]
    others = known.iloc[1:-1]
    said = [
        f"{words.listing(list(tied))} may be as {how} as {end['emperor']}"
        for how, end, tied in (
            ("low", worst, others.loc[others["low"] <= worst["high"], "emperor"]),
            ("high", best, others.loc[others["high"] >= best["low"], "emperor"]),
        )
        if len(tied)
    ]
    return f"By their intervals {'; '.join(said)}." if said else ""


def _label(measure: str) -> str:
    return "F1" if measure == "f1" else measure


def _title(measure: str) -> str:
    return _label(measure).capitalize()


def confusion(run: Run, found: Tested) -> None:
    """Who is taken for whom; a cell that is picked lists its coins."""
    order, table = (
        reading.reign_order(run),
        matrix.cells(found.figures["confusion"], run.emperors),
    )
    wrong = table[table["emperor"] != table["named"]].sort_values("coins", ascending=False)
    top = wrong.iloc[0]
    st.subheader(_commonest_errors(wrong))
    event = st.altair_chart(
        charts.confusion(table, order, parts.ink()),
        key="matrix",
        on_select="rerun",
        selection_mode="cell",
        alt=f"Confusion matrix; the largest error is {top['emperor']} taken for {top['named']}, "
        f"{top['coins']} coins. The same figures can be picked below.",
    )
    st.caption(_reading_help(order))
    if st.checkbox("Show the matrix as a table"):
        wide = table.pivot(index="emperor", columns="named", values="coins")
        parts.table(
            wide.loc[order, order].reset_index(), "confusion", "Rows: emperor; columns: named."
        )
    _coins_of_cell(run, found, order, event["selection"]["cell"])


def _commonest_errors(wrong: pd.DataFrame) -> str:
    most = int(wrong["coins"].max())
    if not most:
        return "No test coin was named wrongly"
    top = wrong[wrong["coins"] == most].head(MOST_NAMED)
    listed = words.listing([f"{r.emperor} for {r.named}" for r in top.itertuples()])
    each = " each" if len(top) > 1 else ""
    return f"Most often taken for another: {listed} ({words.count(most, 'coin')}{each})"


def _reading_help(order: list[str]) -> str:
    dynasties: dict[str, list[str]] = {}
    for name in order:
        dynasties.setdefault(dynasty(name) or "no dynasty in the table", []).append(name)
    listed = "; ".join(f"{name}: {', '.join(members)}" for name, members in dynasties.items())
    return (
        "Rows: who is on the coin; columns: who was named; both in the order of reigns. The "
        "stronger the color, the larger the share of the row. Outlined: same dynasty. "
        f"Pick a cell to see its coins. {listed}."
    )


def _coins_of_cell(run: Run, found: Tested, order: list[str], picked: list[dict]) -> None:
    if picked and picked != st.session_state.get("last_cell"):
        # the chart was clicked: the lists follow it
        st.session_state["true"] = picked[0]["emperor"]
        st.session_state["named"] = picked[0]["named"]
    st.session_state["last_cell"] = picked
    left, right = st.columns(2)
    true = left.selectbox("Emperor on the coin", order, index=None, key="true")
    named = right.selectbox("Named by the network", order, index=None, key="named")
    if not true or not named:
        return
    coins = found.coins
    coins = coins[(coins["emperor"] == true) & (coins["predicted"] == named)]
    st.markdown(f"**{words.count(len(coins), 'test coin')}** of {true}, named {named}")
    if len(coins):
        _listed(coins.sort_values("probability", ascending=False), run, found)


def _listed(coins: pd.DataFrame, run: Run, found: Tested) -> None:
    if found.own:
        parts.coin_list(coins, run, "cell")
        return
    parts.table(
        parts.readable(coins),
        "cell",
        f"{words.count(len(coins), 'coin')} of all folds, the surest answer first.",
    )
    st.caption(
        "Coins of other folds were named by networks that were not kept; those of this run's fold "
        "open on their pages once they alone are asked for, above."
    )


def eras(run: Run, found: Tested) -> None:
    """Whether errors stay inside an era."""
    st.subheader("Do errors stay inside an era?")
    names = list(dict.fromkeys(era(name) or "unknown" for name in reading.reign_order(run)))
    if len(names) < 2:
        st.write(f"All emperors of this data set are of one era ({names[0]}): nothing to cross.")
        return
    columns = ("emperor", "predicted", "group")
    true, named, groups = (found.coins[name].to_numpy() for name in columns)
    said = crossing(true, named, groups, run.emperors)
    st.markdown(
        f"{said.errors - said.crossing} of {said.errors} errors stay inside an era: "
        f"{words.with_interval(said.inside.as_dict())}. **{said.crossing} cross eras; "
        f"{said.crossing_expected:.0f} would** if each emperor's errors were spread evenly over "
        "all others."
    )
    st.caption(
        f"Eras, coarser than dynasties: {'; '.join(names)}. In the 2020 study 16 of 227 errors "
        "crossed AD 284, where 114 were expected: coins of one time look alike."
    )


def training(run: Run) -> None:
    """How training went."""
    st.subheader("Training")
    history = reading.history(run)
    said = run.description
    best = int(said.get("best_epoch", history["epoch"].iloc[-1]))
    st.caption(
        f"{len(history)} epochs (passes over the training coins); the weights of epoch {best} were "
        f"kept. {_duration(said['seconds'])} on {said.get('device', 'this machine')}."
    )
    left, right = st.columns(2)
    for column, what in ((left, "accuracy"), (right, "loss")):
        table = history.melt("epoch", [what, f"val_{what}"], "coins", "value")
        table["coins"] = table["coins"].map({what: "training", f"val_{what}": "validation"})
        table = table.rename(columns={"value": what})
        ends = history.iloc[-1]
        column.altair_chart(
            charts.curves(table, what),
            alt=f"{what.capitalize()} by epoch, at the end {ends[what]:.2f} on training coins and "
            f"{ends[f'val_{what}']:.2f} on validation coins.",
        )
    parts.download(history, "history")


def _duration(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("How well each emperor is named", run)
    found = folds.picked(run)
    overall(found)
    per_emperor(run, found)
    confusion(run, found)
    eras(run, found)
    standing.of_experiment(run)
    standing.guessed(run)
    standing.splits(run)
    training(run)


main()
