import cv2
import drawn
import numpy as np

from coinvision.dataset.duplicates import identical, near_duplicates
from coinvision.dataset.inspection import FINGERPRINT_SIDE
from coinvision.photos import crop_disc, find_disc


def textured_coin(seed: int) -> np.ndarray:
    """A drawn coin with relief of its own, as no two struck coins are alike."""
    rng = np.random.default_rng(seed)
    relief = cv2.resize(rng.normal(0, 60, (24, 24)), (200, 200), interpolation=cv2.INTER_CUBIC)
    coin = drawn.coin("F", size=200, seed=seed).astype(float)
    inside = np.hypot(*(np.indices((200, 200)) - 100)) < 78
    return np.clip(coin + (relief * inside)[..., None], 0, 255).astype(np.uint8)


def planted_copy(picture: np.ndarray, turn: float) -> np.ndarray:
    """The same photograph turned, cropped, brightened and saved anew at low quality."""
    matrix = cv2.getRotationMatrix2D((100, 100), turn, 1)
    turned = cv2.warpAffine(picture, matrix, (200, 200), borderValue=(255, 255, 255))[5:-5, 5:-5]
    bright = np.clip(turned * 1.15 + 8, 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", bright, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], 1)


def fingerprint(picture: np.ndarray) -> np.ndarray:
    disc = find_disc(picture)
    assert disc is not None
    return cv2.cvtColor(crop_disc(picture, disc, FINGERPRINT_SIDE), cv2.COLOR_RGB2GRAY)


def test_planted_copies_are_found_and_strangers_are_not() -> None:
    originals = [textured_coin(seed) for seed in range(40)]
    copies = [planted_copy(coin, 3 if i % 2 else -3) for i, coin in enumerate(originals[:20])]
    pairs = set(near_duplicates([fingerprint(p) for p in originals + copies]))
    planted = {(i, 40 + i) for i in range(20)}
    assert len(pairs & planted) >= 19
    assert not pairs - planted


def test_files_that_are_the_same_are_joined_to_the_first_of_their_kind() -> None:
    assert identical(["a", "b", "a", "c", "a"]) == [(0, 2), (0, 4)]


def test_photographs_that_are_the_same_are_found() -> None:
    gray = fingerprint(textured_coin(1))
    assert near_duplicates([gray, fingerprint(textured_coin(2)), gray]) == [(0, 2)]
