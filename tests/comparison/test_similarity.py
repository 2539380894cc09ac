import numpy as np
import pandas as pd
import pytest
from handmade import Make
from scipy.stats import spearmanr

from coinvision.comparison.similarity import correlations, similarity
from coinvision.errors import RunError

RISING = np.arange(9.0).reshape(3, 3)


def test_ranks_are_what_counts() -> None:
    other = np.random.default_rng(1).random((3, 3))
    found = correlations(
        {"same": RISING, "opposite": RISING, "other": RISING, "empty": RISING, "alone": RISING},
        {"same": RISING**3, "opposite": -RISING, "other": other, "empty": np.zeros((3, 3))},
    )
    assert found["same"] == pytest.approx(1) and found["opposite"] == pytest.approx(-1)
    assert found["other"] == pytest.approx(spearmanr(RISING.ravel(), other.ravel()).statistic)
    assert set(found.index) == {"same", "opposite", "other"}  # no ranks, or no pair
    assert correlations({}, {"a": RISING}).empty


def test_other_grids_are_refused() -> None:
    with pytest.raises(RunError, match="3 x 3 and 2 x 2"):
        correlations({"a": RISING}, {"a": np.zeros((2, 2))})


def test_maps_that_turn_round_lie_beyond_the_noise(made: Make, maps: np.ndarray) -> None:
    color, gray = made("color", [], maps), made("gray", [], 1 - maps)
    alone = similarity(color, gray)
    assert alone.pair.value == pytest.approx(-1) and alone.pair.n == len(maps)
    assert abs(alone.strangers.value or 0) < 0.5
    assert alone.floor is None and "no noise floor: give --noise RUN" in alone.sentence
    noise = made("noise", [], np.sqrt(maps))
    found = similarity(color, gray, [noise])
    assert found.floor is not None and found.floor.value == pytest.approx(1, abs=0.01)
    assert found.beyond is not None and found.beyond.low == pytest.approx(2, abs=0.05)
    assert "look at other places more than two trainings" in found.sentence
    swapped = similarity(color, noise, [gray])
    assert "look at the same places more than" in swapped.sentence


def test_runs_as_alike_as_two_trainings_cannot_be_told_apart(made: Make, maps: np.ndarray) -> None:
    rng = np.random.default_rng(2)
    noisy = [(maps + rng.random(maps.shape)).astype(np.float16) for _ in range(2)]
    found = similarity(
        made("color", [], maps), made("gray", [], noisy[0]), [made("n", [], noisy[1])]
    )
    assert found.beyond is not None and found.beyond.low < 0 < found.beyond.high
    assert "no more different than two trainings in color" in found.sentence


def test_a_coin_without_evidence_is_left_out(made: Make, maps: np.ndarray) -> None:
    empty = maps.copy()
    empty[0] = 0
    found = similarity(made("color", [], maps), made("gray", [], empty))
    assert found.pair.n == len(maps) - 1 and isinstance(found.sentence, str)
    assert not pd.isna(found.pair.low)
