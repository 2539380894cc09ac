"""Why this emperor and not that one: both maps and what is between them, for one coin.

Stored maps stand at once; an emperor for whom none is stored is explained when he is picked, and
only then is a network loaded.
"""

import math

import numpy as np
import pandas as pd
import streamlit as st

from coinvision import explanation
from coinvision.runs import Run
from dashboard import anatomy, evidence, heat, live, reading, words

ROUNDED = 5e-5  # a probability that is stored as 0.0000 is below this


def section(run: Run, record: pd.Series) -> None:
    """Pick an emperor to compare with the one who was named, and see where they differ."""
    named = str(record["predicted"])
    st.subheader(f"Why {named} and not another?", anchor=False)
    stored = evidence.stored(run, str(record["coin_id"]), explanation.FIRST)
    under = evidence.beneath(run, record)
    known = _known(stored, record) if stored else {}
    offered = ranked(run, record) if under is not None else [n for n in known if n != named]
    if under is None:
        st.caption(
            "For emperors without a stored map the network must see the photograph, which is not "
            "on this machine."
        )
    if not offered:
        return
    other = _picked(record, offered)
    if other is None:
        return
    st.markdown(
        f"{margin(run, record, other)} Maps are {words.method(explanation.FIRST)}'s, on one scale."
    )
    shown = {
        name: known.get(name) for name in dict.fromkeys((named, str(record["emperor"]), other))
    }
    maps = {
        name: live.heatmap_for(run, record.to_dict(), name) if found is None else found
        for name, found in shown.items()
        if found is not None or under is not None
    }
    if named in maps and other in maps:
        _beside(run, record, under, maps, other)


def ranked(run: Run, record: pd.Series) -> list[str]:
    """All other emperors, the most probable first: the runner-up, and so on."""
    shares = reading.shares_of(run, record).sort_values(ascending=False, kind="stable")
    return [str(name) for name in shares.index if name != record["predicted"]]


def margin(run: Run, record: pd.Series, other: str) -> str:
    """How far ahead the named emperor is: in logits, and in calibrated probabilities."""
    named = str(record["predicted"])
    shares = reading.shares_of(run, record)
    first, second = float(shares[named]), float(shares[other])
    bound, least = ("more than ", ROUNDED) if second < ROUNDED else ("", second)
    ahead = math.log(first / least)
    said = f"The logit of **{named}** is {bound}{ahead:.1f} ahead of that of **{other}**"
    calibrated = reading.cooled(run, shares)
    if calibrated is None:
        return f"{said} ({words.percent(first)} and {words.percent(second)}, not calibrated)."
    own, others = calibrated[named], calibrated[other]
    return f"{said}; calibrated, {words.percent(own)} against {words.percent(others)}."


def _known(stored: dict[str, np.ndarray], record: pd.Series) -> dict[str, np.ndarray]:
    """The stored maps by the emperor that each explains."""
    return {str(record["emperor"]): stored["true"], str(record["predicted"]): stored["predicted"]}


def _picked(record: pd.Series, offered: list[str]) -> str | None:
    shares = {name: words.percent(float(record[f"p_{name}"])) for name in offered}
    true = str(record["emperor"])
    notes = {offered[0]: "runner-up", true: "on the coin"} if len(offered) > 1 else {}

    def label(name: str) -> str:
        return ", ".join(filter(None, (name, shares[name], notes.get(name, ""))))

    picked: str | None = st.selectbox(
        "Compare with",
        offered,
        index=offered.index(true) if true in offered else None,
        format_func=label,
        placeholder="Pick an emperor; the network is loaded then",
        key=f"other_{record['coin_id']}",
    )
    return picked


def _beside(
    run: Run,
    record: pd.Series,
    under: np.ndarray | None,
    maps: dict[str, np.ndarray],
    other: str,
) -> None:
    named = str(record["predicted"])
    scale = evidence.scale_of(run, explanation.FIRST, *maps.values())
    columns = st.columns(4, wrap=True)
    for place, (name, found) in zip(columns, maps.items(), strict=False):
        with place:
            st.markdown(f"**for {name}**")
            lies = anatomy.measured(run, record, found)
            evidence.heatmap(words.title(run), under, found, scale, name, lies)
    with columns[len(maps)]:
        st.markdown(f"**{named} less {other}**")
        gain = maps[named] - maps[other]
        said = f"{_more(run, record, gain, named)} {_more(run, record, -gain, other)}"
        picture = heat.difference(under, gain, scale, f"{words.title(run)}. {said}")
        st.image(picture.content, alt=picture.alt, width="stretch")
        heat.difference_bar(scale, named, other)
        st.caption(said)


def _more(run: Run, record: pd.Series, gain: np.ndarray, whom: str) -> str:
    if gain.max() <= 0:
        return f"Nowhere speaks more for {whom}."
    lies = anatomy.shared(anatomy.measured(run, record, gain))
    return f"What speaks more for {whom}: {lies}, most at the {anatomy.place(gain)}."
