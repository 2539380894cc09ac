"""Fill an experiment: train what is missing, ask it about the test coins, keep one row a coin.

run(experiment, dataset, Plan(networks=["small"], arms=["A", "B"], folds=[0, 1]))

A cell that is there is not made again. A network that comes with the project is used where it was
trained on the same dataset, fold and seed; others are trained into `Plan.runs`, a folder that may
be deleted when all arms are there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.dataset.crops import disc_of, load_crops, load_photograph
from coinvision.dataset.stored import Dataset
from coinvision.errors import RunError
from coinvision.evaluation import baselines, evaluating
from coinvision.evaluation.evaluating import evaluate
from coinvision.experiments import looking
from coinvision.experiments.arms import ARMS, REFERENCE, Arm, parted, taught
from coinvision.experiments.plan import Plan
from coinvision.experiments.store import PREDICTIONS, Cell, Experiment
from coinvision.experiments.training_time import epochs_of
from coinvision.networks import NETWORKS, get
from coinvision.photos import ground_around
from coinvision.training import Job, train

Progress = Callable[[str], Callable[[Iterable, int], Iterable]]
Report = Callable[[str], None]
BASELINE_SIZE = 112  # pixels a side, before `oversize`


def no_progress(label: str) -> Callable[[Iterable, int], Iterable]:
    """Show nothing."""
    return lambda items, _: items


def run(
    experiment: Experiment,
    dataset: Dataset,
    plan: Plan,
    *,
    progress: Progress = no_progress,
    report: Report = lambda _: None,
) -> None:
    """Make every cell of a plan that is not there yet; the baselines of its folds come first.

    Raises:
        RunError: a training that cannot be, or answers of another recipe that are there already.
        DatasetError: no photographs, or a photograph changed.
    """
    _check_recipes(experiment, plan)
    for fold in plan.folds:
        run_baselines(experiment, dataset, fold, plan, progress=progress)
    for letter in plan.arms:
        if not ARMS[letter].fits(dataset.coins):
            report(f"{experiment.name}: arm {letter} asks what this dataset cannot tell; left out")
    for cell in plan.cells(dataset.coins):
        if cell.classifier not in NETWORKS:
            continue
        made = None
        if cell not in experiment.cells():
            made = _run_cell(experiment, dataset, plan, cell, progress, report)
            report(f"{experiment.name}: {cell.name} is there")
        if not looking.wanted(experiment, cell):
            continue
        if made := made or _kept(experiment, dataset, plan, cell):
            looking.look(experiment, dataset, cell, made, progress(f"{cell.name}, heatmaps"))
        else:
            report(f"{experiment.name}: {cell.name} has no heatmaps; its network was not kept")


def _check_recipes(experiment: Experiment, plan: Plan) -> None:
    """Refuse to pool answers of networks that were trained otherwise than the plan's would be."""
    wanted = {(one, taught(arm, plan.coins)) for one in plan.networks for arm in plan.arms}
    for cell in experiment.cells():
        if (cell.classifier, cell.arm) not in wanted or cell.seed != plan.seed:
            continue
        job = Job(cell.classifier, epochs=plan.epochs)
        recipe = job.recipe(get(cell.classifier)).told()
        known = experiment.facts(cell).get("recipe") or {}
        for name in sorted(known.keys() & recipe.keys()):
            if known[name] != recipe[name]:
                alike = f" (--network {cell.classifier} --epochs {known[name]})"
                raise RunError(
                    f"{cell.name} was trained with {name} {known[name]}, not {recipe[name]}, and "
                    f"its answers would be pooled with the others'. Delete it from "
                    f"{experiment.folder / PREDICTIONS}, give --out, or train as it was"
                    f"{alike if name == 'max_epochs' else ''}."
                )


def run_baselines(
    experiment: Experiment,
    dataset: Dataset,
    fold: int,
    plan: Plan,
    *,
    progress: Progress = no_progress,
) -> None:
    """Make the baselines' cells of one fold, where they are not there yet."""
    wanted = {
        name: cell
        for name in plan.baselines(dataset.coins)
        if (cell := Cell(name, REFERENCE, fold)) not in experiment.cells()
    }
    if not wanted:
        return
    features = _features(dataset, plan, progress) if baselines.FROZEN in wanted else None
    splits = Job("small", fold=fold).splits(dataset)
    known, asked = (
        _coins(dataset, splits == part, features, progress) for part in ("train", "test")
    )
    for name, cell in wanted.items():
        found = baselines.BASELINES[name](known, asked, len(dataset.emperors))
        table = pd.DataFrame(found, index=asked.records["coin_id"], columns=dataset.emperors)
        experiment.keep(cell, table, trained_on=len(known.labels))


def _run_cell(
    experiment: Experiment,
    dataset: Dataset,
    plan: Plan,
    cell: Cell,
    progress: Progress,
    report: Report,
) -> runs.Run:
    """Keep a cell's answers; gives the run that gave them."""
    arm = ARMS[parted(cell.arm)[0]]
    made = _trained(dataset, plan, _job(plan, cell), progress, report)
    stored = made.table(runs.PREDICTIONS, "coin_id", "split", "emperor", "predicted")
    stored = stored[stored["split"] == "test"].set_index("coin_id")
    table = stored[[f"p_{name}" for name in made.emperors]].set_axis(made.emperors, axis=1)
    if arm.shown is not None:
        shares = _asked(dataset, made, arm, stored.index, progress(cell.name))
        table = pd.DataFrame(shares, index=stored.index, columns=made.emperors)
    facts = made.facts(runs.METRICS)
    said = {key: made.description.get(key) for key in ("best_epoch", "seconds", "recipe")}
    warmth = (facts.get("calibration") or {}).get("temperature")
    if arm is ARMS[REFERENCE]:
        said["epochs"] = epochs_of(made)
    experiment.keep(cell, table, arm=arm.title, temperature=warmth, **said)
    return made


def _kept(experiment: Experiment, dataset: Dataset, plan: Plan, cell: Cell) -> runs.Run | None:
    """The run that gave a cell its answers, where it is still there."""
    name = _job(plan, cell).name(dataset)
    known = [
        runs.open_run(folder / name)
        for folder in (runs.runs_folder(), plan.trained_in(dataset.hash))
        if (folder / name / runs.METRICS).is_file()
    ]
    return next((run for run in known if looking.gave(run, experiment, cell)), None)


def _job(plan: Plan, cell: Cell) -> Job:
    return Job(
        cell.classifier,
        input=ARMS[parted(cell.arm)[0]].trained_on,
        fold=cell.fold,
        seed=plan.seed,
        epochs=plan.epochs,
        coins=plan.coins,
        backbone=plan.backbone,
    )


def _trained(
    dataset: Dataset, plan: Plan, job: Job, progress: Progress, report: Report
) -> runs.Run:
    """The evaluated run of a cell: one that is there, or a new one."""
    shipped = runs.runs_folder() / job.name(dataset)
    if (shipped / runs.METRICS).is_file() and plan.epochs is None:
        made = runs.open_run(shipped)
        if made.description["dataset_hash"] == dataset.hash and _same_recipe(made, job):
            return made
    folder = plan.trained_in(dataset.hash)
    made = train(dataset, job, runs_folder=folder, progress=progress, report=report)
    if runs.METRICS not in made.description["kept"]:
        evaluate(made, dataset, progress=progress(f"{made.name}, test"))
    return made


def _same_recipe(made: runs.Run, job: Job) -> bool:
    """Whether a run was trained as it would be now, but for how long."""
    known, now = made.description["recipe"], job.recipe(get(job.network)).told()
    return all(known.get(key, value) == value for key, value in now.items() if key != "max_epochs")


def _asked(
    dataset: Dataset,
    made: runs.Run,
    arm: Arm,
    tested: pd.Index,
    progress: Callable[[Iterable, int], Iterable],
) -> np.ndarray:
    """Probabilities of the test coins, shown otherwise than the network learned them."""
    from coinvision.experiments.showing import shown
    from coinvision.prediction import Predictor

    predictor = Predictor(made)
    pictures = shown(dataset, predictor, made, arm, tested)
    return predictor.probabilities(pictures, len(pictures), progress)


def _features(dataset: Dataset, plan: Plan, progress: Progress) -> np.ndarray:
    from coinvision.training.frozen import frozen_features

    job = Job("vgg16", backbone=plan.backbone)
    return baselines.pooled(frozen_features(dataset, job, progress=progress))


def _coins(
    dataset: Dataset, which: np.ndarray, features: np.ndarray | None, progress: Progress
) -> baselines.Coins:
    records = dataset.coins[which]
    folder = dataset.photographs()
    crops = load_crops(
        folder,
        records,
        image_size=BASELINE_SIZE,
        input_name="color",
        progress=progress("photographs for baselines"),
    )
    grounds = np.stack([_ground(folder, record) for record in records.to_dict("records")])
    labels = evaluating.positions(dataset.emperors, records["emperor"])
    own = None if features is None else features[which]
    return baselines.Coins(records, crops, grounds, labels, own)


def _ground(folder: Path, record: dict) -> np.ndarray:
    return ground_around(load_photograph(folder, record), disc_of(record), baselines.GROUND)
