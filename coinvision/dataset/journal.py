"""What was decided while a dataset was prepared: for its report, and for later questions."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from coinvision.tables import Problem


@dataclass
class Journal:
    """What was decided: a sentence with its reason a step, rows left out, counts, more facts."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    facts: dict[str, Any] = field(default_factory=dict)  # recorded where there are any

    def say(self, step: str, sentence: str, **counts: int) -> None:
        """Note a decision under a step's heading; its counts add to those of the same name."""
        self.steps.append((step, sentence))
        self.counts.update(counts)

    def leave_out(self, coins: pd.DataFrame, where: np.ndarray, reason: str) -> pd.DataFrame:
        """The coins without those, which are noted with the reason."""
        where = where.astype(bool)  # of no rows it may be of another type, and no mask
        for row, coin_id in zip(coins["row"][where], coins["coin_id"][where], strict=True):
            self.left_out.append(Problem(int(row), coin_id, reason))
        return coins[~where].reset_index(drop=True)

    def records(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows left out, each with its reason and what the table says of it."""
        problems = [asdict(problem) for problem in self.left_out]
        left_out = pd.DataFrame(problems, columns=["row", "coin_id", "reason"]).astype({"row": int})
        return left_out.merge(table.drop(columns="coin_id"), on="row", how="left").fillna("")
