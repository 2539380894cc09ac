"""What the networks learned from: emperors, materials, denominations, mints, what is missing."""

import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import (
    filters,
    linked,
    linked_emperors,
    linked_time,
    parts,
    reading,
    sources,
    study,
    words,
)
from dashboard.sources import Source


def splits(run: Run) -> None:
    """How many coins of each emperor train, validate and test."""
    coins, order = reading.coins(run), reading.reign_order(run)
    split = pd.crosstab(coins["emperor"], coins["split"]).reindex(order)
    split = split.reindex(columns=["train", "validation", "test"], fill_value=0)
    with st.expander("Training, validation and test coins of the chosen run"):
        st.caption(
            "Training coins teach, validation coins decide when to stop, test coins are asked once."
        )
        parts.table(split.reset_index(), "coins_by_emperor", "Coins of each emperor by use.")


def unknown_names(source: Source) -> None:
    """Names that the table of emperors does not hold, for a person to judge."""
    names = source.facts.get("unknown_names", [])
    if not names:
        return
    table = pd.DataFrame(names).rename(
        columns={"coins": "records", "nearest": "nearest known name", "likeness": "likeness (0–1)"}
    )
    st.subheader(words.count(len(table), "name is", "names are") + " not known")
    st.caption("Nothing was guessed: records with these names are left out.")
    parts.table(
        table,
        "unknown_names",
        f"Unknown names with the nearest known one; the commonest is {table['name'].iloc[0]}.",
    )


def dropped(source: Source) -> None:
    """What was left out when the data set was prepared, and each decision."""
    facts = source.facts
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


def head(source: Source, run: Run) -> None:
    """The page's title, and what this data set can tell."""
    if source.of_run:
        parts.head("What the networks learned from and were tested on", run)
    else:
        st.title(f"What {source.name} holds")
        st.caption("A data set beside the chosen run, which learned nothing from it.")
    if not source.whole:
        st.caption(
            f"A run remembers the coins of {source.name} only. To see rare emperors, mints and the "
            "records left out here too, prepare the data set into the folder `datasets`."
        )
    elif not source.facts["photographs"]:
        st.caption("Records only: there are no photographs, and no network was trained on them.")


def charts_of(source: Source) -> None:
    """The sections that filter one another."""
    linked_emperors.emperors(source)
    left, right = st.columns(2, gap="large")
    with left:
        linked.bars(source, "material", "Material")
        linked.metals_not_recorded(source)
        linked.missing(source)
    with right:
        linked.bars(source, "denomination", "Denominations")
    linked_time.over_time(source)
    linked.places(source)


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    title = st.empty()
    source = sources.pick(run)
    with title.container():
        head(source, run)
    filters.bar(source.table, lacking=list(sources.EXPECTED) if source.whole else [])
    charts_of(source)
    if source.of_run:
        splits(run)
    unknown_names(source)
    dropped(source)
    study.section()


main()
