import numpy as np
import pytest

from coinvision.review import measuring


def test_so_many_labels_are_flipped_each_to_another() -> None:
    labels = np.arange(1000) % 4
    flipped = measuring.flip(labels, 0.03, 4, seed=1)
    assert (flipped != labels).sum() == 30 and set(flipped) <= set(range(4))
    assert (measuring.flip(labels, 0.03, 4, seed=1) == flipped).all()
    assert (measuring.flip(labels, 0.03, 4, seed=2) != flipped).any()


def test_planted_flips_come_first_where_classes_are_plain() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(3, size=600)
    features = np.abs(np.eye(3)[labels] + rng.normal(0, 0.1, (600, 3)))
    folds = np.arange(600) % 5
    flipped = measuring.flip(labels, 0.03, 3, seed=0)
    judge = measuring.OutOfFold(features, folds)
    place = measuring.places(flipped, judge.probabilities(flipped, 3))
    assert sorted(place) == list(range(600))
    assert measuring.found_early(place, flipped != labels, 0.03) == 1
    assert measuring.found_early(place, flipped != labels, 0.015) == pytest.approx(0.5)


def test_a_coin_is_asked_of_a_model_that_never_saw_it() -> None:
    # the feature is a coin's own number: who learned from a coin would know its random label
    rng = np.random.default_rng(0)
    labels, folds = rng.integers(2, size=200), np.arange(200) % 5
    probabilities = measuring.OutOfFold(np.eye(200), folds).probabilities(labels, 2)
    assert abs((probabilities.argmax(axis=1) == labels).mean() - 0.5) < 0.12
