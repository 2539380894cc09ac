"""Photographs as a reader sees them, each with a sentence for who cannot see it."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import streamlit as st

from coinvision.dataset.crops import disc_of, load_photograph
from coinvision.explanation.anatomy import PORTRAIT_TO
from coinvision.photos import INPUTS, crop_disc
from coinvision.photos.crop import MARGIN
from coinvision.photos.inputs import LEGEND_FROM
from coinvision.runs import Run
from dashboard import choice, reading

SIDE, LARGE = 320, 640

# Where an enlarged part begins, as shares of what is cut off: down, right.
PARTS_AT = {
    "middle": (0.5, 0.5),
    "top": (0.0, 0.5),
    "right": (0.5, 1.0),
    "bottom": (1.0, 0.5),
    "left": (0.5, 0.0),
}
PARTS = tuple(PARTS_AT)


@dataclass(frozen=True)
class Picture:
    """A picture for the page (RGB array, or an address for the browser) and what it shows."""

    content: np.ndarray | str
    alt: str


def coin(run: Run, record: pd.Series) -> np.ndarray | None:
    """The coin as the run's network is given it, only larger; None if it is not on this machine.

    Raises:
        DatasetError: the photograph is missing or has changed since the run was trained.
    """
    folder = reading.photographs(run)
    if folder is None:
        return None
    return cropped(folder, dict(record), str(run.description["input"]))


def enlarged(run: Run, record: pd.Series, zoom: int, part: str) -> np.ndarray | None:
    """A part of the coin, `zoom` times as large, LARGE x LARGE x 3; None if it is not here.

    Raises:
        DatasetError: the photograph is missing or has changed since the run was trained.
    """
    folder = reading.photographs(run)
    if folder is None:
        return None
    photograph, side = load_photograph(folder, dict(record)), LARGE * zoom
    whole = crop_disc(photograph, disc_of(dict(record)), side)
    down, right = (round(share * (side - LARGE)) for share in PARTS_AT[part])
    return whole[down : down + LARGE, right : right + LARGE]


@st.cache_data(show_spinner=False, max_entries=512)
def cropped(folder: Path, record: dict, input_name: str) -> np.ndarray:
    """One coin cut out of its photograph, uint8 RGB, SIDE x SIDE x 3."""
    return as_seen(load_photograph(folder, record), disc_of(record), input_name)


def as_seen(photograph: np.ndarray, disc: object, input_name: str) -> np.ndarray:
    """A photograph's coin as the input shows it, SIDE x SIDE x 3."""
    return INPUTS[input_name].of(photograph, disc, SIDE)  # type: ignore[arg-type]


def drawn_disc() -> np.ndarray:
    """A plain disc in the place of a coin whose photograph is not here."""
    picture = np.full((SIDE, SIDE, 3), 255, np.uint8)
    middle, radius = (SIDE // 2, SIDE // 2), round(SIDE / 2 / (1 + MARGIN))
    cv2.circle(picture, middle, radius, (188, 184, 176), -1, cv2.LINE_AA)
    for share in (LEGEND_FROM, PORTRAIT_TO):
        cv2.circle(picture, middle, round(radius * share), (160, 156, 148), 1, cv2.LINE_AA)
    return picture


def photograph(run: Run, record: pd.Series) -> Picture | None:
    """The coin's photograph if it is here, or its address if the user lets the browser load it."""
    name = f"{record['emperor']}, coin {record['coin_id']}"
    seen = coin(run, record)
    if seen is not None:
        return Picture(seen, f"Obverse of {name}, as the network sees it.")
    address = str(record["image_url"])
    if choice.museum_photographs_allowed() and address.startswith(("http://", "https://")):
        return Picture(address, f"Obverse of {name}, from the museum's site.")
    return None
