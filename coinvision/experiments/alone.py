"""What a part of the coin alone suffices for, beside the whole and on the same coins.

alone(experiment, "vgg16")     # for the report: {"n": 458, "whole": ..., "parts": {"G1": ...}, ...}
as_sentence(found)             # "Of 458 coins 78.4 % are named rightly from the whole, ..."
"""

from typing import Any

from coinvision.comparison import answers as compared
from coinvision.experiments.arms import ARMS, REFERENCE
from coinvision.experiments.figures import asked
from coinvision.experiments.store import Experiment
from coinvision.spelling import count, gain, listing, percent, with_interval


def alone(experiment: Experiment, network: str) -> dict[str, Any] | None:
    """Accuracy of every arm that shows one part only, on the coins that all of them were asked.

    Returns:
        `n` coins, accuracy of the `whole` coin, of each arm in `parts`, their differences in
        `less_whole`, and the `commonest` emperor with its `share`; None where no coin was asked
        whole and in part.
    """
    tried = {arm: asked(experiment, network, arm) for arm in ARMS if ARMS[arm].part}
    answers = {arm: table for arm, table in tried.items() if table is not None}
    whole = experiment.pooled(network, REFERENCE)
    if whole is None or not answers:
        return None
    both = compared.shared(whole, *answers.values())
    if not len(both):
        return None
    emperor, share = compared.commonest(whole.loc[both])
    return {
        "n": len(both),
        "whole": compared.accuracy(whole.loc[both]).as_dict(),
        "parts": {
            arm: compared.accuracy(table.loc[both]).as_dict() for arm, table in answers.items()
        },
        "less_whole": {
            arm: compared.gain(table.loc[both], whole).difference.as_dict()
            for arm, table in answers.items()
        },
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
        f"the whole, {listing(told)}; naming the commonest, {found['commonest']}, on all would be "
        f"right on {percent(found['share'])}. {_suffice(found)} {_tell_nothing(found)}"
    ).strip()


def _suffice(found: dict[str, Any]) -> str:
    """The parts by which no loss against the whole coin can be told from none, or the best."""
    enough = [arm for arm, less in found["less_whole"].items() if not _below(less["high"], 0)]
    if not enough:
        arm, least = max(found["less_whole"].items(), key=lambda less: less[1]["value"])
        return f"Every part loses against the whole, {ARMS[arm].part} least: {gain(least)} points."
    but = "".join(f" ({ARMS[arm].caveat})" for arm in enough if ARMS[arm].caveat)
    return (
        f"No loss can be told from none with {listing([ARMS[a].part for a in enough])} alone{but}."
    )


def _tell_nothing(found: dict[str, Any]) -> str:
    """The parts that were not seen to tell more than the commonest emperor's name."""
    little = [arm for arm, own in found["parts"].items() if not _below(found["share"], own["low"])]
    if not little:
        return ""
    return f"No gain over that can be told with {listing([ARMS[a].part for a in little])} alone."


def _below(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other
