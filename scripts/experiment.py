"""Color or face? Train and test the arms of the experiment on a dataset, and write its report.

    python scripts/experiment.py datasets/coins --network small --arms A,B,C --folds 0,1
    python scripts/experiment.py artifacts/experiments/coins --html report.html

Stop it at any moment: the same command goes on with the arm that is missing, and says what else the
whole table lacks. The second form writes the report again from the predictions that are there.
Networks are trained into --runs, which may be deleted when all arms are there.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import command

if TYPE_CHECKING:
    from coinvision.experiments.store import Experiment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    from coinvision.experiments.arms import ARMS
    from coinvision.networks import NETWORKS, OWN

    parser.add_argument("dataset", help="folder made by prepare.py, or an experiment's folder")
    parser.add_argument(
        "--network",
        type=_listed,
        default=list(OWN),
        help=f"of {','.join(NETWORKS)} (default {','.join(OWN)}); the 2020 ones in arm A alone",
    )
    parser.add_argument(
        "--arms", type=_listed, default=list(ARMS), help='default all; "" for the baselines alone'
    )
    parser.add_argument("--folds", type=_numbers, default=[0, 1, 2, 3, 4], help="default 0,1,2,3,4")
    parser.add_argument(
        "--seed", type=command.seed, default=0, help="default 0; others are compared with it"
    )
    parser.add_argument("--coins", type=command.natural_number, help="train on so many coins only")
    parser.add_argument("--epochs", type=command.natural_number, help="at most this many")
    parser.add_argument(
        "--backbone", default="imagenet", help="imagenet, or a file of VGG-16 weights"
    )
    parser.add_argument("--runs", type=Path, help="where networks are trained (default a cache)")
    parser.add_argument("--out", type=Path, help="default artifacts/experiments/NAME")
    parser.add_argument(
        "--html", type=command.html_file, help="write the report as one HTML file, too"
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in _listed(text)]
    except ValueError:
        raise argparse.ArgumentTypeError(f"got {text!r}; expected numbers like 0,1,4") from None


def main(arguments: argparse.Namespace) -> None:
    """Run what is missing and write the report."""
    from coinvision.experiments import reporting, store
    from coinvision.experiments.document import as_html
    from coinvision.files import write_text

    if (Path(arguments.dataset) / store.DESCRIPTION).is_file():
        _refuse_training(arguments)
        experiment = store.read(Path(arguments.dataset))
    else:
        experiment = _run(arguments)
    found = reporting.report(experiment)
    _say_missing(experiment)
    for name, network in found["networks"].items():
        print(f"{name}: {network['verdict']['sentence']}")
    print(f"report: {experiment.folder / reporting.TEXT}")
    if arguments.html:
        write_text(arguments.html, as_html(experiment, found))
        print(f"as one file: {arguments.html}")


def _refuse_training(arguments: argparse.Namespace) -> None:
    """Nothing is trained from an experiment's folder: what asks for it must not pass unheard."""
    from coinvision.errors import RunError

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    asked = [
        f"--{name}"
        for name, value in vars(arguments).items()
        if name not in ("dataset", "html") and value != parser.get_default(name)
    ]
    if asked:
        raise RunError(
            f"{arguments.dataset} is an experiment, whose report is written again; "
            f"{', '.join(asked)} needs the dataset that prepare.py made."
        )


def _run(arguments: argparse.Namespace) -> "Experiment":
    from coinvision import dataset
    from coinvision.experiments import missing, plan, running, store

    coins = dataset.read(arguments.dataset)
    wanted = plan.Plan(
        networks=arguments.network,
        arms=arguments.arms,
        folds=arguments.folds,
        seed=arguments.seed,
        coins=arguments.coins,
        epochs=arguments.epochs,
        backbone=arguments.backbone,
        runs=arguments.runs,
    )
    experiment = store.begin(arguments.out or store.folder_for(coins), coins)
    for line in missing.in_short(missing.missing(experiment, coins.coins, wanted)):
        command.say(f"to do: {line}")
    running.run(experiment, coins, wanted, progress=command.progress, report=command.say)
    return experiment


def _say_missing(experiment: "Experiment") -> None:
    """What the whole table lacks: every network, arm and fold."""
    from coinvision.dataset.folds import NUM_FOLDS
    from coinvision.experiments import missing
    from coinvision.experiments.arms import ARMS
    from coinvision.experiments.plan import Plan
    from coinvision.networks import NETWORKS

    whole = Plan(list(NETWORKS), list(ARMS), list(range(NUM_FOLDS)))
    for line in missing.in_short(missing.missing(experiment, experiment.coins, whole)):
        print(f"missing: {line}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
