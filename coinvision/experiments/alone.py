"""What a part of the coin alone suffices for, beside the whole and on the same coins.

alone(experiment, "vgg16")     # for the report: {"n": 458, "whole": ..., "parts": {"G1": ...}, ...}
as_sentence(found)             # "Of 458 coins 78.4 % are named rightly from the whole, ..."
"""

from typing import Any

from coinvision.comparison.answers import accuracy, commonest, shared
from coinvision.experiments.arms import ARMS, REFERENCE
from coinvision.experiments.figures import asked
from coinvision.experiments.store import Experiment
from coinvision.spelling import count, listing, percent, with_interval


def alone(experiment: Experiment, network: str) -> dict[str, Any] | None:
    """Accuracy of every arm that shows one part only, on the coins that all of them were asked.

    Returns:
        `n` coins, accuracy of the `whole` coin, of each arm in `parts`, and the `commonest` emperor
        with its `share`; None where no coin was asked whole and in part.
    """
    tried = {arm: asked(experiment, network, arm) for arm in ARMS if ARMS[arm].part}
    answers = {arm: table for arm, table in tried.items() if table is not None}
    whole = experiment.pooled(network, REFERENCE)
    if whole is None or not answers:
        return None
    both = shared(whole, *answers.values())
    if not len(both):
        return None
    emperor, share = commonest(whole.loc[both])
    return {
        "n": len(both),
        "whole": accuracy(whole.loc[both]).as_dict(),
        "parts": {arm: accuracy(table.loc[both]).as_dict() for arm, table in answers.items()},
        "commonest": emperor,
        "share": share,
    }


def as_sentence(found: dict[str, Any] | None) -> str:
    """The answer for a reader, the part that suffices for most first; empty for none."""
    if found is None:
        return ""
    best_first = sorted(found["parts"].items(), key=lambda part: -part[1]["value"])
    told = [f"{with_interval(own)} from {ARMS[arm].part} alone" for arm, own in best_first]
    return (
        f"Of {count(found['n'], 'coin')} {with_interval(found['whole'])} are named rightly from "
        f"the whole, {listing(told)}; naming {found['commonest']} on all would be right on "
        f"{percent(found['share'])}."
    )
