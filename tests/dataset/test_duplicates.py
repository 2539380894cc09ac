import os
from pathlib import Path

import cv2
import drawn
import numpy as np
import pytest

from coinvision.dataset.duplicates import identical, near_duplicates
from coinvision.dataset.inspection import FINGERPRINT_SIDE, load
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
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderValue=(255, 255, 255))
    rim = max(2, height // 40)
    turned = turned[rim:-rim, rim:-rim]
    bright = np.clip(turned * 1.15 + 8, 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", bright, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], 1)


def fingerprint(picture: np.ndarray) -> np.ndarray:
    disc = find_disc(picture)
    assert disc is not None
    return cv2.cvtColor(crop_disc(picture, disc, FINGERPRINT_SIDE), cv2.COLOR_RGB2GRAY)


def test_planted_copies_are_found_and_strangers_are_not() -> None:
    originals = [textured_coin(seed) for seed in range(70)]
    copies = [planted_copy(coin, 3 if i % 2 else -3) for i, coin in enumerate(originals[:50])]
    pairs = set(near_duplicates([fingerprint(p) for p in originals + copies]))
    planted = {(i, 70 + i) for i in range(50)}
    assert len(pairs & planted) >= 48, "95 % of 50"
    assert not pairs - planted


def test_copies_of_real_photographs_are_found_and_strangers_are_not() -> None:
    given = os.environ.get("COINVISION_TEST_DATA")
    folder = Path(given or "", "ocre12", "images")
    if not given or not folder.is_dir():
        pytest.skip("COINVISION_TEST_DATA names no folder with ocre12/images")
    originals = [load(path) for path in sorted(folder.glob("*_obv.jpg"))[:600:3]]
    originals = [picture for picture in originals if find_disc(picture) is not None]
    copies = [planted_copy(coin, 3 if i % 2 else -3) for i, coin in enumerate(originals[:50])]
    n = len(originals)
    pairs = set(near_duplicates([fingerprint(p) for p in originals + copies]))
    planted = {(i, n + i) for i in range(50)}
    assert len(pairs & planted) >= 48, "95 % of 50"
    assert len(pairs - planted) <= 5 * n / 1000, "five false pairs in a thousand coins"


def test_files_that_are_the_same_are_joined_to_the_first_of_their_kind() -> None:
    assert identical(["a", "b", "a", "c", "a"]) == [(0, 2), (0, 4)]


def test_photographs_that_are_the_same_are_found() -> None:
    gray = fingerprint(textured_coin(1))
    assert near_duplicates([gray, fingerprint(textured_coin(2)), gray]) == [(0, 2)]
