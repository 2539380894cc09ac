"""Write an experiment down: report.json for pages, report.md for people.

report(experiment)      # from the stored predictions alone; the same predictions, the same report
"""

import json
from dataclasses import asdict
from typing import Any

import pandas as pd

from coinvision.comparison.answers import accuracy, by_emperor, gain, shared
from coinvision.comparison.verdict import MARGIN, judge
from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments import conflict, figures, ranking, training_time
from coinvision.experiments.against_grouped import against_grouped
from coinvision.experiments.alone import alone
from coinvision.experiments.arms import ARMS, REFERENCE, STANDS_FOR, parted
from coinvision.experiments.learning import learning_curve
from coinvision.experiments.pairs import pairs
from coinvision.experiments.seeds import seeds
from coinvision.experiments.store import REPORT, Experiment
from coinvision.experiments.sureness import sureness
from coinvision.experiments.text import as_text
from coinvision.files import write_text
from coinvision.networks import NETWORKS, OWN

TEXT = "report.md"


def report(experiment: Experiment, *, margin: float = MARGIN) -> dict[str, Any]:
    """Compute every figure of an experiment and write both reports.

    Args:
        experiment: with some cells.
        margin: a difference that does not matter, as a share of the coins.
    """
    found = {
        **{key: experiment.description[key] for key in ("dataset", "dataset_hash", "split")},
        "leakage": experiment.description.get("leakage"),
        "coins": len(experiment.coins),
        "groups": int(experiment.coins["group"].nunique()),
        "margin": margin,
        "classifiers": _classifiers(experiment),
        "networks": {
            network: _network(experiment, network, margin)
            for network in OWN
            if {"A", "B"} <= _arms(experiment, network)
        },
        "pairs": pairs(experiment),
        "seeds": seeds(experiment),
        "cue_conflict": _cue_conflict(experiment),
        "training_time": training_time.compared(experiment),
        "against_grouped": against_grouped(experiment, _asked(experiment)),
        "learning": {
            network: rows for network in NETWORKS if (rows := learning_curve(experiment, network))
        },
    }
    write_text(experiment.folder / REPORT, json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    write_text(experiment.folder / TEXT, as_text(found))
    return found


def _asked(experiment: Experiment) -> list[tuple[str, str]]:
    """Classifiers and arms asked by the first seed: baselines, then networks, each in its order."""
    order = [*BASELINES, *NETWORKS]
    there = {(cell.classifier, cell.arm) for cell in experiment.cells() if not cell.seed}
    known = [pair for pair in there if pair[0] in order and parted(pair[1])[0] in ARMS]
    return sorted(known, key=lambda pair: (order.index(pair[0]), pair[1]))


def _arms(experiment: Experiment, network: str) -> set[str]:
    return {arm for classifier, arm in _asked(experiment) if classifier == network}


def _classifiers(experiment: Experiment) -> list[dict[str, Any]]:
    """Every classifier in every arm; in color also against the first."""
    behind = ranking.against_first(experiment)
    rows = [_classifier(experiment, *asked) for asked in _asked(experiment)]
    return [
        {**row, "against_first": behind[row["classifier"]]}
        if row["arm"] == REFERENCE and row["classifier"] in behind
        else row
        for row in rows
    ]


def _classifier(experiment: Experiment, classifier: str, arm: str) -> dict[str, Any]:
    answers = experiment.pooled(classifier, arm)
    assert answers is not None  # noqa: S101  (it was listed)
    found = figures.figures(experiment, answers)
    kept = ("n", "groups", "accuracy", "macro_f1", "balanced_accuracy", "log_loss", "folds")
    asked = arm if classifier in NETWORKS else STANDS_FOR.get(classifier, "")
    title = ARMS[parted(asked)[0]].title if asked else ""
    said = {"classifier": classifier, "arm": arm, "stands_for": asked, "title": title}
    row = {**said, **{k: found[k] for k in kept}}
    known = sureness(experiment, classifier, arm) if classifier in NETWORKS else None
    return {**row, "calibration": {"before": known.before, "after": known.after}} if known else row


def _network(experiment: Experiment, network: str, margin: float) -> dict[str, Any]:
    """Verdicts and differences of one network."""
    color, gray = (experiment.pooled(network, arm) for arm in "AB")
    assert color is not None and gray is not None  # noqa: S101  (its arms were listed)
    within: dict[str, dict[str, Any]] = {
        kind: {
            part: _verdict(experiment, network, margin, where)
            for part, where in figures.parts(experiment, kind, shared(color, gray)).items()
        }
        for kind in figures.WITHIN
    }
    return {
        "verdict": _verdict(experiment, network, margin, None),
        "within": within,
        "alone": alone(experiment, network),
        "against_color": {
            arm: _pair(answers, color)
            for arm in ARMS
            if arm != REFERENCE
            and (answers := figures.asked(experiment, network, arm)) is not None
            and len(shared(answers, color))
        },
        "emperors": by_emperor(color, gray).to_dict("records"),
    }


def _cue_conflict(experiment: Experiment) -> dict[str, Any]:
    """Whom each network follows where portrait and legend disagree, where it was asked."""
    asked = {network: experiment.pooled(network, "H") for network in OWN}
    return {
        network: conflict.shares(answers, experiment.emperors)
        for network, answers in asked.items()
        if answers is not None
    }


def _verdict(experiment: Experiment, network: str, margin: float, where: Any) -> dict[str, Any]:
    try:
        evidence = figures.evidence(experiment, network, where)
        said = judge(evidence, margin=margin)
    except ValueError:
        return {"kind": "not tested", "sentence": "No coin was tested in both arms."}
    return {**asdict(said), "gain": evidence.gain.as_dict()}


def _pair(answers: pd.DataFrame, color: pd.DataFrame) -> dict[str, Any]:
    """An arm less color on the coins that both were asked, and how both did on those."""
    pair = gain(answers, color)
    counts = {"only_this": pair.only_second, "only_color": pair.only_first}
    both = shared(answers, color)
    own = {
        name: accuracy(table.loc[both]).as_dict()
        for name, table in (("this", answers), ("color", color))
    }
    return {**pair.difference.as_dict(), **counts, "p_value": pair.p_value, **own}
