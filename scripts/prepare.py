"""Make a collection ready for training: clean its records, find duplicates, split into five folds.

    python scripts/prepare.py collections/coins --out datasets/coins
    python scripts/prepare.py records.csv --out datasets/records --min-coins 50
    python scripts/prepare.py collections/coins --out datasets/coins --labels coins-labels.csv

The result is a folder with coins.csv, inferred.csv, left_out.csv, dataset.json and report.md; the
report says what was left out, filled or inferred, and why. A bare table (a museum's query.csv too)
gives a dataset of records only.
"""

import argparse

import command

from coinvision import collection, dataset
from coinvision.dataset import folds, label_patch

MOST_NAMES = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    defaults = dataset.Settings()
    parser.add_argument("source", help="a collection's folder, or a table of records (CSV)")
    parser.add_argument("--out", required=True, help="folder of the dataset")
    parser.add_argument(
        "--min-coins",
        type=int,
        default=defaults.min_coins,
        help="leave out emperors with fewer coins (default %(default)s)",
    )
    parser.add_argument(
        "--per-emperor",
        type=command.natural_number,
        help="take at most this many coins of each emperor",
    )
    parser.add_argument(
        "--split",
        choices=list(folds.SPLITS),
        default=defaults.split,
        help="what stays in one fold: related coins, nothing, a museum (default %(default)s)",
    )
    parser.add_argument(
        "--seed", type=command.seed, default=defaults.seed, help="default %(default)s"
    )
    parser.add_argument(
        "--labels",
        action="append",
        default=[],
        help="a label patch (CSV) that the review pages exported; several, the oldest first",
    )


def main(arguments: argparse.Namespace) -> None:
    """Prepare the dataset and say where it lies."""
    labels = [label_patch.read(path) for path in arguments.labels]
    coins = collection.read(arguments.source)
    settings = dataset.Settings(
        arguments.min_coins, arguments.per_emperor, arguments.split, arguments.seed
    )
    made = dataset.prepare(
        coins,
        settings,
        folder=arguments.out,
        labels=labels,
        progress=command.progress("photographs"),
    )
    many = "emperors" if len(made.emperors) > 1 else "emperor"
    print(f"{len(made.coins)} coins of {len(made.emperors)} {many} in {made.folder}")
    tell_of_names(made.description["unknown_names"])
    inferred = sum(made.description["inferred"].values())
    if inferred:
        print(f"without a portrait, but with a known authority: {inferred}, in inferred.csv")
    print(f"what was left out or changed: {made.folder / 'report.md'}")


def tell_of_names(unknown: list[dict]) -> None:
    """List the commonest names that are not known, with the nearest that is."""
    for row in unknown[:MOST_NAMES]:
        hint = f"; nearest is {row['nearest']}, {row['likeness']:.2f} alike" * bool(row["nearest"])
        print(f"not known: {row['name']} ({row['coins']}{hint})")
    if len(unknown) > MOST_NAMES:
        print(f"not known: {len(unknown) - MOST_NAMES} names more, all in report.md")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
