"""How long our recipe takes to get as far as the 2020 study's, trained on the same coins.

compared(experiment)     # a row for each network and fold in which both were trained

Time is that of epochs on this machine, validation included, and with the stored features of the
frozen part where they were computed on the way. Loading photographs is in neither.
"""

from itertools import accumulate
from typing import Any

from coinvision.experiments.arms import REFERENCE
from coinvision.experiments.store import Cell, Experiment
from coinvision.networks import STUDY_2020
from coinvision.runs import HISTORY, Run


def epochs_of(run: Run) -> dict[str, Any] | None:
    """What a comparison needs of a run's history; None for one that did not note its features."""
    history = run.table(HISTORY, "epoch", "seconds", "val_accuracy")
    if "features_found" not in history or history["features_found"].isna().any():
        return None
    return {
        "device": run.description.get("device"),
        "features_found": int(history["features_found"].sum()),
        "feature_seconds": round(float(history["feature_seconds"].sum()), 1),
        "seconds": list(history["seconds"].round(1)),
        "val_accuracy": list(history["val_accuracy"].round(4)),
    }


def seconds_to(epochs: dict[str, Any], accuracy: float) -> float | None:
    """Seconds until the end of the first epoch that validates so well; None if none does."""
    passed = accumulate(epochs["seconds"])
    reached = zip(passed, epochs["val_accuracy"], strict=True)
    return next((seconds for seconds, right in reached if right >= accuracy), None)


def compared(experiment: Experiment) -> list[dict[str, Any]]:
    """Ours against the 2020 recipe, to the latter's best validation accuracy, on one device."""
    rows = []
    there = experiment.cells()
    for cell in there:
        study = Cell(STUDY_2020.get(cell.classifier, ""), REFERENCE, cell.fold, cell.seed)
        if cell.arm != REFERENCE or study not in there:
            continue
        ours, theirs = (experiment.facts(one).get("epochs") for one in (cell, study))
        if ours and theirs and ours["device"] == theirs["device"]:
            rows.append({"network": cell.classifier, "fold": cell.fold, **_row(ours, theirs)})
    return rows


def as_sentence(row: dict[str, Any]) -> str:
    """A row for a reader."""
    who = f"{row['network']}, fold {row['fold']}"
    goal = (
        f"the 2020 recipe's best validation accuracy, {row['accuracy']:.1%}, which that reached in "
        f"{row['study_seconds']:,.0f} s"
    )
    if row["seconds"] is None:
        return f"{who}: never reached {goal}."
    caching = (
        "too little, since features that another training had stored were used again"
        if row["features_found"]
        else "stored features included"
    )
    share = row["seconds"] / row["study_seconds"]
    return f"{who}: {row['seconds']:,.0f} s to {goal}: {share:.0%} of it ({caching})."


def _row(ours: dict[str, Any], study: dict[str, Any]) -> dict[str, Any]:
    best = max(study["val_accuracy"])
    return {
        "accuracy": best,
        "seconds": seconds_to(ours, best),
        "study_seconds": seconds_to(study, best),
        "features_found": ours["features_found"],
    }
