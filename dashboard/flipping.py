"""The coins that flip: those that a network names rightly in only one of its two inputs."""

import pandas as pd
import streamlit as st

from coinvision.runs import Run
from dashboard import choice, parts, reading, words


def section(chosen: choice.Choice) -> None:
    """The test coins that only one of the run's two inputs gets right."""
    network = str(chosen.run.description["network"])
    pair = [chosen.sibling(network, name) for name in words.INPUTS]
    color, gray = pair
    if color is None or gray is None:
        return
    st.subheader("Coins that flip", anchor=False)
    st.caption(
        f"{words.network(chosen.run)}, fold {chosen.run.description['fold']}: the coins that only "
        "one of the two names rightly, with the wrong answer of the other and its probability as "
        "the network gave it, the surest first. A coin opens with the heatmaps of both."
    )
    for good, bad in ((color, gray), (gray, color)):
        found = _only(good, bad)
        of = words.count(len(reading.tested(good)), "coin")
        told = f"Right only in {words.input_name(good)}: {len(found):,} of {of}"
        st.markdown(f"**{told}**")
        if len(found):
            parts.coin_list(found, bad, f"right_only_in_{words.input_name(good)}")


def _only(good: Run, bad: Run) -> pd.DataFrame:
    """The second run's wrong answers about coins that the first names rightly."""
    known = reading.tested(good)
    tested = reading.tested(bad)
    wanted = ~tested["right"] & tested["coin_id"].isin(known.loc[known["right"], "coin_id"])
    return tested[wanted].sort_values("probability", ascending=False)
