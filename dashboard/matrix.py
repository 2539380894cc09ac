"""A confusion matrix as a table that a chart can show, one row a cell."""

import numpy as np
import pandas as pd

from coinvision.evaluation.eras import dynasty


def cells(confusion: list[list[int]], emperors: list[str]) -> pd.DataFrame:
    """Every cell of a matrix whose rows are the emperors on the coins.

    Returns:
        Columns `emperor`, `named`, `coins`, `share` of the row, and `dynasty`: whether both
        emperors are of the same one.
    """
    counts = np.array(confusion)
    totals = counts.sum(axis=1)
    return pd.DataFrame(
        [
            {
                "emperor": true,
                "named": named,
                "coins": int(counts[i, j]),
                "share": float(counts[i, j] / totals[i]) if totals[i] else 0.0,
                "dynasty": bool(dynasty(true)) and dynasty(true) == dynasty(named),
            }
            for i, true in enumerate(emperors)
            for j, named in enumerate(emperors)
        ]
    )
