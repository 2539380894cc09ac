"""Whether what an experiment holds is whole: its coins, and a cell's answers.

check_answers(table, emperors, coins_of_the_fold, temperature)     # ValueError says what is wrong

A table that was cut off or belongs elsewhere would still give figures, of other coins.
"""

import math

import numpy as np
import pandas as pd

SUM = 0.01  # how far rounded probabilities may add up beside 1
RECORDS = ("emperor", "group", "fold", "material", "picture_sha256")


def check_answers(
    table: pd.DataFrame, emperors: list[str], coins: pd.Index, temperature: float | None
) -> None:
    """Refuse answers that are not those of one classifier about all test coins of one fold.

    Args:
        table: indexed by coin_id, with `predicted` and a column p_EMPEROR for each emperor.
        emperors: all that can be named.
        coins: the fold's.
        temperature: that calibrates the answers, if there is one.

    Raises:
        ValueError: coins missing, double or of another fold; no probabilities; an emperor who is
            not the most probable; no temperature that can be.
        KeyError: a column is missing.
    """
    if not table.index.is_unique or set(table.index) != set(coins):
        raise ValueError(f"{len(table)} rows are not the {len(coins)} coins of its fold")
    shares = table[[f"p_{name}" for name in emperors]].to_numpy(dtype=float)
    sums = shares.sum(axis=1)
    if not ((shares >= 0) & (shares <= 1)).all() or (abs(sums - 1) > SUM).any():
        raise ValueError("its probabilities are none")
    places = pd.Index(emperors).get_indexer(table["predicted"])
    named = shares[np.arange(len(shares)), places]
    if (places < 0).any() or (named < shares.max(axis=1)).any():
        raise ValueError("who it names is not the most probable")
    if temperature is not None and not 0 < temperature < math.inf:
        raise ValueError(f"a temperature of {temperature} cannot be")


def check_coins(coins: pd.DataFrame, emperors: list[str]) -> None:
    """Refuse coins of which something is missing, double or unknown.

    Args:
        coins: indexed by coin_id.
        emperors: all that can be named.

    Raises:
        ValueError: as said.
    """
    if lacking := [name for name in RECORDS if name not in coins]:
        raise ValueError(f"its coins have no column {', '.join(lacking)}")
    if not coins.index.is_unique:
        raise ValueError("a coin_id stands twice")
    if unknown := sorted(set(coins["emperor"].map(str)) - set(emperors)):
        raise ValueError(f"{unknown[0]} is none of its emperors")
