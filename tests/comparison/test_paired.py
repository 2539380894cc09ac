import numpy as np
import pytest

from coinvision.comparison.paired import compare, sign_test

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


def test_no_change_on_few_coins_is_no_proof_of_none() -> None:
    pair = compare(FIRST, FIRST, np.arange(8))
    assert pair.difference.value == 0 and pair.p_value == 1 and pair.tie
    # if 37 of 100 such coins changed, none of 8 would with 2.5 %
    assert pair.difference.high == pytest.approx(0.3694, abs=1e-4)
    assert pair.difference.low == -pair.difference.high
    assert (1 - pair.difference.high) ** 8 == pytest.approx(0.025)
    in_two_groups = compare(FIRST, FIRST, np.arange(8) // 4)
    assert in_two_groups.difference.high == pytest.approx(1 - 0.025**0.5)


def test_coins_of_a_group_change_their_signs_together() -> None:
    gains = np.array([1, 1, 1, 1, 1, 1, 0, 0])
    # each coin alone, as McNemar's: all of six fair coins on one side or the other
    assert sign_test(gains, np.arange(8)) == pytest.approx(2 / 64)
    # three groups, of 2, 2 and 2
    assert sign_test(gains, np.arange(8) // 2) == pytest.approx(2 / 8)
    # groups of 3 and -1 sum to 2; so far from 0 are 4, 2, -2 and -4, all that can be
    mixed = np.array([1, 1, 1, -1])
    assert sign_test(mixed, np.array([0, 0, 0, 1])) == 1
    assert sign_test(np.zeros(4, int), np.arange(4)) == 1
