"""Color or face, asked of two runs that are there already: one fold, one training each.

judge_runs(color_run, grayscale_run).sentence
found = compare_runs(color_run, grayscale_run, noise=[color_run_of_another_seed])
found.emperors, found.flips, found.maps
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from coinvision import explanation, runs
from coinvision.comparison.answers import accuracy, by_emperor, commonest, gain, of_run, shared
from coinvision.comparison.flips import flips
from coinvision.comparison.paired import Pair
from coinvision.comparison.similarity import Similarity, similarity
from coinvision.comparison.verdict import Evidence, Verdict, judge
from coinvision.errors import RunError
from coinvision.explanation import stored
from coinvision.intervals import Figure

SAME = {
    "dataset_hash": "data set",
    "fold": "fold",
    "network": "network",
    "coins": "number of training coins",
}


@dataclass(frozen=True)
class TwoRuns:
    """Everything that two runs say about color.

    `pair.difference` is the accuracy in color less that in gray; `emperors` has the columns of
    `answers.by_emperor` (first is color), `flips` those of `flips.flips`; `maps` is None where a
    run has no heatmaps.
    """

    color: runs.Run
    gray: runs.Run
    noise: list[runs.Run]
    accuracies: dict[str, Figure]
    pair: Pair
    verdict: Verdict
    reservation: str
    emperors: pd.DataFrame
    flips: pd.DataFrame
    maps: Similarity | None


def judge_runs(color: runs.Run, gray: runs.Run) -> Verdict:
    """The verdict of the rule on a run in color and a run in gray, on the same test coins.

    Raises:
        RunError: the runs do not belong together, or lack predictions.
    """
    one, other = _answers(color, gray)
    return judge(_evidence(gain(one, other), one, other))


def compare_runs(color: runs.Run, gray: runs.Run, *, noise: Sequence[runs.Run] = ()) -> TwoRuns:
    """Compare a run in color and a run in gray on the same test coins.

    Args:
        color: evaluated, trained on color.
        gray: evaluated, the same network on the same fold in grayscale.
        noise: the color run with other seeds, for the noise floor of heatmaps.

    Raises:
        RunError: the runs do not belong together, or lack predictions.
    """
    one, other = _answers(color, gray, noise)
    pair = gain(one, other)
    evidence = _evidence(pair, one, other)
    explained = all(explanation.FIRST in stored.read(run) for run in (color, gray, *noise))
    return TwoRuns(
        color=color,
        gray=gray,
        noise=list(noise),
        accuracies={"color": evidence.color, "gray": evidence.gray},
        pair=pair,
        verdict=judge(evidence),
        reservation=_reservation(evidence.gray, evidence.commonest),
        emperors=by_emperor(one, other),
        flips=flips(color, gray),
        maps=similarity(color, gray, noise) if explained else None,
    )


def _answers(
    color: runs.Run, gray: runs.Run, noise: Sequence[runs.Run] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both runs' answers, of runs that belong together."""
    _check(color, gray, noise)
    one, other = of_run(color), of_run(gray)
    both = shared(one, other)
    if len(both) < max(len(one), len(other)) or not len(both):
        raise RunError(f"{color.name} and {gray.name} were tested on different coins.")
    return one, other


def _evidence(pair: Pair, one: pd.DataFrame, other: pd.DataFrame) -> Evidence:
    """Of two runs; networks that saw color without shapes are no part of them."""
    return Evidence(pair.difference, accuracy(one), accuracy(other), commonest(one)[1], None)


def _reservation(gray: Figure, commonest: float) -> str:
    """What two runs cannot say, since the rule's first case needs a third."""
    if gray.low is not None and gray.low > commonest:
        return (
            "Gray is above naming the commonest emperor, so color does not decide alone; what "
            "color alone suffices for is not known from two runs (scripts/experiment.py, arm F)."
        )
    return (
        "Gray is not above naming the commonest emperor, so color alone may decide; two runs "
        "cannot tell, scripts/experiment.py with the arms A, B, F1 and F2 does."
    )


def _check(color: runs.Run, gray: runs.Run, noise: Sequence[runs.Run]) -> None:
    for run, wanted in ((color, "color"), (gray, "grayscale"), *((n, "color") for n in noise)):
        if run.description["input"] != wanted:
            raise RunError(
                f"{run.name} was trained on {run.description['input']}; expected a run on {wanted}."
            )
    for other in (gray, *noise):
        for key, what in SAME.items():
            mine, its = (run.description.get(key) for run in (color, other))
            if mine != its:
                raise RunError(
                    f"{color.name} and {other.name} cannot be compared: their {what} differs "
                    f"({_short(mine)} and {_short(its)}); give runs that share it."
                )
    for other in noise:
        if other.description["seed"] == color.description["seed"]:
            raise RunError(f"{other.name} has the seed of {color.name}; give one with another.")


def _short(value: object) -> str:
    return "all" if value is None else str(value)[:12]
