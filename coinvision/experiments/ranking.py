"""Who names more coins in color: each classifier against the first, and ties by their name.

against_first(experiment)     # {"vgg16": None, "small": {"value": -0.05, ..., "tie": False}}
as_words(row)                 # "−5.0 (−7.1 to −2.9)", of a row of the report
"""

from typing import Any

from coinvision.comparison.answers import gain, shared
from coinvision.experiments.arms import REFERENCE
from coinvision.experiments.store import Experiment
from coinvision.spelling import lead


def against_first(experiment: Experiment) -> dict[str, dict[str, Any] | None]:
    """Compare every classifier with the one that is right most often, on the coins of both.

    Only who was asked about the most coins can be the first. It is chosen after all answers are
    seen, so a narrow lead says less than its interval.

    Returns:
        For each classifier that was asked in color how much more often it is right than the first,
        as a share of the coins with 95 % by bootstrap over groups, and whether that is a `tie`;
        None for the first itself. Those that share no coin with it are left out.
    """
    asked = {cell.classifier for cell in experiment.cells() if cell.arm == REFERENCE}
    pooled = {name: experiment.pooled(name, REFERENCE) for name in sorted(asked)}
    answers = {name: table for name, table in pooled.items() if table is not None}
    if not answers:
        return {}
    most = max(len(table) for table in answers.values())
    rivals = [name for name, table in answers.items() if len(table) == most]
    best = max(rivals, key=lambda name: answers[name]["right"].mean())
    pairs = {
        name: gain(table, answers[best])
        for name, table in answers.items()
        if name != best and len(shared(table, answers[best]))
    }
    told = {name: {**pair.difference.as_dict(), "tie": pair.tie} for name, pair in pairs.items()}
    return {best: None, **told}


def first(rows: list[dict[str, Any]]) -> str:
    """The classifier with which a report compares; empty if it has no answers in color."""
    found = (row["classifier"] for row in rows if row.get("against_first", row) is None)
    return next(found, "")


def as_words(row: dict[str, Any]) -> str:
    """How far a report's row is from the first, in points; empty where nothing was compared."""
    if "against_first" not in row:
        return ""
    found = row["against_first"]
    return "the first" if found is None else lead(found, found["tie"])
