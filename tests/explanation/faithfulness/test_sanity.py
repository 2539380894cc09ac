from collections.abc import Callable

import keras
import numpy as np
import pytest
from square import COINS

from coinvision.explanation.faithfulness.randomizing import cascade, randomized, weighted
from coinvision.explanation.faithfulness.sanity import Sanity, two_way
from coinvision.explanation.faithfulness.similarity import similarity


def of_features(model: keras.Model, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Maps by the network's own weights and the class: each place's part of the logit."""
    last = keras.Model(model.input, model.get_layer("norm").output)
    features = keras.ops.convert_to_numpy(last(pictures.astype(np.float32)))
    kernel = model.get_layer("logits").get_weights()[0]
    weights = kernel.T.reshape(-1, *features.shape[1:])[classes]
    return (features * weights).sum(axis=-1)


def of_edges(model: keras.Model, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Maps of the photograph alone."""
    return np.abs(np.diff(pictures.astype(float).mean(axis=-1), axis=1))


def checked(maps_of: Callable, model: keras.Model, pictures: np.ndarray) -> Sanity:
    classes, groups = np.zeros(COINS, int), np.arange(COINS) // 2
    trained = maps_of(model, pictures, classes)
    return Sanity(model, maps_of, trained, pictures, classes, groups, networks=3)


def test_spearman_by_hand() -> None:
    one = np.array([[[1.0, 2.0], [3.0, 4.0]]])
    assert similarity(one, one**3)[0] == pytest.approx(1)
    assert similarity(one, -one)[0] == pytest.approx(-1)
    # ranks 1 2 3 4 against 2 1 4 3: 1 - 6 * 4 / (4 * 15)
    assert similarity(one, np.array([[[2.0, 1.0], [4.0, 3.0]]]))[0] == pytest.approx(0.6)
    assert np.isnan(similarity(one, np.ones((1, 2, 2)))[0])


def test_the_given_network_keeps_its_weights(model: keras.Model) -> None:
    before = [weight.copy() for weight in model.get_weights()]
    for _ in cascade(model, 0):
        pass
    first = [
        next(w for w in copy.get_weights() if w.ndim > 1).copy()
        for copy in randomized(model, [1, 2])
    ]
    assert not np.allclose(*first) and not np.allclose(first[0], before[0])
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), before, strict=True))


def test_the_cascade_begins_at_the_logits(model: keras.Model) -> None:
    changed = []
    for name, copy in cascade(model, 0):
        pairs = zip(weighted(model), weighted(copy), strict=True)
        same = [np.array_equal(a.get_weights()[0], b.get_weights()[0]) for a, b in pairs]
        changed.append((name, same))
    assert [name for name, _ in changed] == ["logits", "norm", "features", "first"]
    assert changed[0][1] == [True, True, True, False] and not changed[-1][1][0]


def test_the_same_weights_give_similarity_one(model: keras.Model, pictures: np.ndarray) -> None:
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    trained, again = (of_features(m, pictures, np.zeros(COINS, int)) for m in (model, copy))
    assert np.allclose(similarity(trained, again), 1)


def test_maps_of_what_was_learned_do_not_survive_random_weights(
    model: keras.Model, pictures: np.ndarray
) -> None:
    found = checked(of_features, model, pictures)
    random = found.random_networks()
    assert random["trained"].high < 0.7 and random["difference"].low <= 0
    assert next(name for name, _ in found.cascade()) == "logits"
    assert found.other_class().high < 0.7


def test_maps_of_the_photograph_alone_stay_what_they_are(
    model: keras.Model, pictures: np.ndarray
) -> None:
    found = checked(of_edges, model, pictures)
    random = found.random_networks()
    assert random["trained"].value == pytest.approx(1) == random["each_other"].value
    assert random["difference"].low <= 0  # which is why the badge asks for more than that
    assert found.other_class().value == pytest.approx(1)


def test_the_interval_holds_chance_of_networks_and_of_coins() -> None:
    groups = np.arange(8)
    by_network = two_way(np.repeat([[0.0], [1.0]], 8, axis=1), groups)
    by_coin = two_way(np.repeat([[0.0, 1.0] * 4], 2, axis=0), groups)
    assert (by_network.value, by_network.low, by_network.high) == (0.5, 0, 1)
    assert by_coin.value == 0.5 and 0 < by_coin.low < 0.4
    holes = two_way(np.array([[1.0, np.nan], [3.0, np.nan]]), np.arange(2))
    assert (holes.value, holes.n) == (2, 1)
