"""The rule by which a method's maps may be believed, fixed before anything was measured.

A method passes if it beats every control in both measures (insertion less deletion, and ROAD), each
by an interval above zero on the same coins, and passes both sanity checks:

- weights: the trained network's maps are no more like those of random networks than random
  networks' maps are like each other (the interval of the difference is not wholly above zero), and
  not much like them at all: a map of the photograph's edges, the same for every network, would meet
  the first condition;
- class: the maps for the predicted emperor and for another are not much alike.

Much alike are maps that share half of the variance of their ranks or more: Spearman's correlation,
by the upper end of its interval, at or above the root of a half.
"""

from dataclasses import dataclass
from typing import Any

from coinvision.explanation import CONTROLS

MEASURES = {"insertion_deletion": "insertion less deletion", "road": "ROAD"}
MUCH_ALIKE = 0.5**0.5
LOSES, NOT_TOLD = "loses to", "cannot be told from"
NO_BETTER = "Not to be relied on, since maps that know nothing of the network do as well"
UNRELATED = "Not to be relied on, since the maps do not change as they should"
UNDECIDED = "Cannot tell, since maps that know nothing of the network may do as well"
Fact = dict[str, Any]  # a Figure as it stands in JSON


@dataclass(frozen=True)
class Badge:
    """Whether a method's maps may be believed, and by how much or why not.

    `undecided`: nothing speaks against them but that some control could not be told from them, as
    more coins might.
    """

    passes: bool
    sentence: str
    undecided: bool = False


def badge(against: dict[str, dict[str, Fact]], sanity: dict[str, Any] | None) -> Badge:
    """Apply the rule.

    Args:
        against: for each of MEASURES and each control, the method's figure less the control's.
        sanity: `random_networks` and `other_class`, as checking.py stores them; None if they have
            not been checked.
    """
    faults = [f for measure in MEASURES for f in _not_beaten(measure, against.get(measure, {}))]
    insane = ["the sanity checks are not done"] if sanity is None else _insane(sanity)
    if faults or insane:
        undecided = not insane and all(fault.startswith(NOT_TOLD) for fault in faults)
        lead = UNDECIDED if undecided else NO_BETTER if faults else UNRELATED
        return Badge(False, f"{lead}: {'; '.join(faults + insane)}.", undecided)
    nearest = [_nearest(measure, against[measure]) for measure in MEASURES]
    return Badge(
        True,
        f"Beats every control, {' and '.join(nearest)}; its maps change with the network's weights "
        "and with the emperor that they explain.",
    )


def _not_beaten(measure: str, controls: dict[str, Fact]) -> list[str]:
    missing = [name for name in CONTROLS if name not in controls]
    if missing:
        return [f"{MEASURES[measure]} is not measured for {', '.join(missing)}"]
    return [
        f"{_outcome(difference)} {control} in {MEASURES[measure]} "
        f"({_told(difference, signed=True)})"
        for control, difference in controls.items()
        if difference["low"] is None or difference["low"] <= 0
    ]


def _outcome(difference: Fact) -> str:
    lost = difference["high"] is not None and difference["high"] < 0
    return LOSES if lost else NOT_TOLD


def _insane(sanity: dict[str, Any]) -> list[str]:
    faults, random = [], sanity["random_networks"]
    difference, other = random["difference"], sanity["other_class"]
    if difference["low"] is None or difference["low"] > 0:
        faults.append(
            "its maps are more like those of random networks than these are like each other "
            f"({_told(difference, signed=True)} in Spearman's correlation)"
        )
    if _much_alike(random["trained"]):
        faults.append(
            "its maps are much like those of networks that learned nothing (Spearman's "
            f"correlation {_told(random['trained'])})"
        )
    if _much_alike(other):
        faults.append(
            f"its maps for two emperors are much alike (Spearman's correlation {_told(other)})"
        )
    return faults


def _much_alike(similarity: Fact) -> bool:
    return similarity["high"] is None or similarity["high"] >= MUCH_ALIKE


def _nearest(measure: str, controls: dict[str, Fact]) -> str:
    """By how much the control that comes nearest is beaten."""
    control = min(controls, key=lambda name: controls[name]["value"])
    return f"in {MEASURES[measure]} by at least {_told(controls[control], signed=True)} ({control})"


def _told(figure: Fact, *, signed: bool = False) -> str:
    if figure["value"] is None:
        return "no coin says anything"
    value, low, high = (
        f"{figure[name]:{'+' if signed else ''}.2f}".replace("-", "−")
        for name in ("value", "low", "high")
    )
    coins = "coin" if figure["n"] == 1 else "coins"
    return f"{value}, {low} to {high}, {figure['n']} {coins}"
