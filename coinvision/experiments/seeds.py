"""What another seed alone changes: the noise floor, beside what color changes with that seed.

seeds(experiment)      # rows for the report; none where every network was trained once
"""

from typing import Any

import pandas as pd

from coinvision.comparison.answers import gain, shared
from coinvision.experiments.arms import GRAY, REFERENCE, told
from coinvision.experiments.store import Experiment
from coinvision.networks import OWN


def seeds(experiment: Experiment) -> list[dict[str, Any]]:
    """Each network's trainings by another seed against those by the first, on the same coins.

    Returns:
        A row a comparison: `classifier`, `what` is compared, `only_one` (coins that only one of the
        two names rightly), `difference` as a share of the coins with 95 % by bootstrap over groups.
    """
    rows = []
    for network in OWN:
        others = sorted({c.seed for c in experiment.cells() if c.classifier == network} - {0})
        for other in others:
            rows += _against_first(experiment, network, other)
            rows += _of_color(experiment, network, other)
    return rows


def _against_first(experiment: Experiment, network: str, seed: int) -> list[dict[str, Any]]:
    rows = []
    for arm in (REFERENCE, GRAY):
        here, first = (experiment.pooled(network, arm, s) for s in (seed, 0))
        rows += _row(network, f"{told(arm)}, seed {seed} less seed 0", here, first)
    return rows


def _of_color(experiment: Experiment, network: str, seed: int) -> list[dict[str, Any]]:
    """Color less gray by each seed, on the coins that all four trainings were asked about."""
    asked = [(each, arm) for each in (0, seed) for arm in (REFERENCE, GRAY)]
    tried = {which: experiment.pooled(network, which[1], which[0]) for which in asked}
    answers = {which: table for which, table in tried.items() if table is not None}
    if len(answers) < len(asked):
        return []
    both = shared(*answers.values())
    rows = []
    for each in (0, seed):
        color, gray = (answers[each, arm].loc[both] for arm in (REFERENCE, GRAY))
        rows += _row(network, f"color less gray, seed {each}", color, gray)
    return rows


def _row(
    network: str, what: str, one: pd.DataFrame | None, other: pd.DataFrame | None
) -> list[dict[str, Any]]:
    if one is None or other is None or not len(shared(one, other)):
        return []
    pair = gain(one, other)
    return [
        {
            "classifier": network,
            "what": what,
            "only_one": pair.only_first + pair.only_second,
            "difference": pair.difference.as_dict(),
        }
    ]
