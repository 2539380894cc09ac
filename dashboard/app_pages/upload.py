"""Name the emperor on photographs of your own, in color and in gray; nothing is kept."""

import cv2
import numpy as np
import pandas as pd
import streamlit as st

from coinvision import explanation
from coinvision.errors import CoinvisionError, PhotoError
from coinvision.photos.presence import doubt
from coinvision.runs import Run
from dashboard import anatomy, evidence, faithful, live, parts, reading, words

MOST = 20  # photographs at once: each takes some seconds without a graphics card
OUTLINE = (0, 114, 178)

DRAWN = (
    "This network has only ever seen drawn coins: what it says of a photograph means nothing, and "
    "its calibration is for drawn coins. Pick a run on photographs in the sidebar."
)


def outlined(photograph: live.Photograph) -> np.ndarray:
    """The photograph with the disc that was found."""
    picture = photograph.pixels.copy()
    disc = photograph.disc
    if disc is not None:
        width = max(2, round(max(picture.shape[:2]) / 150))
        center = (round(disc.x), round(disc.y))
        cv2.circle(picture, center, round(disc.radius), OUTLINE, width, cv2.LINE_AA)
    return picture


def show(name: str, data: bytes, runs: list[Run], key: str) -> None:
    """One uploaded photograph with every answer to it."""
    with st.container(border=True):
        st.subheader(words.plain(name), anchor=False)
        try:
            photograph = live.look(data)
        except PhotoError as error:
            st.error(words.plain(f"{name}: {error}."))
            return
        places = st.columns(1 + len(runs))
        reason = doubt(photograph.pixels, photograph.disc)
        with places[0]:
            st.markdown("**Your photograph**")
            found = "what is roundest; no coin" if reason else "the coin"
            said = f"The blue circle is {found}." if photograph.disc else "No coin was found."
            st.image(outlined(photograph), alt=f"{name}. {said}", width="stretch")
            st.caption(said)
        if reason and not _all_the_same(places[1], key, reason, photograph):
            return
        for place, run in zip(places[1:], runs, strict=True):
            with place:
                try:
                    _answer(run, data, photograph)
                except CoinvisionError as error:  # another network may answer all the same
                    st.error(str(error))


def _all_the_same(
    place: "st.delta_generator.DeltaGenerator", key: str, reason: str, photograph: live.Photograph
) -> bool:
    """Say that no coin is seen; the reader may know better, unless the picture is blank."""
    place.warning(
        f"I see no coin here. {reason} Take one coin, whole, on a plain ground, and leave some "
        "ground around it."
    )
    if photograph.disc is None:
        return False
    return place.checkbox("Ask the networks all the same", key=f"ask_{key}")


def _answer(run: Run, data: bytes, photograph: live.Photograph) -> None:
    with st.spinner(f"Asking {words.title(run)}, some seconds a photograph …"):
        answer = live.answer(run, data, photograph)
    whom, share = run.emperors[answer.best], float(answer.probabilities[answer.best])
    st.markdown(f"**{words.title(run)}: {whom}**, {words.percent(share)}")
    scale = evidence.scale_of(run, explanation.FIRST, answer.heatmap)
    lies = anatomy.on_rings(answer.heatmap)
    evidence.heatmap(words.title(run), answer.seen, answer.heatmap, scale, whom, lies)
    faithful.badge(run, explanation.FIRST)
    parts.most_probable(run, pd.Series(answer.probabilities, run.emperors))


def main() -> None:
    """Show the page."""
    chosen = parts.chosen()
    run = chosen.run
    st.title("Who is on your coin?")
    siblings = list(chosen.networks[str(run.description["network"])].values())
    inputs = words.listing([words.input_name(one) for one in siblings])
    st.caption(f"{run.description['dataset']} · {words.network(run)}, {inputs}")
    if reading.facts(run).get("drawn"):
        st.warning(DRAWN)
    files = st.file_uploader(
        "Photographs of obverses",
        type=["jpg", "jpeg", "png", "webp", "tif", "tiff"],
        accept_multiple_files=True,
        help="One coin a photograph, any size. Nothing is kept: it is gone when you leave.",
    )
    names = words.listing(reading.reign_order(run))
    st.caption(
        f"This network always names one of {names}, also for a coin of somebody else, a reverse or "
        "a button; a high probability is no proof."
    )
    if len(files) > MOST:
        st.warning(f"These are {len(files)} photographs; the first {MOST} are shown.")
    for i, file in enumerate(files[:MOST]):
        try:
            show(file.name, file.getvalue(), siblings, key=str(i))
        except CoinvisionError as error:
            st.error(str(error))


main()
