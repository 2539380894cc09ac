from pathlib import Path

import keras
import numpy as np
import pytest

from coinvision.training.features import PLAIN, FeatureStore


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    photographs = keras.Input((8, 8, 3))
    stem = keras.Model(photographs, keras.layers.AveragePooling2D(4)(photographs))
    crops = np.random.default_rng(0).integers(0, 255, (5, 10, 10, 3)).astype(np.uint8)
    return FeatureStore(tmp_path, stem, 8, crops, np.array([7, 1, 4, 2, 9]), 10)


def test_rows_lie_at_the_coins_places_and_others_stay_empty(store: FeatureStore) -> None:
    values = store.view(PLAIN, np.array([0, 2]))
    assert values.shape == (10, 2, 2, 3) and values.dtype == np.float16
    assert (values[[7, 4]] != 0).all() and (values[[1, 2, 9, 0]] == 0).all()


def test_later_coins_are_added_and_earlier_ones_not_computed_again(store: FeatureStore) -> None:
    first = store.view(0, np.array([0, 1])).copy()
    store.crops[0] = 0  # would change the row if it were computed again
    second = store.view(0, np.array([0, 1, 3]))
    assert (second[[7, 1]] == first[[7, 1]]).all() and (second[2] != 0).any()


def test_a_view_is_the_same_in_any_company(store: FeatureStore, tmp_path: Path) -> None:
    alone = store.view(3, np.array([1]))[1].copy()
    other = FeatureStore(
        tmp_path / "other", store.stem, 8, store.crops, store.places, store.num_coins
    )
    assert (other.view(3, np.arange(5))[1] == alone).all()


def test_views_differ_from_each_other(store: FeatureStore) -> None:
    which = np.arange(5)
    assert (store.view(0, which) != store.view(1, which)).any()
