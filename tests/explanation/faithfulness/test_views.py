import numpy as np
import pytest

from coinvision.explanation.faithfulness.views import CELL, enlarged, ranks, scores


def test_the_most_relevant_cells_come_first() -> None:
    places = ranks(np.arange(16.0).reshape(4, 4), 4 * CELL)
    assert np.array_equal(places, 15 - np.arange(16).reshape(4, 4))


@pytest.mark.parametrize("value", [0.0, 0.7])
def test_ties_favor_no_corner(value: float) -> None:
    places = ranks(np.full((7, 7), value), 112)
    assert np.array_equal(np.sort(places.ravel()), np.arange(56 * 56))
    rows, columns = np.nonzero(places < 56 * 56 / 4)
    # means of 784 of the places 0 to 55: 27.5 give or take 16 / 28
    assert abs(rows.mean() - 27.5) < 2 and abs(columns.mean() - 27.5) < 2


def test_a_map_read_back_from_half_precision_has_the_same_order() -> None:
    heatmap = np.zeros((7, 7), np.float16)
    heatmap[3, 3] = 1
    assert np.array_equal(ranks(heatmap, 28), ranks(heatmap.astype(np.float64), 28))


def test_a_cell_is_a_square_of_pixels() -> None:
    pixels = enlarged(np.eye(3, dtype=bool))
    assert pixels.shape == (3 * CELL, 3 * CELL)
    assert pixels[:CELL, :CELL].all() and not pixels[:CELL, CELL:].any()


def test_each_coin_is_asked_for_its_own_class() -> None:
    def predict(pictures: np.ndarray) -> np.ndarray:
        mean = pictures.mean(axis=(1, 2, 3))
        return np.stack([mean, -mean], axis=1)

    views = [np.full((3, 2, 2, 3), 5.0), np.full((3, 2, 2, 3), 7.0)]
    assert scores(predict, views, np.array([0, 1])).tolist() == [[5, 5, 5], [-7, -7, -7]]
