"""An experiment's report as one HTML file, with its settings and the hashes of what it rests on.

as_html(experiment, report)      # `report` as reporting.py made it; nothing is measured here
"""

import hashlib
from typing import Any

from jinja2 import UndefinedError

from coinvision.documents import render
from coinvision.errors import RunError
from coinvision.experiments import questions, training_time
from coinvision.experiments.arms import ARMS, told
from coinvision.experiments.limits import LIMITS, TESTED_BY
from coinvision.experiments.ranking import as_words, first
from coinvision.experiments.store import PREDICTIONS, Experiment
from coinvision.networks import NETWORKS


def as_html(experiment: Experiment, report: dict[str, Any]) -> str:
    """The report as a self-contained HTML page without photographs.

    Args:
        experiment: whose stored predictions the report was made from.
        report: what its report.json holds.

    Raises:
        RunError: the report lacks what this version of it should hold.
    """
    rows = report["classifiers"]
    try:
        return render(
            "experiment.html",
            report=report,
            folder=experiment.name,
            arms={
                name: own
                for name in NETWORKS
                if (own := [_arm(r, report) for r in rows if _asked(r, name)])
            },
            baselines=[_baseline(row) for row in rows if row["classifier"] not in NETWORKS],
            answers={name: questions.answers(own) for name, own in report["networks"].items()},
            first=first(report["classifiers"]),
            tested_by=TESTED_BY[report["split"]],
            times=[training_time.as_sentence(row) for row in report["training_time"]],
            limits=LIMITS,
            settings=_settings(experiment),
            cells_kept=_kept(experiment),
        )
    except (KeyError, TypeError, AttributeError, UndefinedError) as error:
        raise RunError(
            f"The report of {experiment.name} is not whole ({error}); "
            f"`scripts/experiment.py {experiment.folder}` writes it again."
        ) from error


def _asked(row: dict[str, Any], network: str) -> bool:
    """Whether a row is one of the network's arms; on fewer coins it is of the learning curve."""
    return row["classifier"] == network and row["arm"] in ARMS


def _baseline(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "behind": as_words(row)}


def _arm(row: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
    network = report["networks"].get(row["classifier"], {})
    return {
        **row,
        "shown": told(row["stands_for"]),
        "asks": ARMS[row["arm"]].asks,
        "against": network.get("against_color", {}).get(row["arm"]),
    }


def _settings(experiment: Experiment) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """Each network's recipes, and the cells that were trained by them."""
    found: dict[str, list[tuple[dict[str, Any], list[str]]]] = {}
    for cell in experiment.cells():
        recipe = experiment.facts(cell).get("recipe")
        if recipe is None:
            continue
        own = found.setdefault(cell.classifier, [])
        known = next((where for other, where in own if other == recipe), None)
        if known is None:
            own.append((recipe, known := []))
        known.append(f"{cell.arm} fold {cell.fold} seed {cell.seed}")
    return {name: [(r, ", ".join(where)) for r, where in own] for name, own in found.items()}


def _kept(experiment: Experiment) -> list[list[object]]:
    """One row a cell: its file's name, how it came about, its hash."""
    rows = []
    for cell in experiment.cells():
        facts = experiment.facts(cell)
        figures = [_or_dash(facts.get(key)) for key in ("best_epoch", "seconds", "temperature")]
        data = (experiment.folder / PREDICTIONS / f"{cell.name}.csv").read_bytes()
        rows.append([f"{cell.name}.csv", *figures, hashlib.sha256(data).hexdigest()])
    return rows


def _or_dash(value: object) -> object:
    return "–" if value is None else value
