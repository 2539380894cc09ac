"""Who is reviewing: vouched for by a login where one is configured, else a name asked once.

With `[auth]` in `.streamlit/secrets.toml` Streamlit signs people in by OpenID Connect; the name is
then read from the signed identity at every action, never from anything that the browser sends.
"""

from dataclasses import dataclass

import streamlit as st

from coinvision.errors import ReviewError
from coinvision.review.verdicts import LONGEST_NAME, reviewer_name
from dashboard import words

NAME = "reviewer_name"


@dataclass(frozen=True)
class Reviewer:
    """Who writes, and whether a login vouches for the name."""

    name: str
    verified: bool


def current() -> Reviewer | None:
    """Who is reviewing in this session; None if nobody said."""
    if _login_configured():
        return Reviewer(_signed_in_name(), True) if st.user.is_logged_in else None
    name = st.session_state.get(NAME)
    return Reviewer(name, False) if name else None


def ask() -> Reviewer | None:
    """Show who is reviewing in the sidebar, or ask for it; None until it is answered."""
    reviewer = current()
    if reviewer is not None:
        _say(reviewer)
    elif _login_configured():
        st.info("Verdicts carry the name of who gave them. Sign in to review.")
        st.button("Sign in", on_click=st.login, key="sign_in")
    else:
        _ask_for_name()
    return reviewer


def _login_configured() -> bool:
    # Streamlit adds the key where secrets hold [auth], whoever is looking
    return "is_logged_in" in st.user.to_dict()


def _signed_in_name() -> str:
    """The e-mail address if the provider stands for it, else the provider's own key."""
    user = st.user.to_dict()
    vouched = user.get("email_verified", True)
    return reviewer_name(str((vouched and user.get("email")) or user.get("sub") or ""))


def _say(reviewer: Reviewer) -> None:
    with st.sidebar:
        if reviewer.verified:
            st.caption(f"Signed in as {words.plain(reviewer.name)}")
            st.button("Sign out", on_click=st.logout, key="sign_out", type="tertiary")
        else:
            st.caption(f"You review as {words.plain(reviewer.name)}")
            st.button("Somebody else", on_click=_forget, key="somebody_else", type="tertiary")


def _forget() -> None:
    st.session_state.pop(NAME, None)


def _ask_for_name() -> None:
    with st.form("who", width=460):
        st.markdown("**Who are you?** Verdicts carry the name of who gave them.")
        st.text_input("Your name", key="typed_name", max_chars=LONGEST_NAME)
        st.form_submit_button("Start", on_click=_take_name)
    problem = st.session_state.pop("name_problem", "")
    if problem:
        st.error(problem)


def _take_name() -> None:
    try:
        st.session_state[NAME] = reviewer_name(str(st.session_state["typed_name"]))
    except ReviewError:
        st.session_state["name_problem"] = "Please type a name."
