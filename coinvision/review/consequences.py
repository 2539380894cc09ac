"""What follows if the reviewers are right: corrected labels, and every figure measured with them.

found = changes(states)                      # what settled coins would become
effect = if_right(run, found)                # figures before and after, no training
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.comparison.paired import Pair, compare
from coinvision.corrections import RELABEL
from coinvision.dataset.label_patch import Change
from coinvision.errors import RunError
from coinvision.evaluation.evaluating import positions
from coinvision.evaluation.metrics import all_metrics
from coinvision.review.state import CoinState
from coinvision.review.verdicts import KINDS
from coinvision.runs import Run


@dataclass(frozen=True)
class Effect:
    """A run's figures with the labels as they are and as reviewers say.

    `pair` compares the accuracies on the coins that stay; `relabeled` and `left_out` count this
    run's test coins. None after where no test coin would be left.
    """

    before: dict[str, Any]
    after: dict[str, Any] | None
    pair: Pair | None
    relabeled: int
    left_out: int


def changes(known: Mapping[str, CoinState]) -> list[Change]:
    """What becomes of the settled coins whose label or place in the data set would change."""
    found = []
    for coin_id, coin in sorted(known.items()):
        decision = coin.decision
        if decision is None or not KINDS[decision.said.verdict].change:
            continue
        said = decision.said
        people = [one.said.reviewer for one in coin.opinions]
        people += [coin.ruling.said.reviewer] if coin.ruling and coin.ruled else []
        notes = [e.said.note for e in (*coin.opinions, coin.ruling) if e and e.said.note]
        found.append(
            Change(
                coin_id=coin_id,
                change=KINDS[said.verdict].change,
                was=said.label,
                becomes=said.emperor,
                verdict=KINDS[said.verdict].title,
                reviewers=", ".join(people),
                at=decision.at,
                note=" / ".join(" ".join(note.split()) for note in notes),
            )
        )
    return found


def if_right(run: Run, found: Sequence[Change]) -> Effect:
    """Measure a run's test predictions again with corrected labels.

    An emperor whom the network does not know becomes a class that it never names.

    Raises:
        RunError: predictions are missing or damaged.
    """
    table = run.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted")
    coins = run.table(runs.COINS, "coin_id", "group")
    test = table[table["split"] == "test"].merge(coins[["coin_id", "group"]], on="coin_id")
    if test.empty:
        raise RunError(f"{run.name}: {runs.PREDICTIONS} holds no test coin; evaluate it again.")
    by_coin = {change.coin_id: change for change in found}
    own = [by_coin.get(coin_id) for coin_id in test["coin_id"]]
    stays = np.array([change is None or change.change == RELABEL for change in own])
    labels = np.array(
        [
            c.becomes if c and c.change == RELABEL else old
            for c, old in zip(own, test["emperor"], strict=True)
        ],
        dtype=object,
    )
    before = _measured(test, test["emperor"].to_numpy(dtype=object), run.emperors)
    relabeled = sum(c is not None and c.change == RELABEL for c in own)
    left_out = int((~stays).sum())
    if not stays.any():
        return Effect(before, None, None, relabeled, left_out)
    kept, corrected = test[stays], labels[stays]
    emperors = [*run.emperors, *sorted(set(corrected) - set(run.emperors))]
    first = (kept["emperor"] == kept["predicted"]).to_numpy(dtype=int)
    second = (corrected == kept["predicted"].to_numpy(dtype=object)).astype(int)
    pair = compare(first, second, kept["group"].to_numpy(dtype=int))
    return Effect(before, _measured(kept, corrected, emperors), pair, relabeled, left_out)


def _measured(test: pd.DataFrame, labels: np.ndarray, emperors: list[str]) -> dict[str, Any]:
    return all_metrics(
        positions(emperors, pd.Series(labels)),
        positions(emperors, test["predicted"]),
        test["group"].to_numpy(dtype=int),
        emperors,
    )
