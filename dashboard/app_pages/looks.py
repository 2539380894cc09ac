"""Does the network look at the face, at the legend or at something else?"""

import pandas as pd
import streamlit as st

from coinvision.errors import CoinvisionError
from coinvision.explanation import densities
from coinvision.explanation.anatomy import PARTS
from coinvision.explanation.stored import FAINT
from coinvision.intervals import share
from coinvision.runs import Run
from dashboard import (
    anatomy,
    blanked,
    charts,
    evidence,
    faithful,
    gallery,
    only_cue,
    parts,
    reading,
    words,
)

TIMES = "share of the evidence over share of the area"
SERIES = ("portrait", "legend", "outside")
NAMED = {
    "portrait": "the portrait",
    "headgear": "the headgear",
    "legend": "the legend",
    "field": "the field",
    "border": "the border",
    "outside": "the ground outside the coin",
}
BY = {"emperor": "Emperor on the coin", "headgear": "Headgear"}
FEWEST = 5  # coins below which an interval over groups says nothing


def answer(run: Run, method: str, leader: tuple[str, bool]) -> None:
    """The page's question, answered for the chosen run."""
    measured = anatomy.table(run, method)
    figures = anatomy.figures(run, method).set_index("part")
    part, sure = leader
    first = figures.loc[part]
    others = figures.drop(index=part)["value"]
    place, second = (_named(name, measured.exact) for name in (part, str(others.idxmax())))
    title = f"Most densely at {place}" if sure else f"At {place} and {second} alike"
    st.subheader(title, anchor=False)
    told = [
        f"**{100 * figures.loc[name, 'share']:.0f} %** {where}"
        for name, where in (anatomy.PLACES if measured.exact else anatomy.IN_RINGS).items()
        if name in figures.index
    ]
    st.markdown(
        f"Of what spoke for the emperor that {words.title(run)} named, {words.listing(told)} lie "
        f"on average of {words.count(int(figures['n'].max()), 'test coin')}. At {place} "
        f"evidence lies **{_times(first)}** as densely as if it were spread evenly."
    )
    nothing = len(densities.empty(measured.table))
    if nothing:
        st.caption(
            f"{words.count(nothing, 'more coin has', 'more coins have')} maps that are empty or do "
            f"not reach {100 * FAINT:.0f} % of the scale; shares of next to nothing, they are "
            "counted nowhere."
        )


def _named(part: str, exact: bool) -> str:
    """A part for a reader; on photographs its ring, which fits the part badly (artifacts/rings)."""
    ring = not exact and part != "outside"
    return f"{NAMED[part]}'s ring" if ring else NAMED[part]


def alarm(run: Run, method: str) -> None:
    """Say where maps lie outside the coin, on which coins, and how often."""
    found = anatomy.table(run, method).table
    coins, tested = densities.alarmed(found), reading.tested(run)
    if not coins:
        return
    asked = tested[tested["coin_id"].isin(found.dropna(subset="share")["coin_id"])]
    often = share(asked["coin_id"].isin(coins).to_numpy(), asked["group"].to_numpy())
    said = (
        f"On {len(coins)} of {words.count(often.n, 'coin')}, "
        f"{words.with_interval(often.as_dict())}, as much lies outside the coin as if the map knew "
        "of none: such a map says nothing of the coin."
    )
    much = len(coins) >= densities.ALARMED_COINS * often.n
    (st.warning if much else st.caption)(said)
    with st.expander("These coins"):
        parts.coin_list(
            tested[tested["coin_id"].isin(coins)].sort_values("probability", ascending=False),
            run,
            "outside_the_coin",
        )


def all_parts(family: list[Run], method: str) -> None:
    """Every part of the coin, for each run of the family."""
    rows = [anatomy.figures(run, method).assign(run=words.title(run)) for run in family]
    table = pd.concat(rows).sort_values("part", key=_place, kind="stable", ignore_index=True)
    densest = table.loc[table["value"].idxmax()]
    st.subheader("Part by part", anchor=False)
    st.altair_chart(
        charts.marked(charts.multiples(table.round(3), "part", "run", TIMES), 1, "even"),
        alt=f"Density of evidence on each part of the coin for {len(rows)} networks; the highest "
        f"is {densest['run']} on the {densest['part']}, {_times(densest)}. Figures below.",
    )
    st.caption(
        "1 is a map that is spread evenly. Raw maps of two networks cannot be compared; these "
        "multiples can. Lines: 95 % interval over groups of coins.",
        help=words.INTERVAL_HELP,
    )
    shown = pd.DataFrame(
        {
            "network": table["run"],
            "part": table["part"],
            "coins": table["n"],
            "evidence, %": (100 * table["share"]).round(1),
            "area, %": (100 * table["area"]).round(1),
            "times its area": [_times(row) for _, row in table.iterrows()],
        }
    )
    parts.table(shown, "parts_of_the_coin", "Shares of evidence and of area by network and part.")


def groups_of_coins(run: Run, method: str) -> None:
    """The parts for each emperor, or by headgear where that is recorded."""
    tested = reading.tested(run)
    columns = [name for name in BY if name in tested and tested[name].ne("").any()]
    st.subheader("By emperor" if len(columns) == 1 else "By emperor or headgear", anchor=False)
    by = columns[0]
    if len(columns) > 1:
        by = st.segmented_control("By", columns, default=by, required=True, key="looks_by")
    table = anatomy.figures(run, method, by)
    if by == "emperor":
        order = reading.reign_order(run)
        table = table.sort_values(by, key=lambda names: names.map(order.index), kind="stable")
    table = table[table["n"] >= FEWEST]
    table = table[table["part"].isin(SERIES)]
    if table.empty:
        st.caption(f"No {by} has {FEWEST} coins whose maps hold evidence.")
        return
    _chart_of_groups(table, by)


def _chart_of_groups(table: pd.DataFrame, by: str) -> None:
    most, least = (
        table[table["part"] == part].sort_values("value").iloc[-1] for part in SERIES[:2]
    )
    st.altair_chart(
        charts.marked(charts.multiples(table.round(3), by, "part", TIMES), 1, "even"),
        alt=f"Density of evidence by {by}: densest on the portrait for {most[by]}, {_times(most)}, "
        f"on the legend for {least[by]}, {_times(least)}. Figures below.",
    )
    st.caption(f"Those with fewer than {FEWEST} coins are left out.")
    shown = pd.DataFrame(
        {
            by: table[by],
            "part": table["part"],
            "coins": table["n"],
            "evidence, %": (100 * table["share"]).round(1),
            "times its area": [_times(row) for _, row in table.iterrows()],
        }
    )
    parts.table(shown, f"parts_by_{by}", f"Shares of evidence by {by} and part of the coin.")


def _place(names: pd.Series) -> pd.Series:
    order = {name: i for i, name in enumerate(PARTS)}
    return names.map(order)


def _times(row: pd.Series) -> str:
    return f"{row['value']:.2f} times ({row['low']:.2f} to {row['high']:.2f})"


def main() -> None:
    """Show the page."""
    chosen = parts.chosen()
    run = chosen.run
    parts.head("Where does it look: face, legend or something else?", run)
    if not reading.heatmaps(run):
        st.info(f"No heatmaps are stored; `scripts/explain.py {run.name}` stores them.")
        return
    method = evidence.controls([run])
    leader = anatomy.leader(run, method)
    if leader is None:
        st.subheader("No map holds positive evidence", anchor=False)
        st.caption(faithful.sentence(run, method))
        return
    blanked.section(run)  # causes before maps
    faithful.badge(run, method)
    answer(run, method, leader)
    st.caption(faithful.sentence(run, method))
    faithful.all_methods(run)
    only_cue.section(method)
    alarm(run, method)
    all_parts([one for one in chosen.family if _has(one, method)], method)
    groups_of_coins(run, method)
    gallery.section(run, method)
    st.caption(anatomy.AS_DRAWN if anatomy.table(run, method).exact else anatomy.RINGS)


def _has(run: Run, method: str) -> bool:
    try:
        return method in reading.heatmaps(run)
    except CoinvisionError:
        return False


main()
