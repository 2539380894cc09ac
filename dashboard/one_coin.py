"""One coin under every arm: what was shown, what each network named, and where it looked."""

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.errors import DatasetError
from coinvision.experiments import looking
from coinvision.experiments.arms import ARMS, told
from coinvision.experiments.store import Experiment
from dashboard import (
    arm_maps,
    arm_pictures,
    choice,
    experiments,
    parts,
    pictures,
    reading,
    words,
)

EVERYBODY = "all"
CALIBRATED = "Probabilities are calibrated, unlike those above and on the page Coin."


def section(experiment: Experiment, chosen: choice.Choice) -> None:
    """Pick a coin, the most disputed first, and see it in every arm."""
    st.subheader("One coin under every arm", anchor=False)
    answers = experiments.answers(experiment)
    mapped = experiment.coins["fold"] == looking.FOLD
    coin_id = _picked(answers, set(mapped.index[mapped]))
    emperor = str(experiment.coins.loc[coin_id, "emperor"])
    found = answers[answers["coin_id"] == coin_id]
    right = int((found["named"] == emperor).sum())
    st.markdown(f"**{emperor}**, named so in {right} of {len(found)} answers.")
    st.caption(_cards(experiment, chosen, coin_id, found))
    arm_maps.section(experiment, chosen, coin_id)
    answered = pd.DataFrame(
        {
            "network": found["classifier"].map(words.who),
            "shown": [told(arm) for arm in found["arm"]],
            "named": found["named"],
            "probability": found["probability"],
        }
    )
    parts.table(answered, "one_coin", f"What each network named {coin_id} in every arm.")
    asked = set(reading.predictions(chosen.run)["coin_id"])
    if coin_id in asked and st.button("Open this coin's page", key="color_open"):
        parts.open_coin(chosen.run, coin_id)


def _picked(answers: pd.DataFrame, mapped: set[str]) -> str:
    coins = experiments.disagreement(answers)
    # a stable order: those with heatmaps, and among them the most disputed
    coins = coins.loc[sorted(coins.index, key=lambda coin_id: coin_id not in mapped)]
    left, right = st.columns([1, 3])
    names = sorted(set(coins["emperor"]))
    whose = left.selectbox("Emperor", [EVERYBODY, *names], key="color_emperor")
    if whose != EVERYBODY:
        coins = coins[coins["emperor"] == whose]
    labels = dict(zip(coins.index, _labels(coins), strict=True))
    return str(
        right.selectbox(
            "Coin: those with heatmaps first, the most disputed above",
            list(coins.index),
            key="color_coin",
            format_func=labels.__getitem__,
        )
    )


def _labels(coins: pd.DataFrame) -> list[str]:
    rows = zip(coins.index, coins["emperor"], coins["right"], coins["n"], strict=True)
    return [f"{i} · {who}, named so in {right} of {n} answers" for i, who, right, n in rows]


def _cards(experiment: Experiment, chosen: choice.Choice, coin_id: str, found: pd.DataFrame) -> str:
    """A picture for each arm with what the networks said; gives a sentence on the pictures."""
    emperor = str(experiment.coins.loc[coin_id, "emperor"])
    letters = tuple(arm for arm in ARMS if arm in set(found["arm"]))
    folder = reading.photographs(chosen.run)
    shown: dict[str, np.ndarray] = {}
    if folder is not None:
        try:
            shown = arm_pictures.pictures(experiment, folder, coin_id, letters)
        except DatasetError as error:
            st.warning(str(error))
    for start in range(0, len(letters), 4):
        for place, letter in zip(
            st.columns(4, wrap=True), letters[start : start + 4], strict=False
        ):
            with place:
                note = _note(experiment, letter, coin_id)
                _card(letter, shown.get(letter), found[found["arm"] == letter], emperor, note)
    if not shown:
        return (
            f"{CALIBRATED} The photographs are not on this machine, so a plain disc stands for "
            "what was shown."
        )
    said = f"{CALIBRATED} Pictures of {arm_pictures.IMAGE_SIZE} pixels, as VGG-16 was given them."
    metals = (
        f" The other metal's colors are taken from {arm_pictures.OF_A_METAL} of its coins here; "
        "the networks were shown those of all its training coins."
    )
    return said + metals * ("D2" in letters)


def _note(experiment: Experiment, letter: str, coin_id: str) -> str:
    """What is to be known of one coin under an arm, such as whose legend it bears."""
    tell, emperor = ARMS[letter].note, str(experiment.coins.loc[coin_id, "emperor"])
    return tell(coin_id, emperor, experiment.emperors) if tell else ""


def _card(
    letter: str, shown: np.ndarray | None, found: pd.DataFrame, emperor: str, note: str
) -> None:
    st.markdown(f"**{told(letter)}**" + (f"  \n{note}" if note else ""))
    said = [
        f"{words.who(who)}: {named}, {words.percent(share)} "
        f"({'right' if named == emperor else 'wrong'})"
        for who, named, share in zip(
            found["classifier"], found["named"], found["probability"], strict=True
        )
    ]
    picture = pictures.drawn_disc() if shown is None else shown
    what = "A plain disc in place of the coin" if shown is None else "The coin"
    st.image(picture, alt=f"{what}, {told(letter)}. {'; '.join(said)}.", width="stretch")
    st.caption("  \n".join(words.plain(line) for line in said))
