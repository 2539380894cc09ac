"""What needs a network at once: answers for uploads, and heatmaps that no script has stored.

TensorFlow is imported here and only when a function is called, so that no other page waits for it.
"""

import hashlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from coinvision import explanation
from coinvision.dataset.inspection import LONGEST_SIDE
from coinvision.photos import Disc, decode, find_disc
from coinvision.runs import Run
from dashboard import pictures, reading

if TYPE_CHECKING:
    from coinvision.prediction import Predictor

# Keras builds graphs while it explains: one session at a time.
_ONE_AT_A_TIME = threading.Lock()
MOST_REMEMBERED = 80
LOADING = "Loading the network, a few seconds the first time …"


@dataclass(frozen=True)
class Photograph:
    """A decoded photograph and the coin's disc in it; no disc if the picture is blank."""

    pixels: np.ndarray
    disc: Disc | None


@dataclass(frozen=True)
class Answer:
    """What a network says of one photograph."""

    probabilities: np.ndarray
    seen: np.ndarray
    heatmap: np.ndarray

    @property
    def best(self) -> int:
        """The emperor that is named, as a position among the run's emperors."""
        return int(self.probabilities.argmax())


@st.cache_resource(show_spinner=LOADING, max_entries=4, hash_funcs={Run: reading.of_run})
def predictor(run: Run) -> "Predictor":
    """The run's network, loaded once for all sessions."""
    from coinvision.prediction import Predictor

    return Predictor(run)


def look(data: bytes) -> Photograph:
    """Decode an upload and find its coin.

    Raises:
        PhotoError: it is no picture, is truncated, too large or too small.
    """
    pixels = decode(data, longest_side=LONGEST_SIDE)
    return Photograph(pixels, find_disc(pixels))


def answer(run: Run, data: bytes, photograph: Photograph) -> Answer:
    """Name the emperor on an uploaded photograph in which a coin is, and say why.

    Answers are remembered for this reader alone, and forgotten with the session.
    """
    remembered: dict[tuple, Answer] = st.session_state.setdefault("answers", {})
    key = (*reading.of_run(run), hashlib.sha256(data).hexdigest())
    if key not in remembered:
        remembered[key] = _ask(run, photograph)
    while len(remembered) > MOST_REMEMBERED:
        del remembered[next(iter(remembered))]
    return remembered[key]


def _ask(run: Run, photograph: Photograph) -> Answer:
    loaded = predictor(run)
    picture = loaded.picture(photograph.pixels, photograph.disc)
    with _ONE_AT_A_TIME:
        probabilities = loaded.probabilities([picture], 1)[0]
        heatmap = _explain(loaded, picture, int(probabilities.argmax()), explanation.FIRST)
    input_name = str(run.description["input"])
    seen = pictures.as_seen(photograph.pixels, photograph.disc, input_name)
    return Answer(probabilities, seen, heatmap)


@st.cache_data(
    show_spinner="Computing the heatmap; the network is loaded first …",
    max_entries=256,
    hash_funcs={Run: reading.of_run},
)
def heatmap_for(run: Run, record: dict, emperor: str, method: str) -> np.ndarray:
    """The heatmap of a coin of the run's collection for any emperor, with what speaks against.

    Raises:
        DatasetError: its photograph is missing or has changed.
    """
    from coinvision.dataset.crops import disc_of, load_photograph

    folder = reading.photographs(run)
    loaded = predictor(run)
    photograph = load_photograph(folder, record)  # type: ignore[arg-type]
    picture = loaded.picture(photograph, disc_of(record))
    with _ONE_AT_A_TIME:
        return _explain(loaded, picture, run.emperors.index(emperor), method)


def _explain(loaded: "Predictor", picture: np.ndarray, emperor: int, method: str) -> np.ndarray:
    from coinvision.explanation.explaining import of_pictures

    return of_pictures(loaded, picture[None], np.array([emperor]), method, uncut=True)[0]
