"""Where on a drawn coin, whose parts are known, the evidence of a heatmap lies."""

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.dataset.crops import disc_of
from coinvision.errors import CollectionError
from coinvision.explanation.anatomy import energy_in_mask, part
from coinvision.phantom.canvas import HEADGEAR, LEGEND, MASKS, PORTRAIT
from coinvision.phantom.masks import load_masks
from coinvision.runs import Run
from dashboard import reading, words

SIDE = 224


def sentence(run: Run, record: pd.Series, heatmap: np.ndarray) -> str | None:
    """The shares on portrait, headgear and legend; None where the coin's parts are not known."""
    folder = reading.photographs(run)
    if folder is None or not reading.facts(run).get("drawn") or heatmap.max() <= 0:
        return None
    try:
        masks = _masks(str(folder), dict(record))
    except CollectionError:
        return None
    shares = [
        f"{words.percent(energy_in_mask(heatmap, mask))} on the {name} "
        f"({words.percent(float(mask.mean()))} of the picture)"
        for name, mask in masks.items()
    ]
    return f"Measured on the known parts: {', '.join(shares)}."


@st.cache_data(show_spinner=False, max_entries=256)
def _masks(folder: str, record: dict) -> dict[str, np.ndarray]:
    masks = load_masks(Path(folder), record["file_name"])
    parts = {
        MASKS[number]: part(masks, number, disc_of(record), SIDE)
        for number in (PORTRAIT, HEADGEAR, LEGEND)
    }
    return {name: mask for name, mask in parts.items() if mask.any()}
