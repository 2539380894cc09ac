"""The verdict: eight keys, a note, undo; what is said on screen comes after the commit.

Callbacks write into the store before the page runs again, so that the next coin is there at once.
The reviewer's name is asked of `identity` in the callback itself, never taken from the page.
"""

import streamlit as st

from coinvision.corrections import RELABEL
from coinvision.emperors import people
from coinvision.errors import ReviewError
from coinvision.review.agreement import in_a_sentence
from coinvision.review.state import DISPUTED, CoinState
from coinvision.review.verdicts import (
    ADJUDICATION,
    CONFIDENCES,
    KINDS,
    LONGEST_NOTE,
    OPINION,
    Verdict,
)
from dashboard import identity, words
from dashboard.identity import Reviewer
from dashboard.reviewing import FILTERS, Situation

COIN, SHOWN, RULING, SKIPPED = "review_coin", "review_shown", "review_ruling", "review_skipped"
SAID, REFUSED = "review_said", "review_refused"
UNDO, SKIP = "U", "S"


def choose(now: Situation, reviewer: Reviewer) -> str | None:
    """The coin to judge: the address's, the one at hand, or the next that nobody else has."""
    wanted = st.query_params.get("coin")
    if wanted is not None and wanted != st.session_state.get(SHOWN):
        st.session_state[COIN] = wanted if wanted in now.ranked.labels else None
        if st.session_state[COIN] is None:
            st.warning(
                f"The address asks for the coin “{words.plain(wanted)}”, which is not in the queue "
                "of this run; this is another one."
            )
    if st.session_state.get(COIN) not in now.ranked.labels:
        st.session_state[COIN] = _next(now, reviewer)
    coin_id: str | None = st.session_state[COIN]
    st.session_state[SHOWN] = coin_id
    if coin_id is None:
        st.query_params.pop("coin", None)
    else:
        st.query_params["coin"] = coin_id
    return coin_id


def role_of(coin: CoinState, reviewer: Reviewer) -> str:
    """Whether this reviewer gives an opinion, or rules where two others differ."""
    rules = coin.state == DISPUTED and coin.by(reviewer.name) is None
    return ADJUDICATION if rules else OPINION


def messages() -> None:
    """What the last action did, or why it did not."""
    if SAID in st.session_state:
        st.success(st.session_state.pop(SAID))
    if REFUSED in st.session_state:
        st.error(st.session_state.pop(REFUSED))


def controls(now: Situation, coin_id: str, named: str, role: str) -> None:
    """The verdict's buttons and what goes with a verdict.

    Args:
        now: the situation.
        coin_id: the coin that is shown.
        named: the emperor whom the network names.
        role: OPINION or ADJUDICATION.
    """
    for i, (kind, meant) in enumerate(KINDS.items()):
        if i % 2 == 0:  # row by row, so that a narrow screen keeps the keys' order
            places = st.columns(2)
        places[i % 2].button(
            meant.title,
            key=f"verdict_{kind}",
            shortcut=str(i + 1),
            on_click=_give,
            args=(now, coin_id, kind, role),
            width="stretch",
        )
    label = now.ranked.labels[coin_id]
    st.selectbox(
        "If the label is wrong, the coin shows",
        _emperors(now, label),
        index=None if named == label else _emperors(now, label).index(named),
        key=f"shows_{coin_id}",
        placeholder="Pick an emperor",
    )
    st.segmented_control(
        "How sure are you?", CONFIDENCES, default=CONFIDENCES[0], required=True,
        key=f"confidence_{coin_id}",
    )  # fmt: skip
    st.text_area("Note", key=f"note_{coin_id}", max_chars=LONGEST_NOTE, height=80)
    left, right = st.columns(2)
    left.button(
        "Take back", key="undo", shortcut=UNDO, on_click=_undo, args=(now,),
        width="stretch", icon=":material/undo:", help="Your last verdict; it stays in the history.",
    )  # fmt: skip
    right.button(
        "Skip", key="skip", shortcut=SKIP, on_click=_skip, args=(now, coin_id),
        width="stretch", icon=":material/skip_next:", help="Somebody else may take this coin.",
    )  # fmt: skip


def leave() -> None:
    """Go on to another coin than the one that somebody else has."""
    st.session_state.setdefault(SKIPPED, set()).add(st.session_state.get(COIN))
    st.session_state[COIN] = None


def nothing_left() -> None:
    """Say that there is no coin, and what can be done."""
    if st.session_state.pop(RULING, False):
        st.info("No dispute is left for you to rule on.")
        st.button("Go on with the queue", key="go_on")
    else:
        st.info("No coin is left for you here: take filters away on the page Review queue.")


def _emperors(now: Situation, label: str) -> list[str]:
    """Everyone but the label: those whom the network knows first."""
    own = now.run.emperors
    others = [person.name for person in people() if person.name not in own]
    return [name for name in (*own, *sorted(others)) if name != label]


def _next(now: Situation, reviewer: Reviewer) -> str | None:
    skipped: set[str] = st.session_state.setdefault(SKIPPED, set())
    if st.session_state.get(RULING):
        waiting = [
            coin_id
            for coin_id, coin in now.known.items()
            if coin_id not in skipped and role_of(coin, reviewer) == ADJUDICATION
        ]
        return waiting[0] if waiting else None
    found = now.filtered(st.session_state.get(FILTERS, {}))
    ids = [coin_id for coin_id in found["coin_id"] if coin_id not in skipped]
    return now.store.claim_next(now.coins(ids), reviewer.name)


def _give(now: Situation, coin_id: str, kind: str, role: str) -> None:
    reviewer = identity.current()
    if reviewer is None:
        st.session_state[REFUSED] = "Nothing was saved: say who you are first."
        return
    label = now.ranked.labels[coin_id]
    relabels = KINDS[kind].change == RELABEL
    emperor = st.session_state.get(f"shows_{coin_id}") or ""
    if relabels and not emperor:
        st.session_state[REFUSED] = "Nothing was saved: pick the emperor whom the coin shows first."
        return
    verdict = Verdict(
        now.dataset,
        coin_id,
        kind,
        label,
        reviewer.name,
        emperor if relabels else "",
        note=(st.session_state.get(f"note_{coin_id}") or "").strip(),
        confidence=st.session_state.get(f"confidence_{coin_id}") or CONFIDENCES[0],
        role=role,
        verified=reviewer.verified,
        run=now.run.name,
    )
    try:
        entry = now.store.add(verdict)
    except ReviewError as error:
        st.session_state[REFUSED] = str(error)
        return
    st.session_state[SAID] = words.plain(f"Saved: {coin_id}, {in_a_sentence(entry)}.")
    st.session_state[COIN] = None


def _undo(now: Situation) -> None:
    reviewer = identity.current()
    if reviewer is None:
        return
    try:
        entry = now.store.undo(now.dataset, reviewer.name)
    except ReviewError as error:
        st.session_state[REFUSED] = str(error)
        return
    if entry is None:
        st.session_state[REFUSED] = "There is no verdict of yours to take back."
        return
    said = f"Taken back: {entry.said.coin_id}, {in_a_sentence(entry)}."
    st.session_state[SAID] = words.plain(said)
    st.session_state[COIN] = entry.said.coin_id


def _skip(now: Situation, coin_id: str) -> None:
    reviewer = identity.current()
    try:
        if reviewer is not None:
            now.store.release(now.dataset, coin_id, reviewer.name)
    except ReviewError as error:
        st.session_state[REFUSED] = str(error)
        return
    leave()
