import keras
import numpy as np
import pytest

from coinvision import explanation


def asked(name: str, model: keras.Model, pictures: np.ndarray, wanted: int = 0) -> np.ndarray:
    return explanation.get(name)(model, "features", pictures, np.full(len(pictures), wanted))


@pytest.mark.parametrize("name", explanation.CONTROLS)
def test_a_control_knows_nothing_of_the_network(
    name: str, bright_or_dark: keras.Model, noisy_coins: np.ndarray
) -> None:
    maps = asked(name, bright_or_dark, noisy_coins)
    assert maps.shape == (3, 28, 28) and maps.dtype == np.float32 and maps.min() >= 0
    other = keras.models.clone_model(bright_or_dark)
    assert np.array_equal(maps, asked(name, other, noisy_coins, wanted=1))


@pytest.mark.parametrize("name", ["random", "blurred-random", "edges"])
def test_another_picture_has_another_map(
    name: str, bright_or_dark: keras.Model, noisy_coins: np.ndarray
) -> None:
    first, second, _ = asked(name, bright_or_dark, noisy_coins)
    assert not np.array_equal(first, second)


def test_blurred_random_is_as_coarse_as_the_layer(
    bright_or_dark: keras.Model, noisy_coins: np.ndarray
) -> None:
    def alike(maps: np.ndarray) -> float:
        """Correlation of places side by side."""
        return float(np.corrcoef(maps[:, :, :-1].ravel(), maps[:, :, 1:].ravel())[0, 1])

    assert abs(alike(asked("random", bright_or_dark, noisy_coins))) < 0.1
    assert alike(asked("blurred-random", bright_or_dark, noisy_coins)) > 0.8  # of 8 x 8


def test_the_center_is_highest_in_the_middle(
    bright_or_dark: keras.Model, noisy_coins: np.ndarray
) -> None:
    bell = asked("center", bright_or_dark, noisy_coins)[0]
    assert bell.argmax() in (13 * 28 + 13, 13 * 28 + 14, 14 * 28 + 13, 14 * 28 + 14)
    assert np.allclose(bell, bell[::-1]) and np.allclose(bell, bell.T)
    # two standard deviations away
    assert bell[0, 13] / bell[13, 13] == pytest.approx(np.exp(-0.5 * (13.5 / 7) ** 2), rel=0.01)


def test_edges_lie_where_the_photograph_changes(bright_or_dark: keras.Model) -> None:
    picture = np.zeros((1, 56, 56, 3), np.uint8)
    picture[:, :, 28:] = 255
    steep = asked("edges", bright_or_dark, picture)[0]
    assert set(np.flatnonzero(steep.sum(axis=0))) == {13, 14}
