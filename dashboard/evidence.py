"""What speaks for a coin's emperor, wherever a coin is shown: photograph, record, heatmaps."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coinvision import explanation
from coinvision.errors import CoinvisionError, DatasetError
from coinvision.runs import Run
from dashboard import anatomy, choice, faithful, heat, live, pictures, reading, words

ROLES = {"predicted": "named", "true": "on the coin"}


def photograph(run: Run, record: pd.Series) -> None:
    """Show the photograph, or say why there is none."""
    try:
        picture = pictures.photograph(run, record)
    except DatasetError as error:
        st.warning(str(error))
        return
    if picture is None:
        st.image(
            pictures.drawn_disc(), alt="A plain disc in place of the photograph.", width="stretch"
        )
        st.caption(_no_photograph(run))
        return
    st.image(picture.content, alt=picture.alt, width="stretch")


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


def heatmaps(chosen: choice.Choice, coin_id: str) -> str:
    """Each network's heatmaps, both inputs side by side; gives the method that was picked."""
    st.subheader("Which part of the coin said so", anchor=False)
    here = reading.photographs(chosen.run) is not None
    method = controls(chosen.family, offered=explanation.METHODS if here else ())
    st.caption(
        f"{words.method(method)}: {_shows(method)} of the emperor named above the picture, from "
        "nothing (the bare coin) up to the far end of the bar. All stored maps of one network are "
        "on one scale, that of its bar; maps of two networks are compared by shares, not by color. "
        "A map shows what a network used, not whether it was right to."
    )
    st.caption(faithful.sentence(chosen.run, method))
    for network in chosen.networks:
        columns = st.columns(4, wrap=True)
        places = iter(columns)
        for input_name in ("color", "grayscale"):
            run = chosen.sibling(network, input_name)
            if run is None:
                continue
            try:
                _pair(run, coin_id, method, places)
            except CoinvisionError as error:
                next(places).warning(str(error))
    drawn = bool(reading.facts(chosen.run).get("drawn")) and reading.photographs(chosen.run)
    st.caption(anatomy.AS_DRAWN if drawn else anatomy.RINGS)
    return method


def _shows(method: str) -> str:
    return explanation.METHODS[method].shows if method in explanation.METHODS else "the control"


def controls(family: list[Run], offered: Iterable[str] = ()) -> str:
    """Pick the method, where there are several, and colors or contours; gives the method.

    There are those that runs hold maps of, and those `offered` to be asked for.
    """
    held = (name for run in family for name in _methods(run))
    found = list(dict.fromkeys((*held, *offered)))
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    if len(found) > 1:
        with left:
            told = {name: _told(family, name) for name in found}
            method = st.selectbox("Method", found, format_func=told.__getitem__, key="map_method")
    else:
        method = found[0] if found else explanation.FIRST
    (right if len(found) > 1 else left).segmented_control(
        "Maps as",
        [heat.COLORS, heat.CONTOURS],
        key=heat.STYLE,
        default=heat.COLORS,
        required=True,
    )
    return str(method)


def _told(family: list[Run], method: str) -> str:
    """A method's name, whether it passes on all runs that hold its maps, and of how many coins."""
    holding = [run for run in family if method in _methods(run)]
    if not holding:
        return f"{words.method(method)}, made when asked for"
    believed = all(faithful.passes(run, method) for run in holding)
    held = {len(reading.heatmaps(run)[method].coin_ids) for run in holding}
    tested = max(len(reading.tested(run)) for run in holding)
    few = f", {max(held)} of {tested} coins" if max(held) < tested else ""
    return words.method(method) + (", passes all checks" if believed else "") + few


def _methods(run: Run) -> list[str]:
    try:
        return list(reading.heatmaps(run))
    except CoinvisionError:  # said where its maps would stand
        return []


def _pair(run: Run, coin_id: str, method: str, places: Iterator[DeltaGenerator]) -> None:
    table = reading.predictions(run).set_index("coin_id", drop=False)
    if coin_id not in table.index:
        next(places).caption(f"{words.title(run)} was not asked for this coin.")
        return
    record = table.loc[coin_id]
    maps = stored(run, coin_id, method) or _asked(run, record, method, next(places))
    if not maps:
        return
    under, scale = beneath(run, record), scale_of(run, method, *maps.values())
    shown = [("predicted", record["predicted"])]
    if not record["right"]:
        shown.append(("true", record["emperor"]))
    for kind, emperor in shown:
        with next(places):
            st.markdown(f"**{words.title(run)}**  \nfor {emperor} ({ROLES[kind]})")
            parts = anatomy.measured(run, record, maps[kind])
            heatmap(words.title(run), under, maps[kind], scale, emperor, parts)
            faithful.badge(run, method)


def _asked(
    run: Run, record: pd.Series, method: str, place: DeltaGenerator
) -> dict[str, np.ndarray]:
    """Maps made now for a coin that has none stored, once the reader wants them."""
    place.caption(
        f"{words.title(run)}: no heatmap of this coin by {words.method(method)} is stored; "
        f"`scripts/explain.py {run.name} --method {method}` stores those of all test coins."
    )
    if beneath(run, record) is None or not wanted(run, record, method, place, "map"):
        return {}
    kinds = {"predicted": str(record["predicted"]), "true": str(record["emperor"])}
    told = record.to_dict()
    return {kind: live.heatmap_for(run, told, name, method) for kind, name in kinds.items()}


def wanted(run: Run, record: pd.Series, method: str, place: DeltaGenerator, where: str) -> bool:
    """Whether the reader lets the network be asked for a coin's maps; offers a button until then.

    What is wanted once stays so for the session; `where` tells this button from others for it.
    """
    asked: set[tuple[str, str, str]] = st.session_state.setdefault("maps_wanted", set())
    one = (run.name, str(record["coin_id"]), method)
    wait = ", some ten seconds" if method in explanation.SLOW else ""
    if one not in asked and place.button(f"Make it now{wait}", key=f"make_{where}_{'_'.join(one)}"):
        asked.add(one)
    return one in asked


def stored(run: Run, coin_id: str, method: str, *, uncut: bool = False) -> dict[str, np.ndarray]:
    """A coin's stored maps, by kind: `predicted` and `true`; nothing where there are none.

    Raises:
        RunError: the stored maps are damaged.
    """
    maps = reading.heatmaps(run).get(method)
    return maps.of(coin_id, uncut=uncut) if maps else {}


def scale_of(run: Run, method: str, *shown: np.ndarray) -> heat.Scale:
    """The scale of all stored maps of a run and method; of those shown where none are stored."""
    top = reading.strongest(run, method) if method in reading.heatmaps(run) else 0.0
    own = max(float(one.max()) for one in shown)
    whose = "of this run's scale" if top > 0 else "of this coin's scale"
    return heat.Scale(top if top > 0 else own if own > 0 else 1.0, words.unit(method) or whose)


def heatmap(
    who: str,
    under: np.ndarray | None,
    found: np.ndarray,
    scale: heat.Scale,
    emperor: str,
    parts: list[anatomy.Part],
    *,
    alarm: bool = True,
) -> None:
    """One heatmap with its bar and its words; an alarm if much lies outside the coin."""
    said = anatomy.told(emperor, found, parts, scale) + (anatomy.alarm(parts) if alarm else "")
    picture = heat.painted(under, found, scale, f"{who}. {said.replace('**', '')}")
    st.image(picture.content, alt=picture.alt, width="stretch")
    heat.bar(scale)
    st.caption(said)


def beneath(run: Run, record: pd.Series) -> np.ndarray | None:
    """The coin under its map, where its photograph is here and whole."""
    try:
        return pictures.coin(run, record)
    except DatasetError:
        return None
