"""Insertion, deletion and ROAD against the four controls, where the truth is known."""

import keras
import numpy as np
import pytest
from square import COINS, SIZE, predict, true_map

from coinvision import explanation
from coinvision.explanation.faithfulness.imputation import NOISE, imputed
from coinvision.explanation.faithfulness.insertion_deletion import deletion, insertion
from coinvision.explanation.faithfulness.road import road
from coinvision.explanation.hiding import blurred
from coinvision.intervals import Figure, mean_over_groups

CLASSES = np.zeros(COINS, int)


def both(pictures: np.ndarray, maps: np.ndarray) -> np.ndarray:
    return insertion(predict, pictures, CLASSES, maps) - deletion(predict, pictures, CLASSES, maps)


def debiased(pictures: np.ndarray, maps: np.ndarray) -> np.ndarray:
    return road(predict, pictures, CLASSES, maps)


def less(first: np.ndarray, second: np.ndarray) -> Figure:
    return mean_over_groups(first - second, np.arange(len(first)))


@pytest.fixture(scope="module")
def controls(model: keras.Model, pictures: np.ndarray) -> dict[str, np.ndarray]:
    return {
        name: explanation.get(name)(model, "features", pictures, CLASSES)
        for name in explanation.CONTROLS
    }


@pytest.mark.parametrize("measure", [both, debiased])
@pytest.mark.parametrize("control", ["random", "blurred-random", "center", "edges"])
def test_the_true_map_beats_every_control_and_the_wrong_one_none(
    control: str, measure, pictures: np.ndarray, controls: dict[str, np.ndarray]
) -> None:
    rival = measure(pictures, controls[control])
    assert less(measure(pictures, true_map()), rival).low > 0
    assert less(measure(pictures, -true_map()), rival).low <= 0


def test_a_random_map_scores_what_chance_does(
    pictures: np.ndarray, controls: dict[str, np.ndarray]
) -> None:
    random = insertion(predict, pictures, CLASSES, controls["random"])
    other = np.random.default_rng(5).random(controls["random"].shape)
    again = less(random, insertion(predict, pictures, CLASSES, other))
    assert again.low <= 0 <= again.high
    # the network adds pixels up, so that half of the way is half of the score
    ends = [predict(shown)[:, 0] for shown in (pictures, np.stack([*map(blurred, pictures)]))]
    chance = less(random, np.mean(ends, axis=0))
    assert chance.low <= 0 <= chance.high and chance.high - chance.low < 0.05


def test_the_area_under_a_known_curve(pictures: np.ndarray) -> None:
    # the square is 25 of 784 cells: from the first of ten steps (5 %) on all of it is shown
    one, zero = pictures[:1], np.zeros(1, int)
    shown = insertion(predict, one, zero, true_map()[:1])
    assert shown[0] == pytest.approx(200 / 255, abs=0.002)
    hidden = deletion(predict, one, zero, true_map()[:1])
    assert hidden[0] == pytest.approx(predict(blurred(one[0])[None])[0, 0], abs=0.002)


def test_a_hole_in_a_slope_is_filled_with_the_slope() -> None:
    slope = np.repeat((3.0 * np.arange(SIZE))[None, :, None], SIZE, axis=0).repeat(3, axis=2)
    hole = np.zeros((SIZE // 2, SIZE // 2), bool)
    hole[6:20, 8:18] = True
    off = imputed(slope, hole) - slope
    assert not off[:12].any()
    assert off[12:40, 16:36].std() == pytest.approx(NOISE, rel=0.05)
    assert abs(off[12:40, 16:36].mean()) < 0.2


def test_nine_tenths_can_be_removed() -> None:
    flat = np.full((SIZE, SIZE, 3), 80.0)
    gone = np.random.default_rng(0).random((SIZE // 2, SIZE // 2)) < 0.9
    assert abs(imputed(flat, gone) - 80).max() < 6 * NOISE
