"""How far the review is: coins reviewed day by day, and every verdict that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter

import pandas as pd

from coinvision.review.agreement import in_words
from coinvision.review.state import CoinState
from coinvision.review.verdicts import KINDS

WEEK = 7  # days
SAID = ("Coin", "Label", "Verdict", "Kind", "Role", "Who", "Signed in", "Confidence", "Note",
        "State", "When (UTC)", "Run")  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """Coins reviewed in all, a day over the last week, and by the end of each day so far.

    `by_day` has the columns `day` and `reviewed`, one row for each day on which somebody reviewed.
    """

    reviewed: int
    per_day: float
    by_day: pd.DataFrame


def pace(known: Mapping[str, CoinState], moment: datetime) -> Pace:
    """How many coins were reviewed, each counted when its first opinion came.

    Args:
        known: where each coin stands.
        moment: now, with its time zone. A review younger than a week is divided by its own age.
    """
    first = pd.Series([coin.opinions[0].at for coin in known.values()], dtype=object)
    since = (moment - timedelta(days=WEEK)).astimezone(UTC).isoformat()
    days = WEEK
    if len(first) and first.min() > since:
        days = (moment - datetime.fromisoformat(first.min())).days + 1
    by_day = first.str[:10].value_counts().sort_index().cumsum() if len(first) else first
    table = pd.DataFrame({"day": pd.to_datetime(by_day.index), "reviewed": by_day.to_numpy()})
    return Pace(len(first), float((first > since).sum() / days), table)


def said_so_far(known: Mapping[str, CoinState]) -> pd.DataFrame:
    """Every verdict that counts, the latest first: columns of SAID."""
    rows = []
    for coin_id, coin in known.items():
        for entry in (*coin.opinions, *filter(None, [coin.ruling])):
            said = entry.said
            what = (in_words(entry), KINDS[said.verdict].title, said.role)
            who = (said.reviewer, said.verified, said.confidence, said.note)
            when = entry.at[:19].replace("T", " ")
            rows.append((entry.at, coin_id, said.label, *what, *who, coin.state, when, said.run))
    rows.sort(key=itemgetter(0), reverse=True)  # by the whole moment, of which seconds are shown
    return pd.DataFrame([row[1:] for row in rows], columns=list(SAID))
