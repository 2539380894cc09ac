import os
from pathlib import Path

import cv2
import drawn
import numpy as np
import pandas as pd
import pytest

from coinvision import collection, dataset
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


def test_prepare_keeps_planted_copies_with_their_originals(tmp_path: Path) -> None:
    """Fifty copies under new ids and names stand in their original's group, so in its fold."""
    originals = [textured_coin(seed) for seed in range(120)]
    copies = [planted_copy(coin, 3 if i % 2 else -3) for i, coin in enumerate(originals[:50])]
    rows = []
    for i, picture in enumerate(originals + copies):
        drawn.save(tmp_path / "c" / f"{i}.jpg", picture)
        # a copy may come from another museum, even under another name
        portrait = ("Nero", "Galba")[i % 2 if i < 120 else (i + 1) % 2]
        rows.append({"file_name": f"{i}.jpg", "coin_id": f"c{i}", "portrait": portrait})
    pd.DataFrame(rows).to_csv(tmp_path / "c" / "metadata.csv", index=False)

    made = dataset.prepare(
        collection.read(tmp_path / "c"), dataset.Settings(), folder=tmp_path / "out"
    )

    coins = made.coins.set_index("coin_id")
    group = coins["group"]
    found = [group[f"c{i}"] == group[f"c{120 + i}"] for i in range(50)]
    false = group.loc[[f"c{i}" for i in range(120)]].duplicated().sum()
    assert sum(found) >= 48, "95 % of 50"
    assert not false, "five of a thousand would be less than one here"
    assert coins.groupby("group")["fold"].nunique().max() == 1
    torn = made.description["leakage"]["torn"]
    assert torn["own"] == 0 and torn["random"] > 25, "random folds part about four pairs of five"


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
