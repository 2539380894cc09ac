import numpy as np
import pytest

from coinvision.dataset import folds
from coinvision.errors import DatasetError


def test_join_follows_chains() -> None:
    groups = folds.join(6, [(0, 1), (1, 2), (4, 5)])
    assert len(set(groups)) == 3
    assert groups[0] == groups[2] and groups[4] == groups[5] and groups[3] not in groups[[0, 4]]


def test_without_pairs_every_coin_is_its_own_group() -> None:
    assert len(set(folds.join(4, []))) == 4


def test_grouped_folds_never_tear_a_group_and_spread_the_emperors() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(100), 3)
    emperors = list(rng.choice(["Nero", "Titus", "Galba"], 100)[groups])
    assigned = folds.assign(emperors, groups, seed=0)
    for group in range(100):
        assert len(set(assigned[groups == group])) == 1
    for emperor in set(emperors):
        shares = np.bincount(assigned[np.array(emperors) == emperor], minlength=5)
        assert shares.max() - shares.min() <= 6


def test_random_folds_tear_groups_apart() -> None:
    groups = np.repeat(np.arange(20), 10)
    assigned = folds.assign(["Nero", "Titus"] * 100, None, seed=0)
    assert any(len(set(assigned[groups == group])) > 1 for group in range(20))


def test_the_next_fold_validates() -> None:
    fold = np.arange(5)
    assert list(folds.split_of(fold, 0)) == ["test", "validation", "train", "train", "train"]
    assert list(folds.split_of(fold, 4)) == ["validation", "train", "train", "train", "test"]


def test_fewer_training_coins_keep_each_emperors_share_and_are_nested() -> None:
    splits = np.array(["train"] * 100 + ["test"] * 20, dtype=object)
    emperors = ["Nero"] * 80 + ["Titus"] * 15 + ["Otho"] * 5 + ["Nero"] * 20
    smaller = folds.thinned(splits, emperors, 20, seed=1)
    larger = folds.thinned(splits, emperors, 40, seed=1)
    named = np.array(emperors)
    assert [sum((smaller == "train") & (named == e)) for e in ("Nero", "Titus", "Otho")] == [
        16,
        3,
        1,
    ]
    assert (larger[smaller == "train"] == "train").all() and (larger == "train").sum() == 40
    assert (larger[:100] == "unused").sum() == 60 and (larger[100:] == "test").all()
    assert list(smaller) != list(folds.thinned(splits, emperors, 20, seed=2))


@pytest.mark.parametrize("coins", [2, 101])
def test_a_number_of_coins_that_cannot_be(coins: int) -> None:
    splits = np.array(["train"] * 100, dtype=object)
    with pytest.raises(DatasetError, match="expected from 3, one an emperor, to the 100"):
        folds.thinned(splits, ["Nero", "Titus", "Otho", "Nero"] * 25, coins, seed=0)
