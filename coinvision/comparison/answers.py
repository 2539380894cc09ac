"""Answers to the same coins: how much more often is one right, in all and for each emperor?

A table of answers has one row a coin, indexed by `coin_id`: `emperor` (who it is), `group`,
`predicted`, `right`. Experiments pool theirs over folds; a run has those of its own fold.
"""

from functools import reduce

import pandas as pd

from coinvision import runs
from coinvision.comparison.paired import Pair, compare, sign_test
from coinvision.comparison.verdict import holm
from coinvision.errors import RunError
from coinvision.intervals import DECIMALS, Figure, share


def of_run(run: runs.Run) -> pd.DataFrame:
    """A run's answers to its test coins, with `probability`, that of the emperor it named.

    Raises:
        RunError: predictions are missing or damaged.
    """
    columns = [f"p_{name}" for name in run.emperors]
    table = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted", *columns)
    tested = table[table["split"] == "test"].set_index("coin_id")
    groups = run.table(runs.COINS, "coin_id", "group").set_index("coin_id")["group"]
    if lacking := sorted(set(tested.index) - set(groups.index)):
        raise RunError(
            f"{run.name}: coins.csv lacks {len(lacking)} of its test coins; is it whole?"
        )
    return tested[["emperor", "predicted"]].assign(
        group=groups.reindex(tested.index),
        right=tested["emperor"] == tested["predicted"],
        probability=tested[columns].max(axis=1),
    )


def accuracy(answers: pd.DataFrame) -> Figure:
    """The share of right answers."""
    return share(answers["right"].to_numpy(), answers["group"].to_numpy())


def gain(first: pd.DataFrame, second: pd.DataFrame) -> Pair:
    """How much more often the first is right than the second, on the coins that both were asked.

    Raises:
        ValueError: they share no coin.
    """
    both = shared(first, second)
    if not len(both):
        raise ValueError("no coin was tested in both")
    before, after = (part.loc[both, "right"].to_numpy(dtype=int) for part in (second, first))
    return compare(before, after, first.loc[both, "group"].to_numpy(dtype=int))


def shared(first: pd.DataFrame, *others: pd.DataFrame) -> pd.Index:
    """The coins that all were asked about."""
    return reduce(pd.Index.intersection, (table.index for table in others), first.index)


def commonest(answers: pd.DataFrame) -> tuple[str, float]:
    """The emperor on most of the coins, and their share; nobody where there are no coins."""
    shares = answers["emperor"].value_counts(normalize=True)
    return (str(shares.index[0]), float(shares.iloc[0])) if len(shares) else ("", 0.0)


def by_emperor(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The gain for each emperor, with p-values (`sign_test`, over groups) corrected after Holm.

    Returns:
        Columns emperor, first and second (shares named rightly), n, value, low, high, p_value,
        corrected; no rows where they share no coin.
    """
    rows = []
    for emperor, own in first.loc[shared(first, second)].groupby("emperor"):
        found, other = gain(own, second).difference, second.loc[own.index, "right"]
        p_value = sign_test(own["right"].astype(int) - other.astype(int), own["group"])
        shares = {
            "first": round(float(own["right"].mean()), DECIMALS),
            "second": round(float(other.mean()), DECIMALS),
        }
        rows.append({"emperor": emperor, **shares, **found.as_dict(), "p_value": p_value})
    corrected = holm([row["p_value"] for row in rows])
    return pd.DataFrame(
        [{**row, "corrected": p} for row, p in zip(rows, corrected, strict=True)],
        columns=["emperor", "first", "second", "n", "value", "low", "high", "p_value", "corrected"],
    )
