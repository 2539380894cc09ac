"""Coins that flip: named rightly by one of two runs and wrongly by the other."""

import pandas as pd

from coinvision import runs
from coinvision.comparison.answers import of_run, shared

RECORD = ("institution", "material", "denomination", "year", "record_url", "image_url")


def flips(color: runs.Run, gray: runs.Run) -> pd.DataFrame:
    """The test coins that only one of the two runs names rightly.

    Returns:
        One row a coin, those right only in color first and in each half the surest wrong answer:
        coin_id, emperor, right_in ("color" or "gray"), color and gray (whom each run names),
        color_probability, gray_probability, and what the record says (empty where it is silent).

    Raises:
        RunError: predictions are missing or damaged.
    """
    one, other = of_run(color), of_run(gray)
    both = shared(one, other)
    table = pd.DataFrame(
        {
            "emperor": one.loc[both, "emperor"],
            "right_in": one.loc[both, "right"].map({True: "color", False: "gray"}),
            "color": one.loc[both, "predicted"],
            "gray": other.loc[both, "predicted"],
            "color_probability": one.loc[both, "probability"],
            "gray_probability": other.loc[both, "probability"],
        }
    )
    table = table[one.loc[both, "right"] != other.loc[both, "right"]].join(_records(color))
    surest = table[["color_probability", "gray_probability"]].to_numpy()
    wrong = surest[range(len(table)), (table["right_in"] == "color").to_numpy(dtype=int)]
    ordered = table.assign(wrong=wrong).sort_values(["right_in", "wrong"], ascending=[True, False])
    return ordered.drop(columns="wrong").rename_axis("coin_id").reset_index()


def _records(run: runs.Run) -> pd.DataFrame:
    coins = run.table(runs.COINS, "coin_id").set_index("coin_id").reindex(columns=list(RECORD))
    return coins.astype(object).where(coins.notna(), "")
