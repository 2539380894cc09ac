"""Whether a network that was trained in color uses it: what other colors cost it.

as_sentence(report["networks"]["vgg16"]["against_color"])   # "Where it is given it is used: ..."
"""

from typing import Any

from coinvision.experiments.arms import ARMS
from coinvision.spelling import count, gain, listing


def as_sentence(against: dict[str, dict[str, Any]]) -> str:
    """The answer for a reader; empty where no coin was shown in other colors.

    It is used if the interval of any such arm less color lies below zero.

    Args:
        against: by arm, the difference from color on the same coins with its interval and n.
    """
    asked = {arm: pair for arm, pair in against.items() if ARMS[arm].recolored}
    if not asked:
        return ""
    told = [f"{gain(pair)} points {ARMS[arm].recolored}" for arm, pair in asked.items()]
    used = any(pair["high"] is not None and pair["high"] < 0 for pair in asked.values())
    answer = "Where it is given it is used" if used else "That it is used cannot be told"
    fewest, most = (end(pair["n"] for pair in asked.values()) for end in (min, max))
    coins = count(most, "coin") if fewest == most else f"{fewest:,} to {count(most, 'coin')}"
    return f"{answer}: on {coins} the network that was trained in color changes by {listing(told)}."
