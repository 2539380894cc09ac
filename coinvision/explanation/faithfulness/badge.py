"""The rule by which a method's maps may be believed, fixed before anything was measured.

A method passes if it beats every control in both measures (insertion less deletion, and ROAD), each
by an interval above zero on the same coins, and passes both sanity checks:

- weights: the trained network's maps are no more like those of random networks than random
  networks' maps are like each other (the interval of the difference is not wholly above zero);
- class: the maps for the predicted emperor and for another share less than half of the variance of
  their ranks (Spearman's correlation, by the upper end of its interval, below the root of a half).
"""

from dataclasses import dataclass
from typing import Any

MEASURES = {"insertion_deletion": "insertion less deletion", "road": "ROAD"}
MOST_ALIKE = 0.5**0.5  # maps for two emperors; more, and one is mostly the other
Fact = dict[str, Any]  # a Figure as it stands in JSON


@dataclass(frozen=True)
class Badge:
    """Whether a method's maps may be believed, and by how much or why not."""

    passes: bool
    sentence: str


def badge(against: dict[str, dict[str, Fact]], sanity: dict[str, Any] | None) -> Badge:
    """Apply the rule.

    Args:
        against: for each of MEASURES and each control, the method's figure less the control's.
        sanity: `random_networks` and `other_class`, as checking.py stores them; None if they have
            not been checked.
    """
    faults = [f for measure in MEASURES for f in _not_beaten(measure, against.get(measure, {}))]
    faults += ["the sanity checks are not done"] if sanity is None else _insane(sanity)
    if faults:
        return Badge(False, f"Not to be relied on: {'; '.join(faults)}.")
    nearest = [_nearest(measure, against[measure]) for measure in MEASURES]
    return Badge(
        True,
        f"Beats every control, {' and '.join(nearest)}; its maps change with the network's weights "
        "and with the emperor that they explain.",
    )


def _not_beaten(measure: str, controls: dict[str, Fact]) -> list[str]:
    if not controls:
        return [f"{MEASURES[measure]} is not measured"]
    return [
        f"does not beat {control} in {MEASURES[measure]} ({_told(difference, signed=True)})"
        for control, difference in controls.items()
        if difference["low"] is None or difference["low"] <= 0
    ]


def _insane(sanity: dict[str, Any]) -> list[str]:
    faults = []
    difference, other = sanity["random_networks"]["difference"], sanity["other_class"]
    if difference["low"] is None:
        faults.append("random networks gave no map to compare with")
    elif difference["low"] > 0:
        faults.append(
            "its maps hardly depend on what was learned (to random networks they are more alike "
            f"than these are to each other, by {_told(difference, signed=True)})"
        )
    if other["high"] is None or other["high"] >= MOST_ALIKE:
        faults.append(
            "its maps for two emperors are much the same (Spearman's correlation "
            f"{_told(other)}, to stay below {MOST_ALIKE:.2f})"
        )
    return faults


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
