"""Color or face? The verdict by rule.

    verdict = judge(Evidence(...), margin=0.02)
    verdict.sentence         # "Color is not needed: ..."

All accuracies are of the same coins, over all folds that were tested. d is the accuracy of networks
trained and tested in color (arm A) less that of networks trained and tested in gray (arm B), with
its 95 % interval. In this order:

1. gray is not above always naming the commonest emperor, color is, and color alone (the best of
   the arms F) is at most the margin below A: "color alone decides";
2. the interval of d lies inside the margin: "color is not needed";
3. it lies above 0: "color helps"; below 0: "color harms";
4. else: "cannot tell", with the number of coins that would be needed.

"No difference" is never said: an interval around 0 that is wider than the margin is ignorance.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from coinvision.intervals import Figure, Z
from coinvision.spelling import points

MARGIN = 0.02  # share of the coins, 2 points
# An interval that would just reach the bound reaches it in one case of two.
FOR_FOUR_OF_FIVE = (1 + NormalDist().inv_cdf(0.8) / Z) ** 2
ALONE, NOT_NEEDED, HELPS, HARMS, UNKNOWN = (
    "color alone decides",
    "color is not needed",
    "color helps",
    "color harms",
    "cannot tell",
)


@dataclass(frozen=True)
class Evidence:
    """What the rule looks at.

    `gain` is d; `color` and `gray` the accuracies of arms A and B, `commonest` the share of the
    commonest emperor among the same coins; `color_only` is the accuracy of the best arm F less that
    of arm A, None where no such arm was tested.
    """

    gain: Figure
    color: Figure
    gray: Figure
    commonest: float
    color_only: Figure | None


@dataclass(frozen=True)
class Verdict:
    """One of the five verdicts, in a sentence with its figures; `needed` coins to tell, or None."""

    kind: str
    sentence: str
    needed: int | None = None


def judge(evidence: Evidence, *, margin: float = MARGIN) -> Verdict:
    """Apply the rule.

    Raises:
        ValueError: there is no coin to judge by.
    """
    d = evidence.gain
    if d.value is None or d.low is None or d.high is None:
        raise ValueError("no coin was tested in both arms")
    kind = _kind(evidence, d.low, d.high, margin)
    needed = coins_needed(d, margin) if kind == UNKNOWN else None
    return Verdict(kind, _sentence(kind, evidence, margin, needed), needed)


def coins_needed(d: Figure, margin: float) -> int:
    """About how many coins would tell in four of five cases, if the difference is as it is now.

    That is, their interval would end inside the margin or clear of 0, whichever takes fewer.
    Intervals shrink with the root of the number of coins. More than there are, since these do not
    tell.
    """
    value, low, high = (bound or 0.0 for bound in (d.value, d.low, d.high))
    toward, away = (value - low, high - value) if value > 0 else (high - value, value - low)
    ways = [(toward, abs(value)), (away, margin - abs(value))]
    shrunk = min((arm / room) ** 2 for arm, room in ways if room > 0)
    exact = max(d.n + 1, d.n * shrunk * FOR_FOUR_OF_FIVE)
    step = 10 ** max(0, math.floor(math.log10(exact)) - 1)
    return math.ceil(exact / step) * step


def holm(p_values: list[float]) -> list[float]:
    """P-values corrected for being several (Holm 1979, A simple sequentially rejective procedure).

    A claim holds at 5 % over all of them if its corrected value is at most 0.05.
    """
    order = np.argsort(p_values, kind="stable")
    many = len(p_values)
    raised = np.array([min(1.0, (many - i) * p_values[k]) for i, k in enumerate(order)])
    corrected = np.empty(many)
    corrected[order] = np.maximum.accumulate(raised)
    return [float(value) for value in corrected]


def _kind(evidence: Evidence, low: float, high: float, margin: float) -> str:
    if _color_alone(evidence, margin):
        return ALONE
    if -margin < low and high < margin:
        return NOT_NEEDED
    if low > 0:
        return HELPS
    return HARMS if high < 0 else UNKNOWN


def _color_alone(evidence: Evidence, margin: float) -> bool:
    """Whether color is above the commonest emperor, gray is not, and colors alone do as well."""
    above_in_color, above_in_gray = (
        figure.low is not None and figure.low > evidence.commonest
        for figure in (evidence.color, evidence.gray)
    )
    only = evidence.color_only.value if evidence.color_only else None
    return above_in_color and not above_in_gray and only is not None and only >= -margin


def _sentence(kind: str, evidence: Evidence, margin: float, needed: int | None) -> str:
    d = _points(evidence.gain)
    inside = f"{100 * margin:g} points"
    n = f"{evidence.gain.n:,} coins"
    if kind == ALONE:
        return (
            f"Color alone decides: in gray the networks are not above naming the commonest "
            f"emperor, and color alone loses at most {inside} ({n})."
        )
    if kind == NOT_NEEDED:
        return f"Color is not needed: it changes less than {inside} ({d}, {n})."
    if kind in (HELPS, HARMS):
        return f"Color {'helps' if kind == HELPS else 'harms'}: color less gray is {d} on {n}."
    return (
        f"Cannot tell: color less gray is {d} on {n}. {_ruled_out(evidence.gain, margin)}. To "
        f"settle it with a probability of 80 % about {needed:,} coins would be needed."
    )


def _ruled_out(d: Figure, margin: float) -> str:
    """Which effect that would matter the interval leaves no room for."""
    inside = f"{100 * margin:g} points"
    if d.high is not None and d.high < margin:
        return f"That it helps by {inside} or more is ruled out, that it harms by as much is not"
    if d.low is not None and d.low > -margin:
        return f"That it harms by {inside} or more is ruled out, that it helps by as much is not"
    return f"Neither a help nor a harm of {inside} or more is ruled out"


def _points(figure: Figure) -> str:
    value, low, high = (points(figure.as_dict()[end]) for end in ("value", "low", "high"))
    return f"{value} points (95 % interval {low} to {high})"
