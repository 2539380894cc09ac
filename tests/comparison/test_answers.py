import numpy as np
import pandas as pd
import pytest

from coinvision.comparison.answers import by_emperor, gain


def answers(right: dict[str, bool], emperor: str = "Nero") -> pd.DataFrame:
    """Coins of one emperor, each a group of its own."""
    table = pd.DataFrame({"right": pd.Series(right)})
    return table.assign(emperor=emperor, group=range(len(table)))


def test_only_coins_that_both_were_asked_count() -> None:
    first = answers({"a": True, "b": True, "c": False})
    second = answers({"b": False, "c": False, "d": True})
    pair = gain(first, second)
    assert pair.difference.n == 2 and pair.difference.value == 0.5
    with pytest.raises(ValueError, match="no coin"):
        gain(first, second.loc[["d"]])


def test_each_emperor_by_hand() -> None:
    names = {"Nero": 6, "Galba": 2}
    first = pd.concat(
        answers({f"{who}{i}": True for i in range(n)}, who) for who, n in names.items()
    )
    second = first.assign(right=[False] * 6 + [True, False])
    table = by_emperor(first, second).set_index("emperor")
    assert list(table.loc["Nero", ["first", "second", "n", "value"]]) == [1, 0, 6, 1]
    assert list(table.loc["Galba", ["first", "second", "n", "value"]]) == [1, 0.5, 2, 0.5]
    # 6 of 6 fair coins on one side or the other; Holm doubles the smaller
    assert table.loc["Nero", "p_value"] == pytest.approx(2 / 64)
    assert table.loc["Nero", "corrected"] == pytest.approx(4 / 64)
    assert table.loc["Galba", "corrected"] == 1


def test_without_common_coins_there_are_no_emperors() -> None:
    table = by_emperor(answers({"a": True}), answers({"b": True}))
    assert table.empty and "corrected" in table


def test_coins_of_a_group_change_their_signs_together() -> None:
    first = answers({f"c{i}": True for i in range(8)}).assign(group=np.arange(8) // 2)
    second = first.assign(right=False)
    # four groups on one side or the other, not eight coins
    assert by_emperor(first, second)["p_value"].item() == pytest.approx(2 / 16)
