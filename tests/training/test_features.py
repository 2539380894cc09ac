from pathlib import Path

import keras
import numpy as np
import pytest

from coinvision.photos.augmentation import augment
from coinvision.training.features import PLAIN, FeatureStore, key_of


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    photographs = keras.Input((8, 8, 3))
    stem = keras.Model(photographs, keras.layers.AveragePooling2D(4)(photographs))
    crops = np.random.default_rng(0).integers(0, 255, (5, 10, 10, 3)).astype(np.uint8)
    return FeatureStore(tmp_path, stem, 8, crops, np.array([7, 1, 4, 2, 9]), 10, augment)


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
        tmp_path / "other", store.stem, 8, store.crops, store.places, store.num_coins, augment
    )
    assert (other.view(3, np.arange(5))[1] == alone).all()


def test_views_differ_from_each_other(store: FeatureStore) -> None:
    which = np.arange(5)
    assert (store.view(0, which) != store.view(1, which)).any()


def test_what_is_there_is_counted_and_computing_is_timed(store: FeatureStore) -> None:
    which = np.arange(5)
    assert store.ready(0, which) == 0 and store.seconds == 0
    store.view(0, which[:2])
    spent = store.seconds
    assert store.ready(0, which) == 2 and store.ready(1, which) == 0 and spent > 0
    store.view(0, which[:2])
    assert store.seconds == spent


def test_views_are_told_apart_by_input_and_by_way() -> None:
    keys = {key_of(input=i, augmentation=v) for i in ("color", "jittered") for v in (1, "2020-1")}
    assert len(keys) == 4
