import numpy as np
import pytest
from keras.src.trainers.data_adapters.py_dataset_adapter import PyDatasetAdapter

from coinvision.photos import training_view
from coinvision.training.sources import MOST_ROUNDS, Coins, Photographs

PLAIN, RANDOM_COLORS = (training_view("careful", name) for name in ("color", "jittered"))


def coins(count: int, *, least_batches: int = 1, seed: int = 0) -> Coins:
    return Coins(
        train=np.arange(count),
        validation=np.arange(count, count + 4),
        targets=np.eye(count + 4, dtype=np.float32),
        weights=np.ones(count + 4, np.float32),
        batch_size=4,
        seed=seed,
        least_batches=least_batches,
    )


def crops(count: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, 20, 20, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("count", "least_batches", "rounds"), [(40, 10, 1), (20, 10, 2), (16, 10, 2), (4, 100, 4)]
)
def test_few_coins_are_gone_through_several_times(
    count: int, least_batches: int, rounds: int
) -> None:
    plan = coins(count, least_batches=least_batches)
    assert list(plan.rounds(0)) == list(range(rounds)) and rounds <= MOST_ROUNDS
    assert list(plan.rounds(3)) == list(range(3 * rounds, 4 * rounds))


def test_each_round_shows_every_coin_once_newly_augmented() -> None:
    source = Photographs(coins(10, least_batches=5), crops(14), 16, PLAIN)
    batches = source.batches(0)
    shown = [batches[i] for i in range(len(batches))]
    assert len(shown) == 6  # two rounds of three batches
    seen = np.concatenate([targets.argmax(axis=1) for _, targets, _ in shown])
    assert sorted(seen[:10]) == sorted(seen[10:]) == list(range(10))
    views = np.concatenate([inputs for inputs, _, _ in shown])
    again = views[10:][list(seen[10:]).index(seen[0])]
    assert not np.array_equal(views[0], again)


def test_an_epoch_is_the_same_whenever_it_is_asked_for() -> None:
    one, other = (
        Photographs(coins(10, seed=3), crops(14), 16, PLAIN).batches(5)[1] for _ in range(2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    another = Photographs(coins(10, seed=4), crops(14), 16, PLAIN).batches(5)[1]
    assert not np.array_equal(one[0], another[0])


def test_threads_hand_on_batches_in_order_and_no_tuner_keeps_an_epoch_from_ending() -> None:
    batches = Photographs(coins(30), crops(34), 16, PLAIN).batches(0)
    fed = PyDatasetAdapter(batches).get_tf_dataset()
    assert fed.options().autotune.enabled is False
    given = [targets for _, targets, _ in fed.as_numpy_iterator()]
    assert len(given) == len(batches)
    assert all(np.array_equal(targets, batches[i][1]) for i, targets in enumerate(given))


def test_an_inputs_own_change_is_made_in_training_alone() -> None:
    plain, random = (Photographs(coins(10), crops(14), 16, view) for view in (PLAIN, RANDOM_COLORS))
    assert np.array_equal(plain.validation()[0][0], random.validation()[0][0])
    assert not np.array_equal(plain.batches(0)[0][0], random.batches(0)[0][0])
    assert plain.found(0) == 0 and plain.seconds() == 0
