"""How far the review is: how many coins, by whom, how fast, what is left; and all that was said."""

from datetime import UTC, datetime

import altair as alt
import pandas as pd
import streamlit as st

from coinvision.errors import ReviewError
from coinvision.review.progress import Pace, pace, said_so_far
from coinvision.review.state import STATES
from coinvision.review.store import Goal
from dashboard import charts, identity, parts, reviewing, words
from dashboard.identity import Reviewer
from dashboard.reviewing import Situation

FILTERS = {"Who": "Reviewer", "Verdict": "Verdict", "Label": "Label", "State": "State"}


def reached(now: Situation, found: Pace) -> None:
    """The goal and how much of it is done."""
    goal = now.goal.coins
    share = min(1.0, found.reviewed / goal)
    st.subheader(
        f"{found.reviewed} of {words.count(goal, 'coin')} reviewed, "
        f"{max(0, goal - found.reviewed)} to go",
        anchor=False,
    )
    st.progress(share, text=f"{100 * share:.0f} % of the goal")
    counts = pd.Series([coin.state for coin in now.known.values()]).value_counts()
    listed = ", ".join(f"{state}: {counts.get(state, 0)}" for state in STATES[1:])
    st.markdown(f"Reviewed coins – {listed}. {_forecast(found, goal)}")


def _forecast(found: Pace, goal: int) -> str:
    left = goal - found.reviewed
    if left <= 0:
        return "The goal is reached."
    if not found.per_day:
        return "Nobody reviewed in the last seven days, so no end can be foreseen."
    days = -(-left // found.per_day)
    return (
        f"At the pace of the last seven days ({found.per_day:.1f} coins a day) the goal is "
        f"{words.count(int(days), 'day')} away."
    )


def by_whom(said: pd.DataFrame, readable: pd.DataFrame) -> None:
    """Who gave how many verdicts, and which, as far as they may be read."""
    counts = said["Who"].value_counts()
    table = counts.rename("verdicts").rename_axis("reviewer").reset_index()
    st.subheader("By whom", anchor=False)
    listed = ", ".join(f"{name} {n}" for name, n in counts.items())
    st.altair_chart(charts.bars(table, "reviewer", "verdicts"), alt=f"Verdicts: {listed}.")
    with st.expander("The figures as a table"):
        kinds = pd.crosstab(readable["Who"], readable["Kind"]).rename_axis("Reviewer")
        parts.table(
            kinds.reset_index(), "verdicts_by_reviewer", f"Verdicts by reviewer and kind: {listed}."
        )


def over_time(found: Pace) -> None:
    """How many coins had been reviewed by the end of each day."""
    st.subheader("Pace", anchor=False)
    last = found.by_day.iloc[-1]
    chart = (
        alt.Chart(found.by_day)
        .mark_line(
            color=charts.ACCENT,
            interpolate="step-after",
            point=alt.OverlayMarkDef(color=charts.ACCENT, size=50),
        )
        .encode(
            x=alt.X("day:T", title=None),
            y=alt.Y("reviewed:Q", title="coins reviewed", axis=alt.Axis(tickMinStep=1)),
            tooltip=[alt.Tooltip("day:T"), "reviewed"],
        )
        .properties(height=240)
    )
    st.altair_chart(
        chart, alt=f"Coins reviewed by the end of each day, {last['reviewed']} by {last['day']:%x}."
    )


def set_goal(now: Situation, reviewer: Reviewer) -> None:
    """Change the goal and the share of second opinions."""
    with st.expander("Set the goal"), st.form("goal", border=False):
        coins = st.number_input("Coins to review", 1, 1_000_000, now.goal.coins, key="goal_coins")
        share = st.slider(
            "Share that gets a second opinion, %", 0, 100, round(100 * now.goal.second_share),
            key="goal_share",
        )  # fmt: skip
        if st.form_submit_button("Save"):
            try:
                now.store.set_goal(now.dataset, Goal(int(coins), share / 100), reviewer.name)
            except ReviewError as error:
                st.error(str(error))
            else:
                st.rerun()


def everything(said: pd.DataFrame, hidden: int) -> None:
    """All verdicts that may be read, filtered, and their download."""
    st.subheader("What was said", anchor=False)
    with st.container(border=True):
        places = st.columns(len(FILTERS))
        for place, (name, title) in zip(places, FILTERS.items(), strict=True):
            options = sorted(set(said[name]))
            wanted = place.multiselect(title, options, key=f"said_{name}", placeholder="all")
            if wanted:
                said = said[said[name].isin(wanted)]
    kept_back = f" {words.count(hidden, 'verdict')} not shown: a second opinion is still to come."
    st.markdown(f"Shown: {words.count(len(said), 'verdict')}." + (kept_back if hidden else ""))
    if said.empty:
        return
    shown = said.drop(columns="Kind")
    parts.table(shown, "verdicts", f"{words.count(len(said), 'verdict')}, the latest first.")


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("How far is the review?", run)
    now = reviewing.situation()
    reviewer = identity.ask()
    if reviewer is not None:
        set_goal(now, reviewer)
    found = pace(now.known, datetime.now(UTC))
    reached(now, found)
    said = said_so_far(now.known)
    if said.empty:
        st.info("Nothing has been reviewed yet; the page Review queue is where to start.")
        return
    name = reviewer.name if reviewer else ""
    readable = said[[now.state(coin_id).open_to(name) for coin_id in said["Coin"]]]
    left, right = st.columns(2, gap="large")
    with left:
        by_whom(said, readable)
    with right:
        over_time(found)
    everything(readable, len(said) - len(readable))


main()
