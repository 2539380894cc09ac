import numpy as np

from coinvision.photos.augmentation import augment


def half_marked(size: int = 140) -> np.ndarray:
    """White, with one dark spot left of the middle and a smaller one above it."""
    picture = np.full((size, size, 3), 255, np.uint8)
    picture[60:80, 20:50] = 0
    picture[20:35, 62:78] = 0
    return picture


def test_the_same_state_gives_the_same_view() -> None:
    views = [augment(half_marked(), np.random.default_rng(3), 112) for _ in range(2)]
    assert (views[0] == views[1]).all()
    assert views[0].shape == (112, 112, 3) and views[0].dtype == np.uint8


def test_views_differ() -> None:
    rng = np.random.default_rng(0)
    views = [augment(half_marked(), rng, 112) for _ in range(4)]
    assert len({view.tobytes() for view in views}) == 4


def test_nothing_is_ever_mirrored() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        view = augment(half_marked(), rng, 112).astype(float).mean(axis=2)
        dark = view < (view.min() + view.max()) / 2
        # the large spot stays left of the middle, the small one stays above it
        assert dark[:, :56].sum() > 2 * dark[:, 56:].sum()
        assert dark[:40, 40:].sum() > dark[72:, 40:].sum()
