import cv2
import numpy as np
import pandas as pd
import pytest

from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments.arms import ARMS, Pictures
from coinvision.photos import INPUTS


def crop(color: tuple[int, int, int], seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    relief = rng.normal(0, 12, (40, 40, 1))
    return np.clip(np.array(color) + relief, 0, 255).astype(np.uint8)


def lab(picture: np.ndarray) -> np.ndarray:
    values = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(values)[10:30, 10:30]


def pictures(metals: list[str]) -> Pictures:
    colors = {"Bronze": (120, 80, 50), "Gold": (200, 170, 80), "Silver": (150, 150, 155)}
    crops = [crop(colors.get(metal, (90, 90, 90)), i) for i, metal in enumerate(metals)]
    return Pictures(np.stack(crops), pd.DataFrame({"material": metals}))


TRAINING = pictures(["Bronze", "Gold", "Silver"] * 10)


@pytest.mark.parametrize("name", ARMS)
def test_every_arm_trains_on_a_known_input_and_shows_pictures(name: str) -> None:
    arm = ARMS[name]
    assert arm.trained_on in INPUTS
    assert arm.baseline is None or arm.baseline in BASELINES
    if arm.shown is not None and name != "H":  # that is drawn anew: test_conflict.py
        shown = arm.shown(TRAINING, TRAINING)
        assert shown.shape == TRAINING.crops.shape and shown.dtype == np.uint8


def test_turned_hues_keep_lightness() -> None:
    shown = ARMS["D1"].shown
    assert shown is not None
    before, after = lab(TRAINING.crops[0]), lab(shown(TRAINING, TRAINING)[0])
    assert np.abs(before[..., 0] - after[..., 0]).mean() < 2
    assert before[..., 2].mean() > 15 and after[..., 2].mean() < -12


def test_a_coin_gets_the_colors_of_the_next_metal() -> None:
    shown = ARMS["D2"].shown
    assert shown is not None
    asked = pictures(["Bronze", "Gold", "Silver", "Lead"])
    changed = shown(asked, TRAINING)
    means = [lab(crop)[..., 1:].mean(axis=(0, 1)) for crop in TRAINING.crops[:3]]
    for i, following in enumerate([1, 2, 0]):  # bronze to gold, gold to silver, silver to bronze
        # not exactly: a color that a screen cannot show is cut
        assert lab(changed[i])[..., 1:].mean(axis=(0, 1)) == pytest.approx(means[following], abs=6)
        relief = lab(asked.crops[i])[..., 0] - lab(changed[i])[..., 0]
        assert np.abs(relief).mean() < 3
    assert (changed[3] == asked.crops[3]).all()  # no training coin is of lead


def test_with_one_metal_nothing_changes_and_the_arm_does_not_fit() -> None:
    arm = ARMS["D2"]
    assert arm.shown is not None
    gold = pictures(["Gold"] * 12 + ["Silver"] * 3 + [""] * 20)
    assert (arm.shown(gold, gold) == gold.crops).all()
    assert not arm.fits(gold.coins) and arm.fits(TRAINING.coins)
