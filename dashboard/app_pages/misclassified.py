"""The test coins that a run names wrongly: filter, open, download."""

import pandas as pd
import streamlit as st

from dashboard import parts, reading, words

FILTERS = {
    "emperor": "Emperor on the coin",
    "predicted": "Named by the network",
    "institution": "Museum",
    "material": "Material",
    "denomination": "Denomination",
}


def filtered(wrong: pd.DataFrame) -> pd.DataFrame:
    """The coins that pass the filters which the page shows."""
    columns = [name for name in FILTERS if wrong[name].ne("").any()]
    with st.container(border=True):
        places = st.columns(3)
        for i, name in enumerate(columns):
            options = sorted(set(wrong[name]) - {""})
            wanted = places[i % 3].multiselect(
                FILTERS[name], options, key=f"only_{name}", placeholder="all"
            )
            if wanted:
                wrong = wrong[wrong[name].isin(wanted)]
        sure = places[len(columns) % 3].slider(
            "At least this sure", 0.0, 1.0, 0.0, 0.05, help="The probability of the wrong answer."
        )
    return wrong[wrong["probability"] >= sure]


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("Which coins are named wrongly?", run)
    tested = reading.tested(run)
    wrong = tested[~tested["right"]].sort_values("probability", ascending=False)
    if wrong.empty:
        st.success(f"All {words.count(len(tested), 'test coin')} are named rightly.")
        return
    st.markdown(
        f"**{len(wrong)} of {words.count(len(tested), 'test coin')}**. A wrong answer that the "
        "network is sure of is where to look first: a look-alike, a worn coin, or a wrong label."
    )
    found = filtered(wrong)
    if found.empty:
        st.info("No coin passes these filters; take one away.")
        return
    st.markdown(f"Shown: {words.count(len(found), 'coin')}, the surest first.")
    parts.coin_list(found, run, "misclassified")


main()
