"""What a reviewer can say of a coin, checked before it is stored.

Verdict("ocre12", "ocre-00017", "label_wrong", label="Titus", emperor="Vespasian", ...).check()
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from coinvision.corrections import LEAVE_OUT, RELABEL
from coinvision.errors import ReviewError


@dataclass(frozen=True)
class Kind:
    """One answer: how it is called, and what it does to the data set ("" leaves all as it is)."""

    title: str
    change: str = ""


KINDS = {
    "label_wrong": Kind("Label wrong", RELABEL),
    "network_wrong": Kind("Network wrong"),
    "both_possible": Kind("Both possible"),
    "worn": Kind("Unreadable or worn"),
    "not_obverse": Kind("Not an obverse", LEAVE_OUT),
    "duplicate": Kind("Duplicate", LEAVE_OUT),
    "bad_photograph": Kind("Bad photograph"),
    "tooled": Kind("Tooled or fake", LEAVE_OUT),
}
CONFIDENCES = ("sure", "fairly sure", "a guess")
OPINION, ADJUDICATION = "opinion", "adjudication"
LONGEST_NOTE, LONGEST_NAME = 2000, 120


@dataclass(frozen=True)
class Verdict:
    """What somebody says of a coin.

    `label` is the emperor on the coin at that time, `emperor` the one it shows instead (empty
    unless the label is wrong). `verified` tells a name that a login vouches for.
    """

    dataset: str
    coin_id: str
    verdict: str
    label: str
    reviewer: str
    emperor: str = ""
    note: str = ""
    confidence: str = CONFIDENCES[0]
    role: str = OPINION
    verified: bool = False
    run: str = ""

    def check(self) -> None:
        """Raise ReviewError for a verdict that cannot be."""
        if self.verdict not in KINDS:
            raise ReviewError(
                f"There is no verdict {self.verdict!r}; expected one of {', '.join(KINDS)}."
            )
        if self.confidence not in CONFIDENCES or self.role not in (OPINION, ADJUDICATION):
            raise ReviewError(f"{self.confidence!r} or {self.role!r} is not known.")
        if (KINDS[self.verdict].change == RELABEL) != bool(self.emperor):
            raise ReviewError("A wrong label, and nothing else, comes with the right emperor.")
        if self.emperor == self.label:
            raise ReviewError(f"The label says {self.label} already; name another emperor.")
        if len(self.note) > LONGEST_NOTE:
            raise ReviewError(
                f"The note has {len(self.note)} characters; shorten it to {LONGEST_NOTE}."
            )
        _check_name(self.reviewer)
        for text in (self.dataset, self.coin_id, self.emperor, self.note):
            if "\0" in text:  # PostgreSQL keeps no zero byte
                raise ReviewError("A text holds a zero byte; take it out.")
        if not (self.dataset and self.coin_id and self.label):
            raise ReviewError("A verdict needs a data set, a coin and the coin's label.")


def reviewer_name(text: str) -> str:
    """A name as it is stored: without spaces at its ends or doubled inside.

    Raises:
        ReviewError: nothing is left, or it is too long.
    """
    name = " ".join(text.split())
    _check_name(name)
    return name


def now() -> str:
    """This moment as it is stored: UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _check_name(name: str) -> None:
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        raise ReviewError(f"A reviewer's name has 1 to {LONGEST_NAME} characters; got {len(name)}.")
