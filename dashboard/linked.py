"""The sections of the page "Data set" that filter one another: charts, tables, downloads.

Each draws what the picks of all other sections let through, and its download is what it draws.
Two have files of their own: linked_emperors.py and linked_time.py.
"""

import functools

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import filters, linked_charts, parts, sources, words
from dashboard.sources import Source

MOST_BARS = 12


def show(chart: alt.LayerChart | alt.Chart, field: str, says: str) -> None:
    """A chart whose clicks set the picks of a field."""
    key = filters.chart_key(field)
    st.altair_chart(
        chart,
        key=key,
        on_select=functools.partial(filters.follow_chart, field, key),
        selection_mode="pick",
        alt=says,
    )


def nothing() -> None:
    """What a section says if the filters leave it nothing."""
    st.info("No record is left under these filters.")


def bars(source: Source, field: str, title: str) -> None:
    """The commonest values of a field, as bars."""
    st.subheader(title)
    if not source.says(field):
        st.info(f"The records of {source.name} name no {field}.")
        return
    table = filters.counted(source.table, field)
    if table.empty:
        nothing()
        return
    shown, more = table.head(MOST_BARS), table.iloc[MOST_BARS:]
    listed = ", ".join(f"{row[field]} {row['coins']:,}" for _, row in shown.head(4).iterrows())
    show(linked_charts.bars(shown, field), field, f"Coins by {field}: {listed}.")
    if len(more):
        st.caption(
            f"{len(more)} rarer ones with {words.count(int(more['coins'].sum()), 'coin')} are not "
            "drawn; they can be picked by name above."
        )
    parts.download(shown[[field, "coins"]], f"{field}s")


def metals_not_recorded(source: Source) -> None:
    """How many coins stand in the chart of materials by their denomination alone."""
    lacking = source.facts["missing"].get("material", 0)
    if lacking and source.says("material"):
        st.caption(
            f"The records of {lacking:,} of {words.count(source.facts['coins'], 'coin')} name no "
            "material: they stand under their denomination's (aureus gold, denarius silver, "
            "sestertius bronze), or under “not recorded”."
        )


def missing(source: Source) -> None:
    """What the records do not say."""
    st.subheader("What the records do not say")
    if not source.whole:
        _missing_of_run(source)
        return
    rows = filters.filtered(source.table, but="lacks")
    counts = {field: int(rows[f"lacks_{field}"].sum()) for field in sources.EXPECTED}
    table = pd.DataFrame({"lacks": list(counts), "coins": list(counts.values())})
    chosen = filters.picked("lacks")
    table["shown"] = table["lacks"].isin(chosen) if chosen else True
    table = table.sort_values("coins", ascending=False)
    worst = table.iloc[0]
    st.caption(
        f"Records without a field, of {len(rows):,}, before years were filled and materials "
        "inferred."
    )
    says = f"Missing fields: {worst['lacks']} most, in {worst['coins']} of {len(rows)} records."
    show(linked_charts.bars(table, "lacks"), "lacks", says)
    parts.download(table[["lacks", "coins"]].assign(of=len(rows)), "missing")


def _missing_of_run(source: Source) -> None:
    fields = source.facts["missing"]
    if not fields:
        st.caption("What the records lack was not counted when the data set was prepared.")
        return
    rows = [{"what": f.replace("_", " "), "coins without": n} for f, n in fields.items()]
    table = pd.DataFrame(rows).assign(of=source.facts["coins"])
    worst = table.sort_values("coins without").iloc[-1]
    st.caption(
        "Counted when the data set was prepared, before years were filled and materials inferred; "
        "a run keeps no record of it coin by coin, so the filters do not reach here."
    )
    says = f"Missing most: {worst['what']}, {worst['coins without']} of {worst['of']} coins."
    parts.table(table, "missing", says)


def places(source: Source) -> None:
    """Where the coins were struck, as a table whose rows filter."""
    field = source.place
    st.subheader(f"{field.capitalize()}s")
    if not source.says(field):
        st.info(
            f"The records of {source.name} name no mint and no region."
            if source.whole
            else "A run keeps no mints. They are listed if the data set lies in `datasets`."
        )
        return
    table = _by_place(source.table, field)
    if table.empty:
        nothing()
        return
    if field == "region":
        st.caption("The records name no mints, so regions are listed.")
    key, names = filters.chart_key("place"), list(table[field])
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        on_select=functools.partial(filters.follow_table, "place", key, names),
        selection_mode="multi-row",
        alt=f"{len(table)} {field}s; {names[0]} most, {table['coins'].iloc[0]} coins.",
    )
    parts.download(table, f"{field}s")


def _by_place(table: pd.DataFrame, field: str) -> pd.DataFrame:
    rows = filters.filtered(table, but="place")
    found = rows.groupby("place").agg(
        coins=("coin_id", "size"),
        emperors=("emperor", lambda names: names[names != ""].nunique()),
        first=("year", "min"),
        last=("year", "max"),
    )
    found = found.sort_values("coins", ascending=False).reset_index()
    chosen = filters.picked("place")
    for column in ("first", "last"):
        found[column] = [words.year(value) for value in found[column]]
    if chosen:
        found.insert(0, "filter", ["✓" if name in chosen else "" for name in found["place"]])
    return found.rename(columns={"place": field})
