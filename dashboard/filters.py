"""What the charts of the page "Data set" filter one another by.

Each field has a list of picked values. A click on a chart adds its value or takes it away again;
the lists can be set by name too. A chart is filtered by all picks but its own.
"""

import pandas as pd
import streamlit as st

from dashboard import words

FIELDS = {
    "emperor": "Emperor",
    "material": "Material",
    "denomination": "Denomination",
    "period": "Time",
    "place": "Place",
    "lacks": "Record lacks",
    "use": "Records",
}
# What of a record is downloaded.
RECORD = (
    *("coin_id", "emperor", "use", "reason", "material", "denomination", "mint", "region"),
    *("year", "year_filled", "material_inferred", "institution", "record_url", "image_url"),
)
CLICKS = "dataset_clicks"


def key(field: str) -> str:
    """Where the picked values of a field are kept."""
    return f"dataset_{field}"


def chart_key(field: str) -> str:
    """A chart's own key; new after each click, so that the next click is always a fresh one."""
    return f"{key(field)}_chart_{st.session_state.get(CLICKS, 0)}"


def picked(field: str) -> list[str]:
    """The picked values of a field; none means all."""
    return list(st.session_state.get(key(field), []))


def anything() -> bool:
    """Whether any filter is set."""
    return any(picked(field) for field in FIELDS)


def clear() -> None:
    """Take all picks away."""
    for field in FIELDS:
        st.session_state[key(field)] = []
    st.session_state[CLICKS] = st.session_state.get(CLICKS, 0) + 1


def toggle(field: str, values: list[str]) -> None:
    """Add values to the picks of a field, or take away those that are picked already."""
    now = picked(field)
    kept = [value for value in now if value not in values]
    st.session_state[key(field)] = kept + [value for value in values if value not in now]
    st.session_state[CLICKS] = st.session_state.get(CLICKS, 0) + 1


def follow_chart(field: str, own_key: str) -> None:
    """Take over what was clicked on a chart (selection `pick`)."""
    clicked = st.session_state[own_key]["selection"]["pick"]
    toggle(field, [str(one[field]) for one in clicked if field in one])


def follow_table(field: str, own_key: str, values: list[str]) -> None:
    """Take over the rows that were ticked in a table of these values."""
    toggle(field, [values[row] for row in st.session_state[own_key]["selection"]["rows"]])


def filtered(table: pd.DataFrame, but: str | None = None) -> pd.DataFrame:
    """The rows that all picks let through, but those of one field."""
    for field in FIELDS:
        values = picked(field)
        if not values or field == but:
            continue
        if field == "lacks":
            for value in values:
                table = table[table[f"lacks_{value}"]]
        else:
            table = table[table[field].isin(values)]
    return table


def counted(table: pd.DataFrame, field: str) -> pd.DataFrame:
    """How many records have each value of a field, most first, and whether it is `shown`."""
    rows = filtered(table, but=field)
    counts = rows[rows[field] != ""][field].value_counts().rename("coins").rename_axis(field)
    chosen = picked(field)
    shown = counts.reset_index()
    return shown.assign(shown=shown[field].isin(chosen) if chosen else True)


def bar(table: pd.DataFrame, *, lacking: list[str]) -> None:
    """What is shown of how many records, a button to clear the filters, and lists to set them.

    Args:
        table: all records.
        lacking: fields that a record can be asked to lack; none hides these filters.
    """
    choices = {f: lacking if f == "lacks" else _options(table, f) for f in FIELDS}
    for field, options in choices.items():  # another data set may be shown than a moment ago
        st.session_state[key(field)] = [v for v in picked(field) if v in options]
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(_summary(table))
    right.button(
        "Clear filters",
        on_click=clear,
        disabled=not anything(),
        icon=":material/filter_alt_off:",
        width="stretch",
    )
    with st.expander("Filter by name, without a click on a chart", icon=":material/filter_alt:"):
        columns = st.columns(3)
        for i, (field, options) in enumerate(choices.items()):
            if len(options) > 1:
                columns[i % 3].multiselect(FIELDS[field], options, key=key(field))
        _download(filtered(table))


def _download(rows: pd.DataFrame) -> None:
    st.download_button(
        f"Download these {words.count(len(rows), 'record')}",
        # made when it is asked for, since a museum has tens of thousands
        lambda: rows[[c for c in RECORD if c in rows]].to_csv(index=False).encode("utf-8-sig"),
        file_name="records.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _options(table: pd.DataFrame, field: str) -> list[str]:
    """The values of a field, the commonest first; periods in their order."""
    rows = table[table[field] != ""]
    if field == "period":
        return list(rows.sort_values("begins")["period"].unique())
    return list(rows[field].value_counts().index)


def _summary(table: pd.DataFrame) -> str:
    rows = filtered(table)
    uses = rows["use"].value_counts()
    listed = ", ".join(f"{n:,} {use}" for use, n in uses.items())
    picks = {FIELDS[field]: words.plain(", ".join(picked(field))) for field in FIELDS}
    told = (
        " · ".join(f"{title}: {names}" for title, names in picks.items() if names)
        or "Pick a bar to filter all the others"
    )
    return f"**{len(rows):,} of {len(table):,} records** ({listed or 'none'}). {told}."
