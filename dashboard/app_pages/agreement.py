"""Do reviewers agree? Raw agreement, Cohen's kappa, where they differ, and a third who rules."""

import pandas as pd
import streamlit as st

from coinvision.review.agreement import Agreement, agreement, by_pair, judged_twice
from coinvision.review.state import DISPUTED
from coinvision.review.verdicts import ADJUDICATION
from dashboard import identity, judging, parts, reviewing, words
from dashboard.identity import Reviewer
from dashboard.reviewing import Situation

READABLE = {
    "coin_id": "Coin",
    "label": "Label",
    "first": "First",
    "first_answer": "First said",
    "second": "Second",
    "second_answer": "Second said",
    "state": "State",
}
KAPPA_HELP = (
    "Agreement beyond what chance would give two people with these habits: 0 is chance, 1 is "
    "always (Cohen 1960). Undefined where both only ever said one thing."
)


def figures(found: Agreement) -> None:
    """The two figures with their intervals."""
    left, right = st.columns(2)
    left.metric("Raw agreement", words.percent(found.raw.value))
    left.caption(f"{words.with_interval(found.raw.as_dict())}, n = {found.raw.n}")
    kappa = _told(found.kappa.value)
    right.metric("Cohen's kappa", kappa, help=KAPPA_HELP)
    right.caption(_interval(found))


def _told(kappa: float | None) -> str:
    return "undefined" if kappa is None else f"{kappa:.2f}".replace("-", "−")


def _interval(found: Agreement) -> str:
    if found.kappa.low is None:
        return f"n = {found.kappa.n}"
    low, high = found.kappa.low, found.kappa.high
    return f"95 % interval {low:.2f} to {high:.2f}, n = {found.kappa.n}".replace("-", "−")


def pairs(twice: pd.DataFrame) -> None:
    """The same for each two people."""
    found = by_pair(twice)
    table = pd.DataFrame(
        [
            {
                "Reviewers": " and ".join(pair),
                "Coins": one.raw.n,
                "Raw agreement": words.with_interval(one.raw.as_dict()),
                "Kappa": _told(one.kappa.value),
                "Kappa's interval": _interval(one).split(",")[0],
            }
            for pair, one in found.items()
        ]
    )
    st.subheader("Each two people", anchor=False)
    parts.table(table, "agreement_by_pair", f"Agreement of {words.count(len(table), 'pair')}.")


def disputed(now: Situation, twice: pd.DataFrame, reviewer: Reviewer | None) -> None:
    """The coins on which opinions differ, and the way to rule on them."""
    differ = twice[twice["first_answer"] != twice["second_answer"]]
    waiting = int((differ["state"] == DISPUTED).sum())
    st.subheader(
        f"They differ on {words.count(len(differ), 'coin')}; {waiting} await a ruling", anchor=False
    )
    if differ.empty:
        return
    shown = differ.rename(columns=READABLE)
    parts.table(shown, "disagreements", f"{words.count(len(shown), 'coin')} with two opinions.")
    mine = [
        coin_id
        for coin_id in differ["coin_id"]
        if reviewer and judging.role_of(now.state(coin_id), reviewer) == ADJUDICATION
    ]
    if reviewer is None:
        return
    if not mine:
        st.caption("None of them is yours to rule on: a third person rules, not one of the two.")
        return
    if st.button(f"Rule on {words.count(len(mine), 'coin')}", key="rule"):
        st.session_state.update({judging.RULING: True, judging.COIN: None})
        st.switch_page("app_pages/review.py", query_params={"run": now.run.name})


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("Do the reviewers agree?", run)
    now = reviewing.situation()
    reviewer = identity.ask()
    twice = judged_twice(now.known)
    share = f"{100 * now.goal.second_share:.0f} %"
    st.markdown(
        f"{share} of the coins, chosen by their names and not by who looks, get a second opinion, "
        "given without sight of the first. Two opinions agree if verdict and emperor are the same."
    )
    if twice.empty:
        st.info("No coin has two opinions yet.")
        return
    figures(agreement(twice))
    disputed(now, twice, reviewer)
    pairs(twice)


main()
