"""The published study of 2020 that this project continues: its figures, with where they stand.

    study = published()
    study.figures()        # precision and recall of each emperor

Its coins are others than ours and its split was random, so that none of these figures may be set
against a run's own; `NOT_COMPARABLE` says so wherever they are shown.
"""

import functools
import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pandas as pd

from coinvision.intervals import Figure, proportion

FILE = "published_2020.json"
NOT_COMPARABLE = "other coins, random split: not comparable"


@dataclass(frozen=True)
class Study:
    """What was published.

    `counts` lists `what`, `figure` and its `source` in the study's repository at `url`;
    `confusion` holds its test coins, rows are labels, in the order of `emperors`.
    """

    title: str
    author: str
    year: int
    url: str
    network: str
    photographs: str
    counts: list[dict[str, str]]
    coins_per_emperor: int
    confusion_source: str
    emperors: list[str]
    confusion: list[list[int]]

    def accuracy(self) -> Figure:
        """The share of test coins that were named rightly, with Wilson's interval."""
        matrix = np.array(self.confusion)
        return proportion(int(np.trace(matrix)), int(matrix.sum()))

    def figures(self) -> pd.DataFrame:
        """One row an emperor: coins, test coins, recall and precision (each a `Figure`)."""
        matrix = np.array(self.confusion)
        rows = [
            {
                "emperor": name,
                "coins": self.coins_per_emperor,
                "test coins": int(matrix[i].sum()),
                "recall": proportion(int(matrix[i, i]), int(matrix[i].sum())),
                "precision": proportion(int(matrix[i, i]), int(matrix[:, i].sum())),
            }
            for i, name in enumerate(self.emperors)
        ]
        return pd.DataFrame(rows)


@functools.cache
def published() -> Study:
    """The study, read from the table beside this file."""
    text = resources.files("coinvision.evaluation").joinpath(FILE).read_text(encoding="utf-8")
    return Study(**json.loads(text))
