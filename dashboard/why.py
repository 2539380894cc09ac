"""Why this emperor and not that one: their maps and what is between them, for one coin.

Stored maps stand at once; an emperor for whom none is stored is explained when he is picked, and
only then is a network loaded.
"""

import math

import numpy as np
import pandas as pd
import streamlit as st

from coinvision import explanation
from coinvision.runs import Run
from dashboard import anatomy, evidence, faithful, heat, live, reading, words

ROUNDED = 5e-5  # a probability that is stored as 0.0000 is below this


def section(run: Run, record: pd.Series, method: str) -> None:
    """Pick an emperor to compare with the one who was named, and see where they differ."""
    named = str(record["predicted"])
    st.subheader(f"Why {named} and not another?", anchor=False)
    under = evidence.beneath(run, record)
    offered = ranked(run, record)
    if under is None:
        st.caption(
            "For emperors without a stored map the network must see the photograph, which is not "
            "on this machine."
        )
        offered = [name for name in _stored(run, record, method) if name != named]
    other = _picked(record, offered) if offered else None
    if other is None:
        return
    st.markdown(f"{margin(run, record, other)} Maps are {words.method(method)}'s, on one scale.")
    faithful.badge(run, method)
    maps, uncut = _maps(run, record, method, other, here=under is not None)
    if named in maps and other in maps:
        _beside(run, record, under, method, other, maps, uncut)


def ranked(run: Run, record: pd.Series) -> list[str]:
    """All other emperors, the most probable first: the runner-up, and so on."""
    shares = reading.shares_of(run, record).sort_values(ascending=False, kind="stable")
    return [str(name) for name in shares.index if name != record["predicted"]]


def margin(run: Run, record: pd.Series, other: str) -> str:
    """How far ahead the named emperor is: in logits, and in calibrated probabilities."""
    named = str(record["predicted"])
    shares = reading.shares_of(run, record)
    said = f"The logit of **{named}** is {_lead(run, record, other)} ahead of that of **{other}**"
    calibrated = reading.cooled(run, shares)
    if calibrated is None:
        first, second = float(shares[named]), float(shares[other])
        return f"{said} ({words.percent(first)} and {words.percent(second)}, not calibrated)."
    own, others = calibrated[named], calibrated[other]
    return f"{said}; calibrated, {words.percent(own)} against {words.percent(others)}."


def _lead(run: Run, record: pd.Series, other: str) -> str:
    """The logits between two emperors, at least as many as four stored decimals tell."""
    shares = reading.shares_of(run, record)
    first, second = float(shares[str(record["predicted"])]), float(shares[other])
    bound, least = ("more than ", ROUNDED) if second < ROUNDED else ("", second)
    return f"{bound}{math.log(first / least):.1f}"


def _stored(
    run: Run, record: pd.Series, method: str, *, uncut: bool = False
) -> dict[str, np.ndarray]:
    """The stored maps by the emperor that each explains."""
    maps = evidence.stored(run, str(record["coin_id"]), method, uncut=uncut)
    whose = {"true": str(record["emperor"]), "predicted": str(record["predicted"])}
    return {whose[kind]: maps[kind] for kind in whose if kind in maps}


def _maps(
    run: Run, record: pd.Series, method: str, other: str, *, here: bool
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Maps for the named, the true and the other emperor, and those that hold what speaks against.

    Where the photograph is here the network is asked for what is not stored.
    """
    maps, uncut = (_stored(run, record, method, uncut=which) for which in (False, True))
    shown = dict.fromkeys((str(record["predicted"]), str(record["emperor"]), other))
    listed = explanation.METHODS.get(method)
    subtracted = bool(listed and listed.uncut)
    lacking = [n for n in shown if n not in maps or (subtracted and n not in uncut)]
    slow = method in explanation.SLOW
    place = st.container()
    if lacking and here and (not slow or evidence.wanted(run, record, method, place, "why")):
        for name in lacking:
            whole = live.heatmap_for(run, record.to_dict(), name, method)
            uncut |= {name: whole} if subtracted else {}
            maps[name] = np.maximum(whole, 0) if listed and listed.cuts else whole
    return {name: maps[name] for name in shown if name in maps}, uncut


def _picked(record: pd.Series, offered: list[str]) -> str | None:
    shares = {name: words.percent(float(record[f"p_{name}"])) for name in offered}
    true = str(record["emperor"])
    notes: dict[str, list[str]] = {name: [] for name in offered}
    if true in notes:
        notes[true].append("on the coin")
    if len(offered) > 1:
        notes[offered[0]].append("runner-up")
    picked: str | None = st.selectbox(
        "Compare with",
        offered,
        index=offered.index(true) if true in offered else None,
        format_func=lambda name: ", ".join((name, shares[name], *notes[name])),
        placeholder="Pick an emperor; the network is loaded then",
        key=f"other_{record['coin_id']}",
    )
    return picked


def _beside(
    run: Run,
    record: pd.Series,
    under: np.ndarray | None,
    method: str,
    other: str,
    maps: dict[str, np.ndarray],
    uncut: dict[str, np.ndarray],
) -> None:
    named = str(record["predicted"])
    scale = evidence.scale_of(run, method, *maps.values())
    columns = st.columns(4, wrap=True)
    for place, (name, found) in zip(columns, maps.items(), strict=False):
        with place:
            st.markdown(f"**for {name}**")
            lies = anatomy.measured(run, record, found)
            evidence.heatmap(words.title(run), under, found, scale, name, lies)
    with columns[len(maps)]:
        if named in uncut and other in uncut:
            _difference(run, record, under, method, other, uncut, scale)
        else:
            st.caption(_not_subtracted(method))


def _difference(
    run: Run,
    record: pd.Series,
    under: np.ndarray | None,
    method: str,
    other: str,
    uncut: dict[str, np.ndarray],
    scale: heat.Scale,
) -> None:
    """Where the lead comes from: one map less the other, both with what speaks against."""
    named = str(record["predicted"])
    st.markdown(f"**{named} less {other}**")
    gain = uncut[named] - uncut[other]
    said = f"{_more(run, record, gain, named)} {_more(run, record, -gain, other)}"
    picture = heat.difference(under, gain, scale, _alt(run, said))
    st.image(picture.content, alt=picture.alt, width="stretch")
    heat.difference_bar(scale, named, other)
    of_lead = explanation.METHODS[method].of_lead.format(
        sum=f"{gain.sum():+.1f}".replace("-", "−"),
        top=heat.number(float(gain.max())),
        lead=_lead(run, record, other),
        named=named,
    )
    st.caption(f"{said} {of_lead}")


def _alt(run: Run, said: str) -> str:
    return f"{words.title(run)}. {said}".replace("**", "")


def _not_subtracted(method: str) -> str:
    able = [listed.title for listed in explanation.METHODS.values() if listed.uncut]
    return (
        f"These maps of {words.method(method)} hold only what speaks for an emperor, so that "
        f"nothing is learned from their difference; those of {words.listing(able)} also hold what "
        "speaks against, where they are made on this machine or stored so."
    )


def _more(run: Run, record: pd.Series, gain: np.ndarray, whom: str) -> str:
    if gain.max() <= 0:
        return f"Nowhere speaks more for {whom}."
    lies = anatomy.measured(run, record, gain)
    told = f"What speaks more for {whom}: {anatomy.shared(lies)}, most {anatomy.place(gain)}."
    return told + anatomy.alarm(lies)
