"""The section of the page "Data set" on denominations over time."""

import re

import pandas as pd
import streamlit as st

from dashboard import filters, linked_charts, parts, sources
from dashboard.linked import nothing, show
from dashboard.sources import Source

MOST_FAMILIES = 6
# AE1 to AE4, large, small and reduced: sizes of late bronze whose names are not known
SIZES = re.compile(r"(?:(?:large|small|reduced)\s+)?ae(?:\b|\d).*", re.IGNORECASE)
AE, REST = "AE (all sizes)", "other"


def family(denomination: str) -> str:
    """A denomination, with all sizes of late bronze as one."""
    return AE if SIZES.fullmatch(denomination) else denomination


def over_time(source: Source) -> None:
    """Which denominations were struck when."""
    st.subheader("Denominations over time")
    dated, families = _by_family(source.table)
    if dated.empty:
        st.info(
            f"The records of {source.name} name no years or no denominations, so there is nothing "
            "to draw."
        )
        return
    table = _shares(filters.filtered(dated, but="period"))
    if table.empty:
        nothing()
        return
    begins = dated.groupby("period")["begins"].first().sort_values()
    periods = [name for name in begins.index if name in set(table["period"])]
    says = _in_words(table, periods)
    show(linked_charts.over_time(table, periods, families), "period", says)
    st.caption(f"{says} Undated coins are not drawn.")
    parts.download(table[["period", "denomination", "coins", "share"]], "denominations_over_time")


def _by_family(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The dated coins with their `family`, rare ones as `REST`, and all families in one order."""
    dated = table.dropna(subset="begins")
    dated = dated[dated["denomination"] != sources.UNKNOWN]
    names = dated["denomination"].map(family)
    common = list(names.value_counts().index[:MOST_FAMILIES])
    return dated.assign(family=names.where(names.isin(common), REST)), [*common, REST]


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    counts = rows.groupby(["begins", "period", "family"]).size().rename("coins")
    table = counts.reset_index().rename(columns={"family": "denomination"})
    table["share"] = 100 * table["coins"] / table.groupby("period")["coins"].transform("sum")
    chosen = filters.picked("period")
    return table.assign(
        share=table["share"].round(1), shown=table["period"].isin(chosen) if chosen else True
    )


def _in_words(table: pd.DataFrame, periods: list[str]) -> str:
    """Which denomination leads in the first, the middle and the last period."""
    told = dict.fromkeys([periods[0], periods[len(periods) // 2], periods[-1]])
    leads = []
    for period in told:
        named = table[(table["period"] == period) & (table["denomination"] != REST)]
        for top in named.sort_values("coins").tail(1).itertuples():
            leads.append(f"{period}: {top.denomination} {top.share:.0f} %")
    return f"The commonest denomination: {'; '.join(leads)}."
