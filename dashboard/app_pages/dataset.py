"""What the networks learned from: coins an emperor, materials, denominations, what is missing."""

import altair as alt
import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import charts, parts, reading, words

MOST_PARTS = 6
UNKNOWN = "not recorded"


def per_emperor(run: Run) -> None:
    """How many coins each emperor has, by split."""
    coins, order = reading.coins(run), reading.reign_order(run)
    counts = coins.groupby("emperor").size().reindex(order)
    most, least = counts.idxmax(), counts.idxmin()
    st.subheader(
        f"{most} has {counts[most]} coins, {least} {counts[least]}"
        if counts[most] > counts[least]
        else f"Each emperor has {words.count(int(counts[most]), 'coin')}"
    )
    shown = counts.rename("coins").rename_axis("emperor").reset_index()
    st.altair_chart(
        charts.bars(shown, "emperor", "coins", order),
        alt=f"Coins an emperor: {most} most with {counts[most]}, {least} least with "
        f"{counts[least]}.",
    )
    split = pd.crosstab(coins["emperor"], coins["split"]).reindex(order)
    split = split.reindex(columns=["train", "validation", "test"], fill_value=0)
    with st.expander("Training, validation and test coins"):
        st.caption(
            "Training coins teach, validation coins decide when to stop, test coins are asked once."
        )
        parts.table(split.reset_index(), "coins_by_emperor", "Coins of each emperor by use.")


def grouped(coins: pd.DataFrame, column: str) -> pd.Series:
    """A text column with rare values joined as "other"."""
    named = coins[column].replace("", UNKNOWN)
    common = named.value_counts().index[:MOST_PARTS]
    return named.where(named.isin(common), "other")


def materials(run: Run) -> None:
    """Which metals each emperor's coins are of."""
    st.subheader("Material")
    coins = reading.coins(run)
    if not (coins["material"] != "").any():
        st.info(f"The records of {run.description['dataset']} name no material.")
        return
    coins = coins.assign(material=grouped(coins, "material"))
    table = coins.groupby(["emperor", "material"]).size().rename("coins").reset_index()
    total = coins["material"].value_counts()
    x = alt.X("emperor:N", sort=reading.reign_order(run), title=None)
    listed = ", ".join(f"{name} {n}" for name, n in total.items())
    st.altair_chart(charts.stacked(table, x, "material:N"), alt=f"Coins by material: {listed}.")
    inferred = reading.facts(run)["missing"].get("material", 0)
    if inferred:
        st.caption(
            f"{words.count(inferred, 'record')} named no material; where the denomination tells it "
            "(aureus gold, denarius silver, ...), it was inferred."
        )
    with st.expander("The figures as a table"):
        parts.table(table, "materials", f"Coins by emperor and material: {listed}.")


def denominations(run: Run) -> None:
    """Which denominations were struck when."""
    st.subheader("Denominations over time")
    coins = reading.coins(run).dropna(subset="year")
    if coins.empty or not (coins["denomination"] != "").any():
        st.info(
            f"The records of {run.description['dataset']} name no years or no denominations, so "
            "there is nothing to draw."
        )
        return
    coins = coins.assign(
        decade=(coins["year"] // 10 * 10).astype(int), denomination=grouped(coins, "denomination")
    )
    table = coins.groupby(["decade", "denomination"]).size().rename("coins").reset_index()
    first, last = words.year(coins["year"].min()), words.year(coins["year"].max())
    most = coins["denomination"].value_counts().index[0]
    x = alt.X("decade:O", title="decade from year (negative: BC)", axis=alt.Axis(labelOverlap=True))
    st.altair_chart(
        charts.stacked(table, x, "denomination:N"),
        alt=f"Coins a decade from {first} to {last} by denomination; most are {most}.",
    )
    with st.expander("The figures as a table"):
        parts.table(table, "denominations", "Coins by decade and denomination.")


def missing(run: Run) -> None:
    """What the records do not say."""
    facts = reading.facts(run)
    table = pd.DataFrame(
        [
            {"what": field.replace("_", " "), "coins without": n, "of": facts["coins"]}
            for field, n in facts["missing"].items()
        ]
    )
    worst = table.sort_values("coins without").iloc[-1]
    st.subheader("What the records do not say")
    parts.table(
        table,
        "missing",
        f"Missing values: {worst['what']} is missing most, {worst['coins without']} of "
        f"{worst['of']} coins.",
    )


def dropped(run: Run) -> None:
    """What was left out when the data set was prepared, and each decision."""
    facts = reading.facts(run)
    table = pd.DataFrame(
        sorted(facts["left_out"].items(), key=lambda item: -item[1]), columns=["reason", "records"]
    )
    st.subheader(f"{words.count(int(table['records'].sum()), 'record')} left out")
    if table.empty:
        st.write("Every record of the collection is in the data set.")
    else:
        parts.table(
            table, "left_out", f"Why records were left out; most often: {table['reason'].iloc[0]}."
        )
    with st.expander("Every decision, with its reason"):
        for step, sentence in facts.get("steps", []):
            st.markdown(f"**{step}.** {sentence}")


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("What the networks learned from and were tested on", run)
    left, right = st.columns(2, gap="large")
    with left:
        per_emperor(run)
        missing(run)
    with right:
        materials(run)
        denominations(run)
    dropped(run)


main()
