import math
from pathlib import Path

import numpy as np
import pytest

from coinvision import phantom
from coinvision.errors import CollectionError
from coinvision.explanation.anatomy import energy_in_mask, part
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
