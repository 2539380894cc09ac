"""Do errors stay inside an era? Errors that cross eras, against what an even spread would give.

Eras are spans of reigns between the great breaks in the coinage: what circulates before and after
looks different, so that a network which knows a coin's time, by style or by color, errs inside it.
"""

from dataclasses import dataclass

import numpy as np

from coinvision.emperors import find
from coinvision.intervals import Figure, share

# The first year of each era and what it is called. AD 69 ends the Julio-Claudians' coinage, 96 the
# Flavians'; 193 opens the Severan age, 235 the soldier emperors, 284 Diocletian's tetrarchy, and
# 324 Constantine's sole reign.
ERAS = (
    (-27, "Julio-Claudian"),
    (68, "Civil war and Flavian"),
    (96, "Nerva to Commodus"),
    (193, "Severan"),
    (235, "Soldier emperors"),
    (284, "Tetrarchy to Licinius"),
    (324, "Constantinian and later"),
)


@dataclass(frozen=True)
class Crossing:
    """Errors inside an era: the share with its interval, and what even spreading would give."""

    inside: Figure
    errors: int
    crossing: int
    crossing_expected: float


def era(emperor: str) -> str:
    """The era in which an emperor's reign began; empty where no reign is known."""
    person = find(emperor)
    if person is None or person.reign is None or person.reign[0] < ERAS[0][0]:
        return ""
    return [name for start, name in ERAS if start <= person.reign[0]][-1]


def by_reign(emperors: list[str]) -> list[str]:
    """Emperors in the order of their reigns; those without a known reign last, by name."""

    def key(name: str) -> tuple[int, int, str]:
        person = find(name)
        first, last = person.reign if person and person.reign else (9999, 9999)
        return first, last, name

    return sorted(emperors, key=key)


def dynasty(emperor: str) -> str:
    """The emperor's dynasty; empty where the table does not say."""
    person = find(emperor)
    return person.dynasty if person else ""


def crossing(
    true: np.ndarray, named: np.ndarray, groups: np.ndarray, emperors: list[str]
) -> Crossing:
    """How many errors cross eras.

    Args:
        true: the emperor on each coin.
        named: who was named.
        groups: group of each coin.
        emperors: all who could be named.

    Returns:
        With the number expected if each emperor's errors were spread evenly over all others.
    """
    eras = {name: era(name) for name in emperors}
    elsewhere = {
        name: sum(own != other for other in eras.values()) / max(1, len(emperors) - 1)
        for name, own in eras.items()
    }
    wrong = true != named
    pairs = zip(true[wrong], named[wrong], strict=True)
    inside = np.array([eras[one] == eras[other] for one, other in pairs], dtype=bool)
    expected = sum(elsewhere[name] for name in true[wrong])
    return Crossing(
        share(inside, groups[wrong]), int(wrong.sum()), int((~inside).sum()), float(expected)
    )
