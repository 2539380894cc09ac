"""Does each cue switch do what it says? A classifier that sees pixels only must tell."""

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import cv2
import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier

from coinvision.intervals import proportion
from coinvision.phantom import CUES
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import recipe
from coinvision.phantom.traits import EMPERORS

TRAINED, HELD_OUT, SIZE = 900, 300, 96
CHANCE = 1 / len(EMPERORS)
NOTHING = dict.fromkeys(CUES, 0.0)


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as processes:
        yield processes


def seen(number: int, seed: int, cues: dict[str, float]) -> np.ndarray:
    """What the classifier sees: edges of eight directions on 16 x 16 places, colors on 8 x 8."""
    cv2.setNumThreads(1)
    picture, _ = draw(recipe(seed, number, cues), SIZE)
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    dx, dy = cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    turns = 2 * np.pi * np.arange(8) / 8
    edges = np.maximum(dx[..., None] * np.cos(turns) + dy[..., None] * np.sin(turns), 0)
    places = cv2.resize(edges, (16, 16), interpolation=cv2.INTER_AREA)
    colors = cv2.resize(picture, (8, 8), interpolation=cv2.INTER_AREA).astype(np.float32)
    hues = colors / colors.sum(axis=2, keepdims=True)
    return np.concatenate([np.sqrt(places).ravel(), colors.ravel() / 255, hues.ravel()])


def right(pool: ProcessPoolExecutor, cues: dict[str, float], seed: int = 0) -> int:
    """How many of the held-out coins a classifier names that learned from the others."""
    numbers = range(TRAINED + HELD_OUT)
    features = np.array(list(pool.map(partial(seen, seed=seed, cues=cues), numbers, chunksize=25)))
    emperors = np.arange(TRAINED + HELD_OUT) % len(EMPERORS)  # they take turns
    classifier = RidgeClassifier(alpha=10).fit(features[:TRAINED], emperors[:TRAINED])
    return int((classifier.predict(features[TRAINED:]) == emperors[TRAINED:]).sum())


def test_without_a_cue_nobody_can_tell_the_emperor(pool: ProcessPoolExecutor) -> None:
    found = proportion(sum(right(pool, NOTHING, seed) for seed in (1, 2)), 2 * HELD_OUT)
    assert found.low < CHANCE and found.high < 2 * CHANCE


@pytest.mark.parametrize("cue", CUES)
def test_each_cue_alone_tells_the_emperor(pool: ProcessPoolExecutor, cue: str) -> None:
    found = proportion(right(pool, {**NOTHING, cue: 1.0}), HELD_OUT)
    assert found.low > 3 * CHANCE
