import numpy as np
import pandas as pd
import pytest
from saying import Say
from sklearn.metrics import cohen_kappa_score

from coinvision.review.agreement import agreement, by_pair, judged_twice, kappa
from coinvision.review.state import Entry, states


def twice(first: list[str], second: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"first": "Anna", "first_answer": first, "second": "Ben", "second_answer": second}
    )


def test_kappa_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreed 0.7, by chance 0.5
    assert kappa(np.array([[20, 5], [10, 15]])) == pytest.approx(0.4)
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = agreement(twice(first, second))
    assert found.kappa.value == pytest.approx(0.4) and found.raw.value == pytest.approx(0.7)
    assert found.kappa.low < 0.4 < found.kappa.high and found.kappa.n == 50


def test_kappa_is_scikit_learn_s() -> None:
    rng = np.random.default_rng(0)
    for classes in (2, 5, 9):
        first = rng.integers(classes, size=80)
        second = np.where(rng.random(80) < 0.6, first, rng.integers(classes, size=80))
        found = agreement(twice(list(map(str, first)), list(map(str, second))))
        assert found.kappa.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)


def test_where_chance_alone_would_agree_there_is_no_kappa() -> None:
    found = agreement(twice(["worn"] * 4, ["worn"] * 4))
    assert found.raw.value == 1 and found.kappa.value is None
    assert agreement(twice([], [])).raw.n == 0


def test_who_agrees_with_whom_whoever_was_first(say: Say) -> None:
    said = [
        say("Anna", "c1"), say("Ben", "c1"),
        say("Ben", "c2", "label_wrong", "Titus"), say("Anna", "c2", "label_wrong", "Galba"),
        say("Anna", "c3", "worn"), say("Cleo", "c3", "worn"),
        say("Anna", "c4"),
    ]  # fmt: skip
    log = [Entry(i, "2026", one) for i, one in enumerate(said, start=1)]
    found = judged_twice(states(log, {f"c{i}": "Nero" for i in range(1, 5)}, "d", 1.0))
    assert list(found["coin_id"]) == ["c1", "c2", "c3"]
    assert list(found["state"]) == ["settled", "disputed", "settled"]
    assert found["first_answer"][1] == "Label wrong: Titus"
    pairs = by_pair(found)
    assert pairs["Anna", "Ben"].raw.value == 0.5 and pairs["Anna", "Ben"].raw.n == 2
    assert pairs["Anna", "Cleo"].raw.value == 1
