"""One coin: the photograph, who is named how surely, and which part of the coin said so."""

import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import evidence, parts, reading, why

ITS_RUN = "run_of_shown_coin"


def pick(run: Run) -> pd.Series:
    """The coin that the address or the picker names."""
    table = reading.predictions(run).set_index("coin_id", drop=False)
    wanted = st.query_params.get("coin")
    if wanted is not None and wanted not in table.index:
        if st.session_state.get(ITS_RUN, run.name) == run.name:  # else the run was changed
            st.warning(
                f"The address asks for the coin “{wanted}”, which is not among the test and "
                "validation coins of this run; this is another one."
            )
    elif wanted is not None and wanted != st.session_state.get("shown_coin"):
        st.session_state["coin"] = wanted
    if st.session_state.get("coin") not in table.index:
        kept = st.session_state.get("shown_coin")
        st.session_state["coin"] = kept if kept in table.index else _telling(table)
    label = _labels(table).__getitem__
    coin_id = st.selectbox("Coin", list(table.index), key="coin", format_func=label)
    st.session_state["shown_coin"] = st.query_params["coin"] = coin_id
    st.session_state[ITS_RUN] = run.name
    return table.loc[coin_id]


def _telling(table: pd.DataFrame) -> str:
    """The coin to open on: the surest wrong answer says most about a network."""
    test = table[table["split"] == "test"]
    wrong = test[~test["right"]]
    return str((wrong if len(wrong) else test)["probability"].idxmax())


def _labels(table: pd.DataFrame) -> dict[str, str]:
    """What the picker says of each coin; made at once, for a row of a table is slow to look up."""
    told = zip(table["coin_id"], table["emperor"], table["predicted"], table["right"], strict=True)
    return {
        coin_id: f"{coin_id} · {emperor}, " + ("named rightly" if right else f"named {predicted}")
        for coin_id, emperor, predicted, right in told
    }


def answers(run: Run, record: pd.Series) -> None:
    """The five most probable emperors."""
    if record["right"]:
        st.subheader(f"Rightly named {record['predicted']}", anchor=False)
    else:
        st.subheader(f"Named {record['predicted']}; it is {record['emperor']}", anchor=False)
    parts.most_probable(run, reading.shares_of(run, record))
    split = "a test coin" if record["split"] == "test" else "a validation coin"
    st.caption(f"This is {split}: the network did not learn from it.")


def main() -> None:
    """Show the page."""
    chosen = parts.chosen()
    run = chosen.run
    parts.head("One coin", run)
    record = pick(run)
    left, right = st.columns([2, 3], gap="large")
    with left:
        evidence.photograph(run, record)
        evidence.record_of(record)
    with right:
        answers(run, record)
    method = evidence.heatmaps(chosen, str(record["coin_id"]))
    why.section(run, record, method)


main()
