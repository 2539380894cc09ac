"""Small parts that several pages share: a page's head, tables with downloads, lists of coins."""

from typing import Literal

import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import charts, choice, reading, words

TOP = 5
WHOLE = 16  # rows that a table shows without scrolling
LISTED = {
    "coin_id": "Coin",
    "emperor": "Emperor",
    "predicted": "Named",
    "probability": "Probability",
    "institution": "Museum",
    "material": "Material",
    "denomination": "Denomination",
    "year": "Year",
}


def chosen() -> choice.Choice:
    """What the sidebar says."""
    made: choice.Choice = st.session_state["choice"]
    return made


def head(title: str, run: Run) -> None:
    """The page's title and which run it shows."""
    st.title(title)
    st.caption(f"{run.description['dataset']} · {words.title(run)}")


def ink() -> str:
    """The color of text in the reader's theme, for what a chart writes on the page's ground."""
    return "#f1ece3" if st.context.theme.type == "dark" else "#24201a"


def table(shown: pd.DataFrame, name: str, alt: str) -> None:
    """A table as it stands, and its download; a long one scrolls."""
    height: Literal["content", "auto"] = "content" if len(shown) <= WHOLE else "auto"
    st.dataframe(shown, hide_index=True, alt=alt, height=height)
    download(shown, name)


def download(shown: pd.DataFrame, name: str) -> None:
    """A button that downloads a table exactly as it is shown."""
    st.download_button(
        "Download table",
        lambda: shown.to_csv(index=False).encode("utf-8-sig"),  # made when it is asked for
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"download_{name}",
        on_click="ignore",
    )


def most_probable(run: Run, shares: pd.Series) -> None:
    """The five most probable emperors of a network, as bars, and how sure to be of the first."""
    top = (100 * shares.sort_values(ascending=False).head(TOP)).round(1)
    table = top.rename("probability, %").rename_axis("emperor").reset_index()
    listed = ", ".join(f"{name} {value:.1f} %" for name, value in top.items())
    st.altair_chart(
        charts.shares(table, "emperor", "probability, %"),
        alt=f"{words.title(run)}, the five most probable emperors: {listed}.",
    )
    calibrated = reading.cooled(run, shares)
    if calibrated is not None:
        sure = words.percent(float(calibrated.max()))
        st.caption(f"As the network says; calibrated, {calibrated.idxmax()} has {sure}.")


def coin_list(found: pd.DataFrame, run: Run, name: str) -> None:
    """A list of coins with its download; a coin that is picked opens on its page."""
    shown = readable(found)
    alt = f"{words.count(len(shown), 'coin')}, the surest answer first." if len(shown) else ""
    picked = st.dataframe(
        shown,
        hide_index=True,
        alt=alt,
        key=f"list_{name}",
        on_select="rerun",
        selection_mode="single-row",
        column_config={"Probability": st.column_config.NumberColumn(format="%.3f")},
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        wanted = st.selectbox(
            "Open a coin",
            list(found["coin_id"]),
            index=None,
            placeholder="Pick a row above or a coin here",
            key=f"open_{name}",
        )
    with right:
        download(shown, name)
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(found):
        wanted = found["coin_id"].iloc[rows[0]]
    if wanted:
        open_coin(run, wanted)


def open_coin(run: Run, coin_id: str) -> None:
    """Go to a coin's page."""
    st.switch_page("app_pages/coin.py", query_params={"run": run.name, "coin": coin_id})


def readable(found: pd.DataFrame) -> pd.DataFrame:
    """Coins as a list shows them: what is recorded of them, under titles."""
    told = [column for column in LISTED if found[column].astype(str).ne("").any()]
    shown = found[told].copy()
    shown["year"] = [words.year(value) for value in shown["year"]]
    shown["probability"] = shown["probability"].round(3)
    return shown.rename(columns=LISTED)
