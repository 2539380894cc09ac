import shutil
from pathlib import Path

import numpy as np
import pytest

from coinvision import runs
from coinvision.comparison import paired
from coinvision.comparison.paired import compare
from coinvision.errors import RunError

FIRST = np.array([1, 1, 1, 0, 0, 0, 1, 0])
SECOND = np.array([1, 0, 1, 1, 1, 0, 1, 1])


def test_a_comparison_counts_who_alone_was_right() -> None:
    pair = compare(FIRST, SECOND, np.arange(8))
    assert (pair.only_first, pair.only_second) == (1, 3)
    assert pair.difference.value == pytest.approx(2 / 8) and pair.difference.n == 8
    # McNemar, exact: 1 or fewer, or 3 or more, of 4 fair coins: (1 + 4 + 4 + 1) / 16
    assert pair.p_value == pytest.approx(10 / 16)
    assert pair.tie


def test_groups_that_agree_widen_the_interval() -> None:
    first, second = np.zeros(400, int), (np.arange(400) % 10 < 3).astype(int)
    alone = compare(first, second, np.arange(400)).difference
    in_ten_groups = compare(first, np.repeat(second[:10], 40), np.repeat(np.arange(10), 40))
    assert alone.low == pytest.approx(0.3 - 1.96 * np.sqrt(0.21 / 400), abs=0.01)
    together = in_ten_groups.difference
    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_equal_answers_differ_by_nothing() -> None:
    pair = compare(FIRST, FIRST, np.arange(8))
    assert (pair.difference.low, pair.difference.high, pair.p_value) == (0, 0, 1)


def test_a_run_ties_with_itself(run: runs.Run) -> None:
    pair = paired(run, run)
    assert pair.tie and pair.difference.value == 0


def test_runs_on_other_coins_are_refused(run: runs.Run, tmp_path: Path) -> None:
    other = runs.open_run(shutil.copytree(run.folder, tmp_path / "other"))
    table = other.table(runs.PREDICTIONS)
    runs.keep_table(other, runs.PREDICTIONS, table[table["split"] != "test"])
    with pytest.raises(RunError, match="different coins"):
        paired(run, other)
