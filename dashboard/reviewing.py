"""What the review pages share: the store, the queue of the chosen run, where each coin stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from coinvision.review import connection, queue
from coinvision.review.state import OPEN, CoinState, Entry, states
from coinvision.review.store import Coins, Goal, Store, open_store
from coinvision.runs import Run
from dashboard import choice, parts, reading, words

FILTERS = "queue_filters"
PAIR, STATE, REASON = "pair", "state", "reason"
FILTERED = {
    REASON: "Why in the queue",
    "emperor": "Emperor on the label",
    PAIR: "Label → named by the network",
    STATE: "State",
    "material": "Material",
    "institution": "Museum",
    "run": "Run",
}
Filters = dict[str, list[str]]


@dataclass(frozen=True)
class Ranked:
    """The queue of some runs: coins, the worthiest first, and their labels."""

    table: pd.DataFrame
    labels: dict[str, str]


@dataclass(frozen=True)
class Situation:
    """All that a review page needs: the queue, what was said, and where each coin stands."""

    run: Run
    dataset: str
    store: Store
    ranked: Ranked
    goal: Goal
    log: list[Entry]
    known: dict[str, CoinState]

    def state(self, coin_id: str) -> CoinState:
        """Where a coin stands."""
        return self.known.get(coin_id, CoinState())

    def coins(self, ids: Sequence[str] | None = None) -> Coins:
        """All coins of the queue, or some, in its order."""
        labels = self.ranked.labels
        some = labels if ids is None else {coin_id: labels[coin_id] for coin_id in ids}
        return Coins(self.dataset, some, self.goal.second_share)

    def filtered(self, filters: Filters) -> pd.DataFrame:
        """The rows of the queue that pass; columns `state` and `pair` are added."""
        table = self.ranked.table
        judged = {coin_id: coin.state for coin_id, coin in self.known.items()}
        state = table["coin_id"].map(judged).fillna(OPEN) if judged else OPEN
        table = table.assign(**{STATE: state})
        for name, wanted in filters.items():
            if not wanted:
                continue
            if name == REASON:
                fits = table["reasons"].map(lambda said: any(one in said for one in wanted))  # noqa: B023
            else:
                fits = table[name].isin(wanted)
            table = table[fits]
        return table


@st.cache_resource(show_spinner=False, max_entries=4, on_release=Store.close)
def _store(address: str) -> Store:
    return open_store(address)


def store() -> Store:
    """The review store, opened once for all sessions.

    Raises:
        ReviewError: it cannot be reached, or was written by a newer version.
    """
    return _store(connection.default_address())


def situation() -> Situation:
    """What holds now, for the run in the sidebar.

    Raises:
        ReviewError: the store cannot be used.
        RunError: predictions are damaged.
    """
    run = parts.chosen().run
    whole, _ = choice.all_runs()
    folds = queue.siblings(run, list(whole.values()))
    ranked = _ranked(tuple(reading.of_run(one) for one in folds), folds)
    opened, dataset = store(), str(run.description["dataset"])
    goal, log = opened.goal(dataset), opened.log(dataset)
    known = states(log, ranked.labels, dataset, goal.second_share)
    return Situation(run, dataset, opened, ranked, goal, log, known)


@st.cache_resource(show_spinner="Ordering the coins …", max_entries=8)
def _ranked(stamps: tuple, _folds: list[Run]) -> Ranked:
    """The queue; shared by all sessions, so nobody changes it."""
    table = queue.of_runs(_folds)
    table[PAIR] = table["emperor"] + " → " + table["predicted"]
    return Ranked(table, dict(zip(table["coin_id"], table["emperor"], strict=True)))


def where_from(run: Run, table: pd.DataFrame) -> str:
    """Which predictions the queue rests on, in a sentence."""
    tested = int((table["split"] == "test").sum())
    rest = len(table) - tested
    more = f" and {words.count(rest, 'validation coin')}" if rest else ""
    held = words.count(table["run"].nunique(), "fold")
    return (
        f"{words.count(tested, 'test coin')}{more} of {held}, each judged by a network "
        f"({words.title(run)}) that never learned from it."
    )
