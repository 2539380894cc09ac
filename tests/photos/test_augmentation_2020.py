import numpy as np

from coinvision.photos import training_view
from coinvision.photos.augmentation_2020 import SHIFT, ZOOM, augment


def spotted() -> np.ndarray:
    """White, with a dark spot left of the middle."""
    picture = np.full((188, 188, 3), 255, np.uint8)
    picture[84:104, 40:60] = 0
    return picture


def test_the_same_state_gives_the_same_view() -> None:
    one, other = (augment(spotted(), np.random.default_rng(2), 150) for _ in range(2))
    assert (one == other).all() and one.shape == (150, 150, 3) and one.dtype == np.uint8
    assert training_view("2020", "color") is augment


def test_half_of_the_views_are_mirrored_and_none_leaves_the_picture() -> None:
    rng = np.random.default_rng(0)
    places = []
    for _ in range(200):
        rows, columns = np.nonzero(augment(spotted(), rng, 150)[..., 0] < 128)
        places.append((rows.mean() / 149, columns.mean() / 149))
    down, across = np.array(places).T
    assert 0.4 < (across > 0.5).mean() < 0.6
    # the spot is 0.235 of the side from the middle; a shear moves what is above or below it
    furthest = 0.235 * (1 + ZOOM) + SHIFT + 0.02
    assert np.abs(across - 0.5).max() < furthest and np.abs(down - 0.5).max() < SHIFT + 0.02


def test_an_edge_goes_on_beyond_the_crop() -> None:
    dark = np.full((188, 188, 3), 40, np.uint8)
    assert all((augment(dark, np.random.default_rng(i), 150) == 40).all() for i in range(20))
