import csv
import os
from pathlib import Path

import cv2
import drawn
import numpy as np
import pytest

from coinvision.photos import Disc, crop_disc, decode, find_disc

MARKED = Path(__file__).parents[2] / "artifacts" / "discs" / "marked.csv"
GROUNDS = {"white": (255, 255, 255), "black": (5, 5, 5), "gray": (128, 128, 128)}


def test_the_overlap_of_two_discs_is_the_share_of_common_pixels() -> None:
    one, other = Disc(40, 50, 20), Disc(52, 46, 25)
    rows, columns = np.mgrid[:100:0.1, :100:0.1]
    a = np.hypot(columns - one.x, rows - one.y) <= one.radius
    b = np.hypot(columns - other.x, rows - other.y) <= other.radius
    assert one.overlap(other) == pytest.approx((a & b).sum() / (a | b).sum(), abs=1e-3)
    assert one.overlap(one) == 1 and one.overlap(Disc(90, 50, 5)) == 0
    assert Disc(40, 50, 10).overlap(one) == pytest.approx(0.25)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("size", [120, 175, 640])
def test_a_drawn_coin_is_found_on_every_ground(ground: str, size: int) -> None:
    picture = drawn.coin("F", size=size, radius=0.4, ground=GROUNDS[ground])
    found = find_disc(picture)
    assert found is not None and found.found
    assert found.overlap(Disc(size // 2, size // 2, size * 0.4)) > 0.96


def test_a_photograph_of_4000_pixels_is_as_good_as_a_thumbnail() -> None:
    found = find_disc(drawn.coin("F", size=4000, radius=0.3))
    assert found is not None
    assert np.allclose((found.x, found.y, found.radius), (2000, 2000, 1200), atol=25)


def test_a_scale_bar_and_dust_are_not_taken_for_the_coin() -> None:
    picture = drawn.coin("F", size=640, radius=0.25)
    cv2.rectangle(picture, (620, 100), (630, 600), (0, 0, 0), -1)
    cv2.rectangle(picture, (0, 0), (60, 40), (90, 90, 90), -1)  # a label in the corner
    cv2.circle(picture, (80, 560), 9, (60, 60, 60), -1)
    found = find_disc(picture)
    assert found is not None
    assert np.allclose((found.x, found.y, found.radius), (320, 320, 160), atol=5)


def test_a_ground_that_darkens_to_one_side_is_no_obstacle() -> None:
    ground = np.linspace(230, 150, 300)[None, :, None] * np.ones((300, 1, 3))
    coin = drawn.coin("F", size=300, radius=0.35, metal=(110, 90, 60))
    inside = np.hypot(*(np.indices((300, 300)) - 150)) <= 105
    picture = np.where(inside[..., None], coin, ground).astype(np.uint8)
    found = find_disc(picture)
    assert found is not None
    assert found.overlap(Disc(150, 150, 105)) > 0.95


def test_a_coin_that_fills_the_frame_gets_the_frames_own_circle() -> None:
    texture = np.random.default_rng(0).integers(0, 255, (100, 100, 3)).astype(np.uint8)
    found = find_disc(texture)
    assert found is not None and found.radius > 35


def test_half_a_coin_is_enclosed_and_marked_as_not_found() -> None:
    picture = drawn.coin("F", size=400, radius=0.4)
    picture[:, :190] = 255
    found = find_disc(picture)
    assert found is not None and not found.found
    assert 130 < found.radius < 200


@pytest.mark.parametrize("shape", [(16, 20_000), (20_000, 16)])
def test_a_very_thin_picture_is_no_obstacle(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (*shape, 3)).astype(np.uint8)
    found = find_disc(picture)
    assert found is None or crop_disc(picture, found, 112).shape == (112, 112, 3)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_blank_picture_shows_no_coin(value: int) -> None:
    assert find_disc(np.full((120, 120, 3), value, np.uint8)) is None


def test_the_crop_is_square_centered_and_white_outside() -> None:
    picture = drawn.coin("F", size=200, radius=0.3, ground=(0, 0, 0))
    crop = crop_disc(picture, Disc(100, 100, 60), 80)
    assert crop.shape == (80, 80, 3)
    assert (crop[:4, :4] == 255).all(), "the ground in the corner is white, not black"
    assert crop[40, 6].mean() < 200, "the coin reaches nearly to the edge"


def test_a_disc_that_leaves_the_picture_is_padded_with_white() -> None:
    crop = crop_disc(np.zeros((50, 50, 3), np.uint8), Disc(0, 25, 25), 60)
    assert crop.shape == (60, 60, 3) and (crop[30, :25] == 255).all()


def test_discs_of_real_photographs_agree_with_those_marked_by_eye() -> None:
    rows = list(csv.DictReader(MARKED.read_text(encoding="utf-8").splitlines()))
    places = os.environ.get("COINVISION_COLLECTIONS", "").split(os.pathsep)
    overlaps = []
    for row in rows:
        name = Path(row["collection"]) / row["file_name"]
        path = next((Path(p) / name for p in places if p and (Path(p) / name).is_file()), None)
        if path is None:
            continue
        picture = decode(path)
        marked = Disc(float(row["x"]), float(row["y"]), float(row["radius"]))
        found = find_disc(picture)
        assert found is not None
        overlaps.append(found.overlap(marked))
    if len(overlaps) < 60:
        pytest.skip("the marked photographs are in no folder of COINVISION_COLLECTIONS")
    assert len(rows) >= 60
    assert np.median(overlaps) > 0.97 and min(overlaps) > 0.85
