"""What an emperor wears on his head, read off a museum's description of the obverse.

of_descriptions(coins["description_obverse"])    # "Head of Nero, laureate, right" -> "laureate"
"""

import pandas as pd

KINDS = ("laureate", "radiate", "diademed", "helmeted", "veiled", "bare")
OTHER = "something else"


def of_descriptions(said: pd.Series) -> pd.Series:
    """One of `KINDS` for each description, the first that is named; "" where nothing is said."""
    lower = said.astype(str).str.lower()
    found = lower.str.extract(rf"\b({'|'.join(KINDS)})", expand=False)
    return found.fillna(OTHER).where(lower != "", "")
