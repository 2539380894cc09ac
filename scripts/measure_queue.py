"""Measure how early the review queue brings up wrong labels that were planted in a dataset.

    python scripts/measure_queue.py datasets/ocre12 --backbone vgg16_notop.weights.h5 --flip 0.03
    python scripts/measure_queue.py datasets/toulouse --backbone imagenet --column label_basis

Flips a share of the labels at random, asks a logistic regression on frozen VGG-16 features
out of fold, and prints which share of the flipped labels stands in the first 5 % of the queue. With
a column of coins.csv, prints for each of its values where coins stand with labels as they are.
"""

import argparse

import command
import numpy as np
import pandas as pd

FIRST = (0.01, 0.02, 0.05, 0.1, 0.2)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("dataset", help="a prepared dataset with photographs on this machine")
    parser.add_argument(
        "--backbone", default="imagenet", help="VGG-16 weights: imagenet or a file (default)"
    )
    parser.add_argument("--flip", type=_share, default=0.03, help="share of labels (default 0.03)")
    parser.add_argument(
        "--seeds", type=command.natural_number, default=5, help="how often (default %(default)s)"
    )
    parser.add_argument("--column", help="a column of coins.csv whose values are compared")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"got {text!r}; expected a share between 0 and 1")
    return value


def main(arguments: argparse.Namespace) -> None:
    """Measure and print one line a seed, then mean and spread."""
    from coinvision import dataset
    from coinvision.errors import DatasetError
    from coinvision.evaluation import baselines
    from coinvision.review import measuring
    from coinvision.training import Job
    from coinvision.training.frozen import frozen_features

    coins = dataset.read(arguments.dataset)
    if arguments.column and arguments.column not in coins.coins:
        raise DatasetError(
            f"{coins.name} has no column {arguments.column!r}; expected one of coins.csv."
        )
    job = Job("vgg16", backbone=arguments.backbone)
    features = baselines.pooled(frozen_features(coins, job, progress=command.progress))
    labels = np.searchsorted(coins.emperors, coins.coins["emperor"].to_numpy(dtype=object))
    number = len(coins.emperors)
    judge = measuring.OutOfFold(features, coins.coins["fold"].to_numpy(dtype=int))
    plain = judge.probabilities(labels, number)
    right = plain.argmax(axis=1) == labels
    print(
        f"{coins.name}: {len(labels)} coins of {number} emperors, {right.mean():.1%} named rightly"
    )
    if arguments.column:
        _compare(coins.coins[arguments.column], measuring.places(labels, plain), right)
    rows = []
    for seed in range(arguments.seeds):
        flipped = measuring.flip(labels, arguments.flip, number, seed)
        place = measuring.places(flipped, judge.probabilities(flipped, number))
        rows.append([measuring.found_early(place, flipped != labels, part) for part in FIRST])
        print(f"seed {seed}: {(flipped != labels).sum()} flipped; {_found(rows[-1])}")
    print(f"mean: {_found(np.mean(rows, axis=0))}")
    print(f"least: {_found(np.min(rows, axis=0))}")


def _found(shares: np.ndarray | list[float]) -> str:
    listed = (
        f"{share:.0%} in the first {part:.0%}" for share, part in zip(shares, FIRST, strict=True)
    )
    return ", ".join(listed)


def _compare(values: pd.Series, place: np.ndarray, right: np.ndarray) -> None:
    ends = {part: int(np.ceil(part * len(place))) for part in FIRST}
    for value, own in values.fillna("").groupby(values.fillna("")):
        where = own.index.to_numpy()
        early = [f"{(place[where] < end).sum()} of the first {end}" for end in ends.values()]
        print(
            f"{values.name} {value!r}: {len(where)} coins, {right[where].mean():.1%} named rightly,"
            f" median place {np.median(place[where]) / len(place):.0%}; {', '.join(early)}"
        )


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
