import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics

from coinvision import intervals
from coinvision.evaluation.metrics import all_metrics, balanced_accuracy, f1, macro_f1

EMPERORS = ["Galba", "Nero", "Titus"]


def example(n: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, n)
    predicted = np.where(rng.random(n) < 0.7, labels, rng.integers(0, 3, n))
    return labels, predicted, np.arange(n) // 2


def test_ten_coins_by_hand() -> None:
    #          Galba  Nero  Titus
    # Galba      3     1      0
    # Nero       0     2      1
    # Titus      1     0      2
    labels = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    predicted = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 0])
    found = all_metrics(labels, predicted, np.arange(10), EMPERORS)
    assert found["n"] == 10 and found["confusion"] == [[3, 1, 0], [0, 2, 1], [1, 0, 2]]
    assert found["accuracy"]["value"] == 0.7
    galba = found["emperors"]["Galba"]
    assert galba["n"] == 4
    assert galba["recall"]["value"] == 0.75 and galba["precision"]["value"] == 0.75
    assert found["emperors"]["Nero"]["f1"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["balanced_accuracy"]["value"] == pytest.approx(
        (0.75 + 2 / 3 + 2 / 3) / 3, abs=1e-4
    )


def test_figures_equal_those_of_scikit_learn() -> None:
    labels, predicted, _ = example()
    confusion = sklearn_metrics.confusion_matrix(labels, predicted)
    expected = sklearn_metrics.precision_recall_fscore_support(labels, predicted)
    assert np.allclose(f1(confusion), expected[2])
    assert np.isclose(
        macro_f1(confusion), sklearn_metrics.f1_score(labels, predicted, average="macro")
    )
    assert np.isclose(
        balanced_accuracy(confusion), sklearn_metrics.balanced_accuracy_score(labels, predicted)
    )


def test_wilsons_interval_of_a_textbook_example() -> None:
    # 15 of 20: Wilson's 95 % interval is 0.531 to 0.888 (Newcombe 1998, method 3)
    figure = intervals.proportion(15, 20)
    assert (round(figure.low, 3), round(figure.high, 3)) == (0.531, 0.888)  # type: ignore[arg-type]


def test_coins_in_groups_tell_as_much_as_fewer_independent_ones() -> None:
    right = np.arange(20) < 15
    alone = intervals.share(right, np.arange(20))
    assert (alone.low, alone.high) == pytest.approx(bounds(intervals.proportion(15, 20)))
    # each coin twice, in a group of its own: 40 coins tell as much as 20, times 39 / 38 for being
    # counted from 20 groups
    twice = intervals.share(np.repeat(right, 2), np.repeat(np.arange(20), 2))
    assert twice.n == 40 and (twice.low, twice.high) == pytest.approx(bounds(alone), abs=5e-3)
    # a group of coins that differ as independent ones do costs nothing
    mixed = intervals.share(right, np.repeat(np.arange(5), 4)[np.argsort(np.arange(20) % 4)])
    assert mixed.n == 20 and mixed.high - mixed.low <= alone.high - alone.low + 1e-9
    # by hand: variance over two groups 0.25, of independent coins 0.25 / 3, so 4 coins are 4 / 3
    pair = intervals.share(np.array([1, 1, 0, 0]), np.array([0, 0, 1, 1]))
    assert bounds(pair) == pytest.approx((0.0692, 0.9308), abs=1e-4)
    # nothing varies: each of two groups counts as one coin
    assert bounds(intervals.share(np.ones(20, bool), np.arange(20) // 10)) == pytest.approx(
        bounds(intervals.proportion(2, 2))
    )


def bounds(figure: intervals.Figure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


def test_an_emperor_without_coins_has_no_figures() -> None:
    found = all_metrics(np.array([0, 1]), np.array([0, 1]), np.arange(2), EMPERORS)
    assert found["emperors"]["Titus"]["recall"] == {
        "value": None, "low": None, "high": None, "n": 0,
    }  # fmt: skip
    assert found["macro_f1"]["value"] == 1.0


def test_resampled_groups_keep_the_coins_of_a_group_together() -> None:
    labels, predicted, groups = example(60)
    resamples = intervals.resampled_confusions(labels, predicted, groups, 3)
    # every group has two coins, so every resample has as many coins as there are
    assert (resamples.sum(axis=(1, 2)) == 60).all()
    assert np.allclose(resamples.mean(axis=0), sklearn_metrics.confusion_matrix(labels, predicted),
                       atol=1.0)  # fmt: skip


def test_correlated_coins_widen_the_interval() -> None:
    labels, predicted, _ = example(400)
    order = np.argsort(labels == predicted)
    labels, predicted = labels[order], predicted[order]
    alone = all_metrics(labels, predicted, np.arange(400), EMPERORS)["balanced_accuracy"]
    joined = all_metrics(labels, predicted, np.arange(400) // 20, EMPERORS)["balanced_accuracy"]
    assert joined["high"] - joined["low"] > 1.5 * (alone["high"] - alone["low"])


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(200):
        right = rng.random(150) < 0.8
        labels = rng.integers(0, 2, 150)
        predicted = np.where(right, labels, 1 - labels)
        figure = all_metrics(labels, predicted, np.arange(150), EMPERORS[:2])["macro_f1"]
        hits += figure["low"] <= 0.8 <= figure["high"]
    assert 0.90 <= hits / 200 <= 0.99
