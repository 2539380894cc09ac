"""How it works: from the museum to a verdict, both networks, what training changes, limits."""

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.errors import DatasetError
from coinvision.photos import training_view
from coinvision.runs import Run
from dashboard import choice, parts, pictures, reading, words

FLOW = (
    "photographs and records of museums",
    "clean, find the coin, group, cut five folds",
    "train on three folds, one says when to stop",
    "ask the fifth fold once",
    "heatmaps: which part said so",
    "a person looks at the errors",
)
VIEWS = 5
CAREFUL = "careful"  # how our own networks are trained


def flow() -> None:
    """The way from the museum to a verdict."""
    st.subheader("From the museum to a verdict", anchor=False)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        for number, step in enumerate(FLOW, start=1):  # wraps where there is little room
            st.badge(f"{number}. {step}", color="orange")
    st.markdown(
        "Photographs and records are cleaned; the coin is found and cut out, and the "
        "ground around it made white, so that little of the museum is left to learn. Coins that "
        "may share a die or a day at the camera stay together in one of five folds. Three folds "
        "teach, one says when to stop, and the last is asked once, after everything is decided."
    )


def architecture(chosen: choice.Choice) -> None:
    """Each network's layers."""
    st.subheader("The networks", anchor=False)
    for place, network in zip(st.columns(2, gap="large"), chosen.networks, strict=False):
        run = chosen.sibling(network, str(chosen.run.description["input"]))
        if run is None:
            continue
        with place:
            layers = reading.architecture(run)
            learned = layers.loc[layers["trained"], "weights"].sum()
            size = run.description["image_size"]
            st.markdown(
                f"**{words.network(run)}** sees {size} x {size} pixels and has "
                f"{layers['weights'].sum() / 1e6:.1f} million weights, "
                + (
                    f"of which {learned / 1e6:.1f} million are trained here."
                    if learned < 0.95 * layers["weights"].sum()
                    else "nearly all trained here."
                )
            )
            with st.expander("Its layers"):
                parts.table(
                    layers,
                    f"layers_{network}",
                    f"The {len(layers)} layers of {words.network(run)}, from photograph to logits.",
                )


def changes(run: Run) -> None:
    """One coin as training shows it."""
    st.subheader("One coin, as training shows it", anchor=False)
    picture, name = _example(run)
    size = int(run.description["image_size"])
    way = run.description.get("recipe", {}).get("augmentation", CAREFUL)
    view, rng = training_view(way, str(run.description["input"])), np.random.default_rng(0)
    views = [view(picture, rng, size) for _ in range(VIEWS)]
    captions = ["as it is", *(f"view {i}" for i in range(1, VIEWS + 1))]
    for place, shown, caption in zip(
        st.columns(VIEWS + 1), [picture, *views], captions, strict=True
    ):
        place.image(shown, caption=caption, alt=f"{name}, {caption}.", width="stretch")
    if way == CAREFUL:
        st.caption(
            "Each pass turns, moves, scales, lights and sometimes blurs the coin a little, so that "
            "the network does not learn single photographs by heart. A coin is never mirrored: "
            "that would turn its legend into nonsense and the portrait the other way."
        )
    else:
        st.caption(
            "Each pass changes the coin as in the 2020 study, mirrored half of the time. Our own "
            "networks never see a mirrored coin: its legend is nonsense."
        )


def _example(run: Run) -> tuple[np.ndarray, str]:
    tested = reading.tested(run)
    record = tested.sort_values("probability").iloc[-1]
    try:
        seen = pictures.coin(run, record)
    except DatasetError:
        seen = None
    if seen is None:
        return pictures.drawn_disc(), "A drawn disc (the photographs are not on this machine)"
    return seen, f"{record['emperor']}, coin {record['coin_id']}"


def limits(run: Run) -> None:
    """What not to believe."""
    st.subheader("Limits", anchor=False)
    metrics = reading.metrics(run)
    rare = {name: of["n"] for name, of in metrics["emperors"].items() if of["n"] < 15}
    listed = ", ".join(f"{name} {n}" for name, n in sorted(rare.items(), key=lambda item: item[1]))
    st.markdown(
        f"- A network names one of its {len(run.emperors)} emperors, whatever it is shown.\n"
        "- It was tested on photographs like those it learned from; other museums, worn or broken "
        "coins are harder.\n"
        f"- {words.count(metrics['n'], 'test coin')} leave intervals of several points"
        + (f"; of these emperors there are very few: {listed}.\n" if listed else ".\n")
        + "- Grayscale removes hue, not luster, contrast or patina.\n"
        "- Grad-CAM averages over the whole picture before it weighs features, so it can point "
        "beside the detail that decided.\n"
        + (
            "- Labels are those that were drawn."
            if reading.facts(run).get("drawn")
            else "- Labels come with the collection; a confident “error” may be a wrong label."
        )
    )


OF_HEATMAPS = [
    ("heatmap", "what on a coin raised (or lowered) the logit of one emperor, place by place"),
    ("evidence", "the part of a heatmap that raised the logit; its shares tell where it lies"),
    (
        "Grad-CAM, Grad-CAM++",
        "heatmaps from the last layer's features, weighed by what each does for the logit",
    ),
    ("Score-CAM", "the same features, weighed by the probability of a coin that shows them alone"),
    ("saliency", "how much the logit changes with each pixel, over noisy copies of the coin"),
    ("occlusion", "by how much the logit falls when one small patch after another is blurred"),
    ("RISE", "the same with many random patterns, each hiding half of the coin"),
    ("control", "a map that knows nothing of the network: chance, a blob in the middle, edges"),
    (
        "insertion, deletion",
        "how soon the name comes (goes) when the heatmap's places are shown (hidden) first",
    ),
    (
        "ROAD",
        "how the probability falls when places are removed and filled from around, so that the "
        "hole itself tells nothing",
    ),
]


def words_used() -> None:
    """The words of machine learning for a numismatist."""
    with st.expander("Words"):
        table = pd.DataFrame(
            [
                ("recall", "of one emperor's coins, the share that is named rightly"),
                ("precision", "of the coins named so, the share that really shows this emperor"),
                ("F1, macro-F1", "recall and precision in one figure; its mean over emperors"),
                ("95 % interval", "where the true figure lies, as far as so many coins can tell"),
                ("epoch", "one pass over all training coins"),
                ("fold", "a fifth of the coins, kept apart"),
                ("loss", "how wrong and how sure; training makes it small"),
                ("logit", "a network's score for an emperor, before it is made a probability"),
                *OF_HEATMAPS,
            ],
            columns=["word", "meaning"],
        )
        st.table(table, hide_index=True, alt="Words of machine learning and what they mean.")


def main() -> None:
    """Show the page."""
    chosen = parts.chosen()
    parts.head("How it works", chosen.run)
    flow()
    architecture(chosen)
    changes(chosen.run)
    limits(chosen.run)
    words_used()


main()
