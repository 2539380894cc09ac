"""How well reviewers agree: raw agreement, and Cohen's kappa, which takes chance out.

Two opinions agree if verdict and emperor are the same. Cohen, J. (1960), A coefficient of agreement
for nominal scales; the definition is scikit-learn's (and tested against it), written for stacks of
tables, since the bootstrap needs thousands of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coinvision.intervals import (
    RESAMPLES,
    SEED,
    Figure,
    bootstrapped,
    proportion,
)
from coinvision.review.state import CoinState, Entry
from coinvision.review.verdicts import KINDS

BOTH = ("coin_id", "label", "first", "first_answer", "second", "second_answer", "state")


@dataclass(frozen=True)
class Agreement:
    """On how many coins two opinions agree, and how much better that is than chance."""

    raw: Figure
    kappa: Figure


def in_words(entry: Entry) -> str:
    """What was said: "Label wrong: Titus"."""
    title = KINDS[entry.said.verdict].title
    return f"{title}: {entry.said.emperor}" if entry.said.emperor else title


def in_a_sentence(entry: Entry) -> str:
    """The same inside a sentence: "label wrong: Titus"."""
    said = in_words(entry)
    return said[0].lower() + said[1:]


def judged_twice(known: Mapping[str, CoinState]) -> pd.DataFrame:
    """The coins with two opinions, the first two where there are more: columns of BOTH."""
    rows = []
    for coin_id, coin in known.items():
        if len(coin.opinions) > 1:
            first, second = coin.opinions[:2]
            who = (first.said.reviewer, in_words(first), second.said.reviewer, in_words(second))
            rows.append((coin_id, first.said.label, *who, coin.state))
    return pd.DataFrame(rows, columns=list(BOTH))


def agreement(twice: pd.DataFrame) -> Agreement:
    """Agreement of first and second opinions, each with its 95 % interval (bootstrap over coins).

    Args:
        twice: what `judged_twice` gave.
    """
    n = len(twice)
    raw = proportion(int((twice["first_answer"] == twice["second_answer"]).sum()), n)
    if not n:
        return Agreement(raw, Figure(None, None, None, 0))
    names, codes = np.unique(twice[["first_answer", "second_answer"]], return_inverse=True)
    side = len(names)
    table = np.zeros((side, side), int)
    np.add.at(table, tuple(codes.reshape(n, 2).T), 1)
    rng = np.random.default_rng(SEED)
    draws = rng.multinomial(n, table.ravel() / n, size=RESAMPLES).reshape(-1, side, side)
    return Agreement(raw, bootstrapped(kappa, table, draws, n))


def kappa(tables: np.ndarray) -> np.ndarray:
    """Cohen's kappa of tables (... x K x K) of first against second opinions.

    NaN where both always said the same one thing: chance alone would agree.
    """
    n = tables.sum(axis=(-2, -1))
    agreed = np.trace(tables, axis1=-2, axis2=-1) / n
    chance = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1) / n**2
    room = 1 - chance
    return np.divide(agreed - chance, room, out=np.full(np.shape(room), np.nan), where=room > 0)


def by_pair(twice: pd.DataFrame) -> dict[tuple[str, str], Agreement]:
    """Agreement of each two people, whoever of them was first."""
    people = [tuple(sorted(pair)) for pair in zip(twice["first"], twice["second"], strict=True)]
    found = {}
    for pair in sorted(set(people)):
        own = twice[[one == pair for one in people]]
        turned = own["first"] != pair[0]
        answers = own[["first_answer", "second_answer"]].copy()
        answers[turned] = answers.loc[turned, ["second_answer", "first_answer"]].to_numpy()
        found[pair[0], pair[1]] = agreement(answers)
    return found
