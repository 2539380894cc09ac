"""Answers are those of all coins asked about, and name the most probable emperor."""

from collections.abc import Callable

import pandas as pd
import pytest

from coinvision.evaluation.wholeness import check_answers

EMPERORS = ["Nero", "Otho"]
COINS = pd.Index(["a", "b"])


def answers() -> pd.DataFrame:
    shares = {"p_Nero": [0.7, 0.5], "p_Otho": [0.3, 0.5]}
    return pd.DataFrame({"predicted": ["Nero", "Otho"], **shares}, index=COINS)


def test_whole_answers_pass_in_any_order_and_with_rounded_ties() -> None:
    check_answers(answers(), EMPERORS, COINS[::-1])
    check_answers(answers().assign(p_Otho=[0.3001, 0.5]), EMPERORS, COINS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.head(1), "its 1 rows are not the 2 coins"),
        (lambda table: table.rename({"b": "c"}), "are not the 2 coins"),
        (lambda table: pd.concat([table, table]), "its 4 rows"),
        (lambda table: table.assign(predicted="Otho"), "not the most probable"),
        (lambda table: table.assign(predicted="Galba"), "not the most probable"),
        (lambda table: table.assign(p_Otho=[0.4, 0.5]), "its probabilities are none"),
        (lambda table: table.assign(p_Nero=[None, 0.5]), "its probabilities are none"),
    ],
)
def test_others_are_refused(change: Callable[[pd.DataFrame], pd.DataFrame], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_answers(change(answers()), EMPERORS, COINS)
