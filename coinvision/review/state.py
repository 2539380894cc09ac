"""Where each coin stands, derived from the log of verdicts: nothing of it is stored.

A coin is open until somebody judges it. A share of the coins, chosen by a hash of their names, gets
a second opinion, blind: until both are in, nobody is shown the other's. Opinions that agree settle
a coin; those that do not are ruled on by a third.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coinvision.review.verdicts import ADJUDICATION, OPINION, Verdict

OPEN, SECOND, DISPUTED, SETTLED = "open", "awaits second opinion", "disputed", "settled"
STATES = (OPEN, SECOND, DISPUTED, SETTLED)


@dataclass(frozen=True)
class Entry:
    """A row of the log: a verdict, or the taking back of an earlier one."""

    id: int
    at: str
    said: Verdict
    undoes: int | None = None


@dataclass(frozen=True)
class CoinState:
    """What is known of one coin: opinions in the order in which they came, a ruling if any."""

    opinions: tuple[Entry, ...] = ()
    ruling: Entry | None = None
    second: bool = False  # chosen for a second opinion

    @property
    def state(self) -> str:
        """One of STATES."""
        if not self.opinions:
            return OPEN
        if self.second and len(self.opinions) < 2:
            return SECOND
        return DISPUTED if self._differ and self.ruling is None else SETTLED

    @property
    def decision(self) -> Entry | None:
        """What counts, once the coin is settled: a ruling as long as it rules on a dispute."""
        if self.state != SETTLED:
            return None
        return self.ruling if self._differ else self.opinions[0]

    @property
    def ruled(self) -> bool:
        """Whether it is a ruling that counts."""
        return self.decision is not None and self.decision is self.ruling

    @property
    def _differ(self) -> bool:
        return len({answer(one) for one in self.opinions}) > 1

    def by(self, reviewer: str) -> Entry | None:
        """This reviewer's opinion."""
        return next((one for one in self.opinions if one.said.reviewer == reviewer), None)

    def place_for(self, reviewer: str) -> int | None:
        """Which opinion this reviewer could give: 1, 2, or none."""
        if self.state == OPEN:
            return 1
        return 2 if self.state == SECOND and self.by(reviewer) is None else None

    def open_to(self, reviewer: str) -> bool:
        """Whether this reviewer may read what was said: no second opinion could be swayed."""
        return self.state in (DISPUTED, SETTLED) or self.by(reviewer) is not None


def answer(entry: Entry) -> tuple[str, str]:
    """What was said, as far as two opinions can agree: the verdict and the emperor named."""
    return entry.said.verdict, entry.said.emperor


def live(log: Iterable[Entry]) -> list[Entry]:
    """The verdicts that count: not taken back, and each reviewer's last on a coin."""
    log = list(log)
    undone = {entry.undoes for entry in log}
    last = {
        (entry.said.coin_id, entry.said.reviewer, entry.said.role): entry
        for entry in log
        if entry.undoes is None and entry.id not in undone
    }
    return sorted(last.values(), key=lambda entry: entry.id)


def states(
    log: Iterable[Entry], labels: Mapping[str, str], dataset: str, share: float
) -> dict[str, CoinState]:
    """Where each coin stands that somebody judged; all others are open.

    Args:
        log: of one data set.
        labels: emperor on each coin now; verdicts on an earlier label no longer count.
        dataset: its name.
        share: of the coins that get a second opinion.
    """
    opinions: dict[str, list[Entry]] = defaultdict(list)
    rulings: dict[str, Entry] = {}
    for entry in live(log):
        coin_id = entry.said.coin_id
        if labels.get(coin_id) != entry.said.label:
            continue
        if entry.said.role == OPINION:
            opinions[coin_id].append(entry)
        elif entry.said.role == ADJUDICATION:
            rulings[coin_id] = entry
    return {
        coin_id: CoinState(tuple(own), rulings.get(coin_id), gets_second(dataset, coin_id, share))
        for coin_id, own in opinions.items()
    }


def gets_second(dataset: str, coin_id: str, share: float) -> bool:
    """Whether a coin is among those that get a second opinion; the same on every machine."""
    digest = hashlib.sha256(f"{dataset}/{coin_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64
