"""The dashboard's door: pick the run in the sidebar, then show a page.

streamlit run dashboard/app.py
"""

import streamlit as st

from coinvision.errors import CoinvisionError
from dashboard import choice, reading

PAGES = {
    "overview": ("Overview", ":material/home:"),
    "dataset": ("Data set", ":material/inventory_2:"),
    "results": ("Results", ":material/query_stats:"),
    "trust": ("When to believe it", ":material/verified:"),
    "looks": ("Where it looks", ":material/center_focus_strong:"),
    "color": ("Color or face?", ":material/palette:"),
    "misclassified": ("Misclassifications", ":material/rule:"),
    "coin": ("Coin", ":material/paid:"),
    "upload": ("Your photographs", ":material/upload:"),
    "method": ("How it works", ":material/menu_book:"),
}
REVIEW_PAGES = {
    "queue": ("Review queue", ":material/checklist:"),
    "review": ("Review a coin", ":material/gavel:"),
    "agreement": ("Agreement", ":material/handshake:"),
    "consequences": ("If the reviewers are right", ":material/published_with_changes:"),
    "progress": ("Progress", ":material/trending_up:"),
}


def main() -> None:
    """Show the page that the address names, for the run that was chosen."""
    st.set_page_config("Coinvision", page_icon="🪙", layout="wide")
    pages = [
        st.Page(f"app_pages/{name}.py", title=title, icon=icon, url_path=name, default=not i)
        for i, (name, (title, icon)) in enumerate({**PAGES, **REVIEW_PAGES}.items())
    ]
    page = st.navigation(pages, position="hidden")
    links = st.sidebar.container(gap="xxsmall")
    chosen = choice.choose()
    if chosen is None:
        return
    for one in pages:  # with the run in the address, so that going back is one step
        if one.url_path == next(iter(REVIEW_PAGES)):
            links.caption("Review by people")
        links.page_link(one, query_params={"run": chosen.run.name}, width="stretch")
    st.session_state["choice"] = chosen
    if reading.facts(chosen.run).get("drawn") and page.url_path != "upload":  # it says more
        st.info("These are drawn coins, made by this project to know the truth: not photographs.")
    try:
        page.run()
    except CoinvisionError as error:
        st.error(str(error))


main()
