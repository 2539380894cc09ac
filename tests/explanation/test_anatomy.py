import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from coinvision import phantom
from coinvision.errors import CollectionError
from coinvision.explanation.anatomy import PARTS, energy_in_mask, exact, part, rings, shares
from coinvision.phantom.canvas import PORTRAIT
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import recipe
from coinvision.photos import Disc

MIDDLE = Disc(111.5, 111.5, 100)


@pytest.fixture(scope="module")
def portrait() -> np.ndarray:
    return (draw(recipe(0, 0), 224)[1] == PORTRAIT).astype(float)


def test_a_heatmap_equal_to_the_portrait_scores_one(portrait: np.ndarray) -> None:
    assert energy_in_mask(portrait, portrait) == pytest.approx(1)
    assert energy_in_mask(1 - portrait, portrait) == pytest.approx(0)


@pytest.mark.parametrize("grid", [7, 10, 224])
def test_a_uniform_heatmap_scores_the_share_of_the_area(portrait: np.ndarray, grid: int) -> None:
    share = energy_in_mask(np.full((grid, grid), 0.3), portrait)
    assert share == pytest.approx(portrait.mean(), rel=1e-4)


def test_what_speaks_against_is_no_evidence() -> None:
    left = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert energy_in_mask(np.array([[3.0, 1.0], [0.0, -4.0]]), left) == pytest.approx(0.75)
    assert math.isnan(energy_in_mask(np.array([[-1.0, 0.0], [0.0, 0.0]]), left))


def test_a_part_is_cropped_as_the_photograph_is() -> None:
    masks = np.zeros((224, 224), np.uint8)
    masks[:, 112:] = 4  # the right half
    cropped = part(masks, 4, MIDDLE, 106)
    assert cropped.shape == (106, 106)
    assert cropped[53, 60] == 1 and cropped[53, 45] == 0
    assert cropped[2, 103] == 0  # beyond the disc nothing is part of the coin
    area = np.pi / 2 * 100**2 / (2 * 106) ** 2
    assert cropped.mean() == pytest.approx(area * 1.06**2, rel=0.02)


def test_masks_are_read_back_or_their_loss_is_told(tmp_path: Path) -> None:
    phantom.draw_collection(tmp_path / "two", coins=2)
    masks = phantom.load_masks(tmp_path / "two", "images/00001.png")
    assert np.array_equal(masks, draw(recipe(0, 1), 224)[1])
    (tmp_path / "two" / "masks" / "00001.png").write_bytes(b"no picture")
    with pytest.raises(CollectionError, match="draws it again"):
        phantom.load_masks(tmp_path / "two", "images/00001.png")


def turned(picture: np.ndarray, degrees: float, how: int = cv2.INTER_LINEAR) -> np.ndarray:
    """A picture turned about its middle."""
    side = len(picture)
    matrix = cv2.getRotationMatrix2D(((side - 1) / 2, (side - 1) / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (side, side), flags=how)


def test_rings_share_out_every_pixel_once() -> None:
    found = rings(224)
    assert np.array_equal(np.sum(list(found.values()), axis=0), np.ones((224, 224)))
    disc = np.pi / 4 / 1.06**2  # of the square
    assert found["outside"].mean() == pytest.approx(1 - disc, abs=2e-3)
    assert found["portrait"].mean() == pytest.approx(disc * 0.60**2, abs=2e-3)
    assert found["legend"].mean() == pytest.approx(disc * (0.92**2 - 0.70**2), abs=2e-3)


@pytest.mark.parametrize("planted", rings(8))
def test_a_map_planted_on_a_ring_lies_there_alone(planted: str) -> None:
    found = rings(224)
    one = shares(3 * found[planted][None], list(found.values()))[0]
    assert dict(zip(found, one, strict=True)) == {name: name == planted for name in found}


def test_a_map_planted_on_two_rings_is_shared_by_their_areas_and_strengths() -> None:
    found = rings(224)
    planted = 2 * found["legend"] + found["border"] - 5 * found["portrait"]
    legend, border = 2 * found["legend"].sum(), found["border"].sum()
    expected = [0, legend / (legend + border), 0, border / (legend + border), 0]
    assert shares(planted[None], list(found.values()))[0] == pytest.approx(expected)


def test_a_drawn_coin_s_parts_are_known_to_the_pixel() -> None:
    masks = draw(recipe(0, 0), 224)[1]
    found = exact(masks, MIDDLE, 224)
    assert tuple(found) == PARTS
    assert np.allclose(np.sum(list(found.values()), axis=0), 1)
    alone = part(masks, PORTRAIT, MIDDLE, 224)
    assert found["portrait"].mean() == pytest.approx(alone.mean(), rel=0.02)
    for name, mask in found.items():
        own = (mask > 0.999).astype(float)  # no pixel that is cut by an edge
        one = dict(zip(found, shares(own[None], list(found.values()))[0], strict=True))
        assert one[name] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("degrees", [17, 90, 143])
def test_turning_a_coin_changes_no_share_by_a_hundredth(degrees: float) -> None:
    masks = draw(recipe(0, 0), 224)[1]
    rng = np.random.default_rng(0)
    on_coin = 1 - rings(224)["outside"]  # what lies in the corners would be turned away
    fine = cv2.GaussianBlur(rng.random((224, 224)), (0, 0), 6) ** 8 * on_coin
    before, after = (
        shares(one[None], list(exact(which, MIDDLE, 224).values()))[0]
        for one, which in (
            (fine, masks),
            (turned(fine, degrees), turned(masks, degrees, cv2.INTER_NEAREST)),
        )
    )
    assert np.abs(after - before).max() < 0.01 and before.max() > 0.2

    by_rings = (shares(m[None], list(rings(224).values())) for m in (fine, turned(fine, degrees)))
    assert np.ptp(np.stack(list(by_rings)), axis=0).max() < 0.01


def test_turning_a_coarse_map_by_a_right_angle_changes_nothing() -> None:
    coarse = np.random.default_rng(1).random((1, 7, 7))
    before, after = (
        shares(one, list(rings(112).values())) for one in (coarse, np.rot90(coarse, axes=(1, 2)))
    )
    assert np.allclose(before, after)
