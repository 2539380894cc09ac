import cv2
import drawn
import numpy as np

from coinvision.photos import INPUTS, training_view
from coinvision.photos.augmentation import augment
from coinvision.photos.jitter import GRAY, jittered

COIN = drawn.coin("F", metal=(150, 120, 90))


def lab(picture: np.ndarray) -> np.ndarray:
    values: np.ndarray = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return values


def test_the_same_state_gives_the_same_colors() -> None:
    one, other = (jittered(COIN, np.random.default_rng(5)) for _ in range(2))
    assert (one == other).all() and one.dtype == np.uint8 and one.shape == COIN.shape
    assert (jittered(COIN, np.random.default_rng(6)) != one).any()


def test_colors_change_all_round_and_relief_stays() -> None:
    middle = np.s_[60:100, 60:100]
    changed = [lab(jittered(COIN, np.random.default_rng(i)))[middle] for i in range(200)]
    moved = max(np.abs(one[..., 0] - lab(COIN)[middle][..., 0]).mean() for one in changed)
    assert moved < 3, "only colors that a screen cannot show are cut"
    means = np.array([one[..., 1:].mean(axis=(0, 1)) for one in changed])
    assert means.max(axis=0).min() > 15 and means.min(axis=0).max() < -15
    gray = (np.hypot(*means.T) < 0.5).mean()
    assert abs(gray - GRAY) < 0.1


def test_white_ground_stays_white() -> None:
    for i in range(20):
        assert (jittered(COIN, np.random.default_rng(i))[0] == 255).all()


def test_random_colors_come_on_top_of_the_same_view() -> None:
    """So arms A and E differ in color alone."""
    rngs = [np.random.default_rng(3) for _ in range(2)]
    plain = training_view("careful", "color")(COIN, rngs[0], 112)
    colored = training_view("careful", "jittered")(COIN, rngs[1], 112)
    assert (plain == augment(COIN, np.random.default_rng(3), 112)).all()
    assert (plain != colored).any()
    assert np.abs(lab(plain)[..., 0] - lab(colored)[..., 0]).mean() < 3
    assert (INPUTS["jittered"](COIN) == COIN).all(), "never where it is tested"
