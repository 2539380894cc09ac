"""Whether answers are whole: of these coins, with probabilities, naming the most probable.

check_answers(table, emperors, coins)     # ValueError says what is wrong

A table that was cut off or belongs elsewhere would still give figures, of other coins.
"""

import numpy as np
import pandas as pd

SUM = 0.01  # how far rounded probabilities may add up beside 1


def check_answers(table: pd.DataFrame, emperors: list[str], coins: pd.Index) -> None:
    """Refuse answers that are not those of one classifier about all of some coins.

    Args:
        table: indexed by coin_id, with `predicted` and a column p_EMPEROR for each emperor.
        emperors: all that can be named.
        coins: that were asked about.

    Raises:
        ValueError: coins missing, double or others; no probabilities; an emperor who is not the
            most probable.
        KeyError: a column is missing.
    """
    if not table.index.is_unique or set(table.index) != set(coins):
        raise ValueError(f"its {len(table)} rows are not the {len(coins)} coins asked about")
    shares = table[[f"p_{name}" for name in emperors]].to_numpy(dtype=float)
    sums = shares.sum(axis=1)
    if not ((shares >= 0) & (shares <= 1)).all() or (abs(sums - 1) > SUM).any():
        raise ValueError("its probabilities are none")
    places = pd.Index(emperors).get_indexer(table["predicted"])
    named = shares[np.arange(len(shares)), places]
    if (places < 0).any() or (named < shares.max(axis=1)).any():
        raise ValueError("who it names is not the most probable")
