"""Whether the answers of a network that was trained in color depend on it: what others cost it.

as_sentence(report["networks"]["vgg16"]["against_color"])   # "Its answers depend on it: ..."
"""

from typing import Any

from coinvision.experiments.arms import ARMS
from coinvision.spelling import count, gain, listing


def as_sentence(against: dict[str, dict[str, Any]]) -> str:
    """The answer for a reader; empty where no coin was shown in other colors.

    They do if the interval of any such arm less color lies below zero. That may also be what a
    network loses by a picture as it never saw one.

    Args:
        against: by arm, the difference from color on the same coins with its interval and n.
    """
    asked = {arm: pair for arm, pair in against.items() if ARMS[arm].recolored}
    if not asked:
        return ""
    told = [f"{gain(pair)} points {ARMS[arm].recolored}" for arm, pair in asked.items()]
    depend = any(pair["high"] is not None and pair["high"] < 0 for pair in asked.values())
    answer = "Answers depend on it" if depend else "That answers depend on it cannot be told"
    fewest, most = (end(pair["n"] for pair in asked.values()) for end in (min, max))
    coins = count(most, "coin") if fewest == most else f"{fewest:,} to {count(most, 'coin')}"
    return (
        f"{answer}: on {coins} the network that was trained in color names {listing(told)}, each "
        "less what it names in their own colors."
    )
