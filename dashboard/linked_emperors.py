"""The section of the page "Data set" on coins an emperor, with the long tail of rare ones."""

import pandas as pd
import streamlit as st

from coinvision.dataset import stored
from dashboard import filters, linked_charts, parts, words
from dashboard.linked import nothing, show
from dashboard.sources import Source

SIDE_BY_SIDE = 30  # with more emperors than this their bars stand upright, to be seen at once
IN, INFERRED, LEFT_OUT = stored.USES


def emperors(source: Source) -> None:
    """Coins an emperor, on a log scale so that the rare ones show."""
    table = _by_emperor(source.table)
    if table.empty:
        nothing()
        return
    first, last = table.iloc[0], table.iloc[-1]
    few, out = int((table["coins"] < 10).sum()), int((table["state"] == LEFT_OUT).sum())
    st.subheader(
        f"{first['emperor']} has {words.count(int(first['coins']), 'coin')}, "
        f"{last['emperor']} {last['coins']:,}"
        if first["coins"] > last["coins"]
        else f"Each emperor has {words.count(int(first['coins']), 'coin')}"
    )
    st.caption(
        f"{words.count(len(table), 'emperor')}, {few} with fewer than ten coins"
        + (f", {out} left out of the data set" if source.whole else "")
        + ". A log scale: each line is ten times the one before."
        + (" Triangles: inferred from the authority." if table["inferred"].any() else "")
    )
    says = (
        f"Coins of {len(table)} emperors on a log scale, from {first['coins']} of "
        f"{first['emperor']} down to {last['coins']} of {last['emperor']}; {few} have fewer than "
        "ten."
    )
    draw = linked_charts.emperors if len(table) <= SIDE_BY_SIDE else linked_charts.long_tail
    show(draw(table), "emperor", says)
    parts.download(table[["emperor", "coins", "inferred", "state"]], "emperors")


def _by_emperor(table: pd.DataFrame) -> pd.DataFrame:
    rows = filters.filtered(table, but="emperor")
    rows = rows[rows["emperor"] != ""]
    counts = rows.groupby(["emperor", "use"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(stored.USES), fill_value=0)
    chosen = filters.picked("emperor")
    taught = set(table.loc[table["use"] == IN, "emperor"])
    found = pd.DataFrame(
        {
            "coins": counts[IN] + counts[LEFT_OUT],
            "inferred": counts[INFERRED],
            "state": [IN if name in taught else LEFT_OUT for name in counts.index],
            "shown": [not chosen or name in chosen for name in counts.index],
        },
        index=counts.index,
    )
    found["most"] = found[["coins", "inferred"]].max(axis=1)
    found["label"] = [
        f"{row.coins:,}"
        + (f" + {row.inferred:,} inferred" if row.inferred else "")
        + (" (left out)" if row.state == LEFT_OUT else "")
        for row in found.itertuples()
    ]
    return found.sort_values(["coins", "inferred"], ascending=False).reset_index()
