"""Where a network looked at one coin in each arm of the experiment, for whom it named."""

import cv2
import numpy as np
import pandas as pd
import streamlit as st

from coinvision.errors import DatasetError
from coinvision.experiments import looking
from coinvision.experiments.arms import ARMS, told
from coinvision.experiments.store import Experiment
from coinvision.explanation.stored import scale_end
from dashboard import (
    anatomy,
    arm_pictures,
    choice,
    evidence,
    experiments,
    faithful,
    heat,
    pictures,
    reading,
    words,
)

COLUMNS = 4


def section(experiment: Experiment, chosen: choice.Choice, coin_id: str) -> None:
    """The stored heatmaps of the chosen run's network."""
    network = str(chosen.run.description["network"])
    held = experiments.looked(experiment, network)
    own = {arm: found for arm, one in held.items() if (found := one.of(coin_id)) is not None}
    if not own:
        st.caption(
            f"No heatmap of this coin by {words.who(network)} is here: those of fold "
            f"{looking.FOLD} come along."
        )
        return
    st.markdown(f"**Where {words.who(network)} looked, by {words.method(looking.METHOD)}**")
    st.caption(
        "What spoke for the emperor above the picture, from nothing (the bare coin) up to the far "
        "end of the bar. All maps of one trained network share a color scale, that of their bar; "
        "two networks are compared by their shares, not by colors. Portrait, legend and outside "
        "are places on the coin, also where an arm hides what is there; what is lacking to 100 % "
        "lies on field and border. A badge tells whether such maps passed their checks (*Where it "
        "looks* has them); where none stands, nobody measured."
    )
    record = experiment.coins.reset_index().set_index("coin_id", drop=False).loc[coin_id]
    under = _beneath(experiment, chosen, coin_id, tuple(own))
    named, scales = _named(experiment, network, coin_id), _scales(held)
    for start in range(0, len(own), COLUMNS):
        arms = list(own)[start : start + COLUMNS]
        for column, arm in zip(st.columns(COLUMNS, wrap=True), arms, strict=False):
            with column:
                emperor = named[arm]
                st.markdown(f"**{told(arm)}**  \nfor {words.plain(emperor)}")
                places = anatomy.measured(chosen.run, record, own[arm])
                scale = scales[ARMS[arm].trained_on]
                evidence.heatmap(
                    told(arm),
                    under.get(arm),
                    own[arm],
                    scale,
                    emperor,
                    places,
                    alarm=ARMS[arm].trained_on != "ground",  # there is nothing else to look at
                )
                _badge(chosen, network, arm)
    if lacking := [arm for arm in named if arm not in own]:
        st.caption(f"No heatmaps of {words.listing(lacking)} were kept.")


def _named(experiment: Experiment, network: str, coin_id: str) -> dict[str, str]:
    """Whom a network named the coin, by arm."""
    answers: pd.DataFrame = experiments.answers(experiment)
    own = answers[(answers["classifier"] == network) & (answers["coin_id"] == coin_id)]
    return dict(zip(own["arm"], own["named"], strict=True))


def _beneath(
    experiment: Experiment, chosen: choice.Choice, coin_id: str, letters: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """What was shown in each arm, as large as heatmaps are, where the photographs are here."""
    folder = reading.photographs(chosen.run)
    if folder is None:
        return {}
    try:
        shown = arm_pictures.pictures(experiment, folder, coin_id, letters)
    except DatasetError:  # said where the pictures stand by themselves
        return {}
    size = (pictures.SIDE, pictures.SIDE)
    return {arm: cv2.resize(one, size, interpolation=cv2.INTER_CUBIC) for arm, one in shown.items()}


def _scales(held: dict[str, looking.Looked]) -> dict[str, heat.Scale]:
    """One scale for all that a trained network was shown, by what it was trained on."""
    maps: dict[str, list[np.ndarray]] = {}
    for arm, looked in held.items():
        maps.setdefault(ARMS[arm].trained_on, []).append(looked.maps)
    tops = {taught: scale_end(np.concatenate(own)) for taught, own in maps.items()}
    unit = words.unit(looking.METHOD)
    return {taught: heat.Scale(top if top > 0 else 1.0, unit) for taught, top in tops.items()}


def _badge(chosen: choice.Choice, network: str, arm: str) -> None:
    """How far maps of a run that comes along can be believed."""
    if ARMS[arm].shown is None and (run := chosen.sibling(network, ARMS[arm].trained_on)):
        faithful.badge(run, looking.METHOD)
