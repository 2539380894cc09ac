"""What speaks for a coin's emperor, wherever a coin is shown: photograph, record, heatmaps."""

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.errors import CoinvisionError, DatasetError
from coinvision.runs import Run
from dashboard import anatomy, choice, pictures, reading, words

ROLES = {"predicted": "named", "true": "on the coin"}


def photograph(run: Run, record: pd.Series) -> np.ndarray | None:
    """Show the photograph, or say why there is none; gives its pixels if they are here."""
    try:
        picture = pictures.photograph(run, record)
    except DatasetError as error:
        st.warning(str(error))
        return None
    if picture is None:
        st.image(
            pictures.drawn_disc(), alt="A plain disc in place of the photograph.", width="stretch"
        )
        st.caption(_no_photograph(run))
        return None
    st.image(picture.content, alt=picture.alt, width="stretch")
    return picture.content if isinstance(picture.content, np.ndarray) else None


def _no_photograph(run: Run) -> str:
    name = run.description["dataset"]
    return (
        f"The photographs of {name} are not on this machine. Put them into `collections/{name}`, "
        "or name the folder above theirs in `COINVISION_COLLECTIONS`."
    )


def record_of(record: pd.Series) -> None:
    """What the museum says of the coin."""
    said = [record["denomination"], record["material"], words.year(record["year"])]
    listed = " · ".join(words.plain(text) for text in said if text)
    st.markdown(f"**{record['emperor']}** · {listed}")
    if record["institution"]:
        st.caption(words.plain(record["institution"]))
    for column, label in (
        ("record_url", "The museum's record"),
        ("image_url", "Photograph at the museum's site"),
    ):
        if str(record[column]).startswith(("http://", "https://")):
            st.markdown(f"[{label}]({record[column]})")


def heatmaps(chosen: choice.Choice, coin_id: str) -> None:
    """Each network's stored heatmaps, both inputs side by side."""
    st.subheader("Which part of the coin said so", anchor=False)
    st.caption(
        "Grad-CAM: the brighter, the more that part raised the score of the emperor named above "
        "the picture. Heatmaps are coarse (7 or 10 fields a side) and show what a network used, "
        "not whether it was right to. Each pair shares one scale."
    )
    for network in chosen.networks:
        columns = st.columns(4, wrap=True)
        places = iter(columns)
        for input_name in ("color", "grayscale"):
            run = chosen.sibling(network, input_name)
            if run is None:
                continue
            try:
                _pair(run, coin_id, places)
            except CoinvisionError as error:
                next(places).warning(str(error))


def _pair(run: Run, coin_id: str, places: object) -> None:
    stored = reading.heatmaps(run).get(reading.METHOD)
    table = reading.predictions(run).set_index("coin_id", drop=False)
    if coin_id not in table.index:
        next(places).caption(f"{words.title(run)} was not asked for this coin.")  # type: ignore
        return
    record = table.loc[coin_id]
    maps = stored.of(coin_id) if stored else {}
    if not maps:
        next(places).caption(  # type: ignore[call-overload]
            f"{words.title(run)}: no heatmap of this coin is stored; `scripts/explain.py "
            f"{run.name}` stores those of the test coins."
        )
        return
    strongest = max(float(heat.max()) for heat in maps.values())
    under = _under(run, record)
    wanted = [("predicted", record["predicted"])]
    if not record["right"]:
        wanted.append(("true", record["emperor"]))
    for kind, emperor in wanted:
        with next(places):  # type: ignore[call-overload]
            heatmap(run, under, maps[kind], strongest, f"{emperor} ({ROLES[kind]})", emperor)
            if said := anatomy.sentence(run, record, maps[kind]):
                st.caption(said)


def heatmap(
    run: Run,
    under: np.ndarray | None,
    heat: np.ndarray,
    strongest: float,
    label: str,
    emperor: str,
) -> None:
    """One heatmap under its heading."""
    picture = pictures.heat(under, heat, strongest, emperor)
    st.markdown(f"**{words.title(run)}**  \nfor {label}")
    st.image(picture.content, alt=f"{words.title(run)}. {picture.alt}", width="stretch")
    st.caption(picture.alt)


def _under(run: Run, record: pd.Series) -> np.ndarray | None:
    try:
        return pictures.coin(run, record)
    except DatasetError:
        return None
