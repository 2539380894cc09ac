"""Train a network on a prepared dataset; the result is a run.

    python scripts/train.py datasets/coins --network small --input color
    python scripts/train.py datasets/coins --network vgg16 --input grayscale --fold 1

Stop it at any moment: the same command goes on after the last finished epoch. A graphics card is
used where there is one. Networks with a frozen part store its outputs in the user's cache folder.
"""

import argparse
from pathlib import Path

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    from coinvision.networks import NETWORKS
    from coinvision.photos import INPUTS

    parser.add_argument("dataset", help="folder made by prepare.py")
    parser.add_argument("--network", required=True, choices=list(NETWORKS))
    parser.add_argument("--input", default="color", choices=list(INPUTS))
    parser.add_argument("--fold", type=int, default=0, help="fold to test, 0-4 (default 0)")
    parser.add_argument("--seed", type=command.seed, default=0, help="default 0")
    parser.add_argument("--epochs", type=command.natural_number, help="at most this many")
    parser.add_argument(
        "--views",
        type=command.natural_number,
        help="stored augmented views of each coin (networks with a frozen part)",
    )
    parser.add_argument(
        "--coins",
        type=command.natural_number,
        help="train on so many coins only, each emperor by its share (default all)",
    )
    parser.add_argument(
        "--backbone",
        default="imagenet",
        help="imagenet, or a file of VGG-16 weights without its top",
    )
    parser.add_argument("--runs", type=Path, help="folder of the runs (default artifacts/runs)")
    parser.add_argument(
        "--name", type=_plain_name, help="name of the run (default: of dataset and settings)"
    )


def _plain_name(text: str) -> str:
    """A name without a path, since the run lies in the folder of the runs."""
    if Path(text).name != text or text in (".", ".."):
        raise argparse.ArgumentTypeError(f"got {text!r}; expected a plain name without slashes")
    return text


def main(arguments: argparse.Namespace) -> None:
    """Train and say where the run lies."""
    from coinvision import dataset

    coins = dataset.read(arguments.dataset)  # before the network stack, which takes seconds
    from coinvision.training import Job, train

    job = Job(
        network=arguments.network,
        input=arguments.input,
        fold=arguments.fold,
        seed=arguments.seed,
        epochs=arguments.epochs,
        views=arguments.views,
        coins=arguments.coins,
        backbone=arguments.backbone,
    )
    run = train(
        coins,
        job,
        runs_folder=arguments.runs,
        name=arguments.name,
        progress=command.progress,
        report=command.say,
    )
    print(f"{run.name}: best epoch {run.description['best_epoch']}, in {run.folder}")
    print(f"next: python scripts/evaluate.py {run.folder} --dataset {arguments.dataset}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
