"""One coin under review: the evidence on the left, the verdict's keys on the right, then more."""

import pandas as pd
import streamlit as st

from coinvision import runs
from coinvision.errors import DatasetError
from coinvision.review.agreement import in_a_sentence, in_words
from coinvision.review.state import OPEN, SECOND, CoinState, Entry
from coinvision.review.verdicts import ADJUDICATION
from dashboard import (
    choice,
    evidence,
    identity,
    judging,
    parts,
    pictures,
    reading,
    reviewing,
    words,
)
from dashboard.identity import Reviewer
from dashboard.reviewing import Situation

ZOOMS = (1, 2, 4)


def photograph(run: runs.Run, record: pd.Series) -> None:
    """The coin, large; a part of it larger where its photograph is on this machine."""
    zoom = st.session_state.get("zoom") or ZOOMS[0]
    part = st.session_state.get("zoom_part") or pictures.PARTS[0]
    try:
        seen = pictures.enlarged(run, record, zoom, part)
    except DatasetError as error:
        st.warning(str(error))
        return
    if seen is None:
        evidence.photograph(run, record)
        return
    where = "" if zoom == 1 else f" Enlarged {zoom} times: the {part}."
    alt = f"Obverse of coin {record['coin_id']}, labeled {record['emperor']}.{where}"
    st.image(seen, alt=alt, width="stretch")
    st.segmented_control(
        "Zoom", ZOOMS, default=1, required=True, key="zoom", format_func="{} times".format
    )
    if zoom > 1:
        st.selectbox("Part", pictures.PARTS, key="zoom_part")


def stands(coin: CoinState, reviewer: Reviewer, role: str) -> None:
    """Where the coin stands, as far as this reviewer may know."""
    own = coin.by(reviewer.name)
    if role == ADJUDICATION:
        st.info("Two opinions on this coin differ; they stand below. You rule.")
    elif own is not None:
        said = words.plain(in_a_sentence(own))
        st.info(f"You said: {said}. Another verdict of yours replaces it.")
    elif coin.state == SECOND:
        st.info("You give the second opinion, blind: the first is shown when you have spoken.")
    elif coin.state != OPEN:
        st.info(
            "A ruling settled this coin, and stays while opinions differ."
            if coin.ruled
            else "This coin is settled. An opinion that differs makes it disputed again."
        )


def answers(family: choice.Choice, coin_id: str) -> None:
    """What each input's network names, how surely."""
    st.subheader("What the networks name", anchor=False)
    own = str(family.run.description["network"])
    places = st.columns(2)
    inputs = family.networks[own]
    for place, run in zip(places, (inputs[name] for name in sorted(inputs)), strict=False):
        table = reading.predictions(run).set_index("coin_id")
        with place:
            st.markdown(f"**{words.title(run)}**")
            if coin_id not in table.index:
                st.caption("was not asked for this coin.")
                continue
            parts.most_probable(run, reading.shares_of(run, table.loc[coin_id]))


def neighbors(run: runs.Run, coin_id: str) -> None:
    """The training coins that the network finds most alike, of both emperors in question."""
    table = reading.neighbors(run)
    own = table[table["coin_id"] == coin_id]
    st.subheader("The most similar training coins", anchor=False)
    if own.empty:
        st.caption(
            f"None are stored for this coin; `scripts/explain.py {run.name}` stores those of the "
            "test coins."
        )
        return
    st.caption(
        "Similar in what the network sees last before it names an emperor (cosine of these "
        "features; 1 is the same)."
    )
    coins = reading.coins(run).set_index("coin_id", drop=False)
    for emperor, nearest in own.groupby("emperor", sort=False):
        st.markdown(f"**{emperor}**")
        for place, near in zip(st.columns(4), nearest.itertuples(), strict=False):
            with place:
                _neighbor(run, coins.loc[near.neighbor], near.similarity)


def _neighbor(run: runs.Run, record: pd.Series, similarity: float) -> None:
    try:
        picture = pictures.photograph(run, record)
    except DatasetError as error:
        st.caption(str(error))
        return
    if picture is not None:
        st.image(picture.content, alt=picture.alt, width="stretch")
    link = str(record["record_url"]) or str(record["image_url"])
    name = words.plain(str(record["coin_id"]))
    shown = f"[{name}]({link})" if link.startswith(("http://", "https://")) else name
    st.caption(f"{shown} · similarity {similarity:.2f}")


def history(log: list[Entry], coin_id: str) -> None:
    """Everything that was said of the coin."""
    undone = {entry.undoes for entry in log}
    own = [entry for entry in log if entry.said.coin_id == coin_id and entry.undoes is None]
    if not own:
        return
    st.subheader("What was said of this coin", anchor=False)
    table = pd.DataFrame(
        [
            {
                "When (UTC)": entry.at[:16].replace("T", " "),
                "Who": entry.said.reviewer,
                "Role": entry.said.role,
                "Verdict": in_words(entry) + (" (taken back)" if entry.id in undone else ""),
                "Confidence": entry.said.confidence,
                "Note": entry.said.note,
            }
            for entry in own
        ]
    )
    parts.table(table, f"history_{coin_id}", f"{words.count(len(table), 'verdict')} on this coin.")


def coin_page(now: Situation, coin_id: str, reviewer: Reviewer) -> None:
    """The whole page of one coin."""
    row = now.ranked.table.set_index("coin_id", drop=False).loc[coin_id]
    coin, asked = now.state(coin_id), runs.open_run(row["run"])
    role = judging.role_of(coin, reviewer)
    record = reading.coins(asked).set_index("coin_id", drop=False).loc[coin_id]
    left, right = st.columns([1, 1], gap="large")
    with left:
        photograph(asked, record)
    with right:
        named = f"The network names **{row['predicted']}** ({words.percent(row['probability'])})"
        st.markdown(f"The label says **{row['emperor']}**. {named}.")
        if row["reasons"]:
            st.caption(f"In the queue as: {row['reasons']}. Worth {row['worth']:.3f}.")
        stands(coin, reviewer, role)
        holder = now.store.claim(now.coins(), coin_id, reviewer.name)
        if holder is None:
            judging.controls(now, coin_id, row["predicted"], role)
        else:
            st.warning(f"{words.plain(holder)} has this coin at the moment.")
            st.button("Next coin", on_click=judging.leave, key="next", shortcut=judging.SKIP)
        evidence.record_of(record)
        legend = reading.legends(asked).get(coin_id)
        if legend:
            st.markdown(f"Legend: **{words.plain(legend)}**")
        if row["look_alike"]:
            st.markdown(f"Its photograph looks like that of {words.plain(row['look_alike'])}.")
    family = choice.of(asked)
    if coin.open_to(reviewer.name):
        history(now.log, coin_id)
    answers(family, coin_id)
    evidence.heatmaps(family, coin_id)
    neighbors(asked, coin_id)


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("Review a coin", run)
    reviewer = identity.ask()
    if reviewer is None:
        return
    now = reviewing.situation()
    judging.messages()
    coin_id = judging.choose(now, reviewer)
    if coin_id is None:
        judging.nothing_left()
        return
    coin_page(now, coin_id, reviewer)


main()
