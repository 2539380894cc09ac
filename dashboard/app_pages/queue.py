"""The review queue: which coins are most worth a verdict; filter, assign, open, download."""

import pandas as pd
import streamlit as st

from coinvision.errors import ReviewError
from coinvision.review.queue import REASONS
from coinvision.review.state import STATES
from dashboard import identity, judging, parts, reviewing, words
from dashboard.identity import Reviewer
from dashboard.reviewing import FILTERED, FILTERS, PAIR, REASON, STATE, Filters, Situation

SHOWN = {
    "coin_id": "Coin",
    "emperor": "Label",
    "predicted": "Named",
    "probability": "Probability",
    "worth": "Worth",
    "reasons": "Why",
    "state": "State",
    "who": "With",
    "institution": "Museum",
    "material": "Material",
    "denomination": "Denomination",
    "look_alike": "Looks like",
    "run": "Run",
}


def options(now: Situation) -> dict[str, list[str]]:
    """What each filter offers; a filter with fewer than two choices is left out."""
    table = now.ranked.table
    found = {REASON: list(REASONS), STATE: list(STATES)}
    found[PAIR] = list(table.loc[table["emperor"] != table["predicted"], PAIR].value_counts().index)
    for name in ("emperor", "material", "institution", "run"):
        found[name] = sorted(set(table[name]) - {""})
    return {name: found[name] for name in FILTERED if len(found[name]) > 1}


def filters(now: Situation) -> Filters:
    """Show the filters; what is picked stays for the page that reviews."""
    kept: Filters = st.session_state.get(FILTERS, {})
    picked: Filters = {}
    with st.container(border=True):
        places = st.columns(3)
        for i, (name, choices) in enumerate(options(now).items()):
            picked[name] = places[i % 3].multiselect(
                FILTERED[name],
                choices,
                default=[one for one in kept.get(name, []) if one in choices],
                key=f"queue_{name}",
                placeholder="all",
            )
    st.session_state[FILTERS] = picked
    return picked


def listed(now: Situation, found: pd.DataFrame) -> None:
    """The coins in order, with their download; one that is picked opens."""
    held = now.store.holders(now.dataset)
    table = found.assign(who=[held.get(coin_id, "") for coin_id in found["coin_id"]])
    table[["probability", "worth"]] = table[["probability", "worth"]].round(3)
    columns = [name for name in SHOWN if name not in ("who", "look_alike") or table[name].any()]
    shown = table[columns].rename(columns=SHOWN)
    first = shown.iloc[0]
    picked = st.dataframe(
        shown,
        hide_index=True,
        key="queue_list",
        on_select="rerun",
        selection_mode="single-row",
        alt=f"{words.count(len(shown), 'coin')}, most worth a verdict first: {first['Coin']}, "
        f"labeled {first['Label']}, named {first['Named']}.",
        column_config={
            name: st.column_config.NumberColumn(format="%.3f") for name in ("Probability", "Worth")
        },
    )
    parts.download(shown, "review_queue")
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(shown):
        address = {"run": now.run.name, "coin": str(shown["Coin"].iloc[rows[0]])}
        st.switch_page("app_pages/review.py", query_params=address)


def assign(now: Situation, found: pd.DataFrame, reviewer: Reviewer) -> None:
    """Give the first coins of the list to a person."""
    with st.form("assign", border=True):
        st.markdown("**Assign the first coins of this list**")
        left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
        left.text_input("To whom (the name that they sign with)", key="assign_to")
        count = middle.number_input("How many", 1, 1000, 20, key="assign_count")
        if right.form_submit_button("Assign", width="stretch"):
            try:
                given = now.store.assign(
                    now.coins(list(found["coin_id"])),
                    int(count),
                    st.session_state["assign_to"],
                    reviewer.name,
                )
                st.session_state["assigned"] = (len(given), st.session_state["assign_to"])
            except ReviewError as error:
                st.error(str(error))
            else:
                st.rerun()
    if "assigned" in st.session_state:
        n, to = st.session_state.pop("assigned")
        st.success(f"{words.count(n, 'coin')} assigned to {words.plain(to)}.")


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("Which coins are worth a verdict?", run)
    now = reviewing.situation()
    table = now.ranked.table
    wrong = int((table["emperor"] != table["predicted"]).sum())
    st.markdown(
        f"**{words.count(len(table), 'coin')}**, {wrong} of them named otherwise than labeled. "
        + reviewing.where_from(run, table)
    )
    st.caption(
        "The less the network, which never learned from a coin, believes its label, the earlier "
        "the coin comes; that is no probability of a wrong label, since the network's own errors "
        "are in it. Look-alikes with two labels come first, since one of the labels is wrong. "
        "“Doubtful label” is the finding of confident learning (Northcutt and others 2021)."
    )
    reviewer = identity.ask()
    found = now.filtered(filters(now))
    if found.empty:
        st.info("No coin passes these filters; take one away.")
        return
    st.markdown(f"Shown: {words.count(len(found), 'coin')}, the worthiest first.")
    listed(now, found)
    if reviewer is None:
        return
    if st.button("Review these coins, one after the other", key="start"):
        for name in (judging.COIN, judging.RULING, judging.SKIPPED):
            st.session_state.pop(name, None)
        st.switch_page("app_pages/review.py", query_params={"run": run.name})
    assign(now, found, reviewer)


main()
