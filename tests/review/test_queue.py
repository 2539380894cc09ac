import json
import shutil
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import runs
from coinvision.errors import ReviewError
from coinvision.review import queue

EMPERORS = ["Galba", "Nero", "Titus"]


def table(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["coin_id", "emperor", "p_Galba", "p_Nero", "p_Titus"])
    best = made[["p_Galba", "p_Nero", "p_Titus"]].to_numpy().argmax(axis=1)
    return made.assign(predicted=np.array(EMPERORS, dtype=object)[best])


def test_a_verdict_is_worth_what_the_label_s_probability_leaves() -> None:
    made = queue.ranked(
        table(
            ("a", "Nero", 0.05, 0.9, 0.05),
            ("b", "Nero", 0.9, 0.02, 0.08),
            ("c", "Titus", 0.3, 0.3, 0.4),
            ("d", "Galba", 0.8, 0.1, 0.1),
        ),
        EMPERORS,
    )
    assert list(made["coin_id"]) == ["b", "c", "d", "a"]
    assert list(made["worth"]) == pytest.approx([0.98, 0.6, 0.2, 0.1])
    reasons = made.set_index("coin_id")["reasons"]
    assert queue.MISNAMED in reasons["b"] and reasons["c"] == queue.UNSURE and reasons["a"] == ""


def test_confident_learning_doubts_the_flipped_labels() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(3, size=300)
    probabilities = 0.1 + 0.7 * np.eye(3)[true]
    labels = true.copy()
    flipped = rng.choice(300, 9, replace=False)
    labels[flipped] = (labels[flipped] + 1) % 3
    doubted = queue.doubtful(labels, probabilities)
    assert set(np.flatnonzero(doubted)) == set(flipped)
    # a class that no coin has, as on few coins, changes nothing
    wider = np.hstack([probabilities, np.full((300, 1), 0.001)])
    assert set(np.flatnonzero(queue.doubtful(labels, wider))) == set(flipped)
    assert not queue.doubtful(np.zeros(3, int), np.ones((3, 1))).any()


def test_look_alikes_with_two_labels_come_first() -> None:
    rows = table(("a", "Nero", 0, 1, 0), ("b", "Titus", 0, 0, 1), ("c", "Galba", 0.2, 0.8, 0))
    made = queue.ranked(rows, EMPERORS, alike=[("a", "b"), ("a", "unknown")])
    assert list(made["coin_id"]) == ["a", "b", "c"] and list(made["worth"][:2]) == [1, 1]
    assert list(made["look_alike"]) == ["b", "a", ""]
    assert made["reasons"][0] == queue.ALIKE
    same = queue.ranked(rows.assign(emperor="Nero"), EMPERORS, alike=[("a", "b")])
    assert queue.ALIKE not in "".join(same["reasons"])


def another_fold(run: runs.Run, folder: Path) -> runs.Run:
    """A run of fold 1 that tested what this one validated."""
    made = runs.open_run(shutil.copytree(run.folder, folder / "fold1"))
    predictions = made.table(runs.PREDICTIONS)
    swapped = predictions["split"].map({"test": "validation", "validation": "test"})
    runs.keep_table(made, runs.PREDICTIONS, predictions.assign(split=swapped))
    runs.describe(made, fold=1)
    return made


def test_each_coin_is_judged_by_the_run_that_tested_it(run: runs.Run, tmp_path: Path) -> None:
    other = another_fold(run, tmp_path)
    own = run.table(runs.PREDICTIONS)
    alone = queue.of_runs([run])
    assert set(alone["coin_id"]) == set(own["coin_id"]) and set(alone["run"]) == {run.name}
    both = queue.of_runs([run, other]).set_index("coin_id")
    tested = own.set_index("coin_id")["split"] == "test"
    assert (both.loc[tested.index, "run"] == np.where(tested, run.name, other.name)).all()
    assert queue.siblings(run, [other, run]) == [run, other]
    runs.describe(other, seed=7)
    assert queue.siblings(run, [other, run]) == [run]


def test_predictions_of_other_coins_are_refused(run: runs.Run, tmp_path: Path) -> None:
    other = another_fold(run, tmp_path)
    runs.keep_table(other, runs.COINS, other.table(runs.COINS)[:5])
    with pytest.raises(ReviewError, match="does not fit the run"):
        queue.of_runs([other])


def test_pairs_that_preparing_found_are_used(run: runs.Run, tmp_path: Path) -> None:
    other = another_fold(run, tmp_path)
    table = other.table(runs.PREDICTIONS)
    a = table["coin_id"][0]
    b = table.loc[table["emperor"] != table["emperor"][0], "coin_id"].iloc[0]
    facts = json.loads((other.folder / runs.DATASET).read_text())
    runs.keep_json(other, runs.DATASET, {**facts, "alike": [[a, b]]})
    assert set(queue.of_runs([other])["coin_id"][:2]) == {a, b}


def test_fifty_thousand_coins_are_ranked_in_under_a_second() -> None:
    rng = np.random.default_rng(0)
    emperors = [f"E{i:02d}" for i in range(12)]
    labels = rng.integers(12, size=50_000)
    made = pd.DataFrame(rng.dirichlet(np.ones(12), 50_000), columns=[f"p_{e}" for e in emperors])
    made["coin_id"] = [f"c{i}" for i in range(50_000)]
    made["emperor"] = np.array(emperors, dtype=object)[labels]
    made["predicted"] = made["emperor"]
    queue.ranked(made[:100], emperors)  # cleanlab is imported once
    started = time.perf_counter()
    assert len(queue.ranked(made, emperors)) == 50_000
    assert time.perf_counter() - started < 1
