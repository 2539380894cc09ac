"""Measure whether heatmaps lie on the part of drawn coins that alone tells the emperor.

    python scripts/phantom.py --out collections/letters --coins 720 --cue legend=1
    python scripts/prepare.py collections/letters --out datasets/letters
    python scripts/train.py datasets/letters --network vgg16
    python scripts/evaluate.py letters-vgg16-color-fold0-seed0 --dataset datasets/letters
    python scripts/explain.py letters-vgg16-color-fold0-seed0 --dataset datasets/letters
    python scripts/measure_planted.py letters-vgg16-color-fold0-seed0 --dataset datasets/letters

Measures all maps that explain.py has stored; controls are among its methods. Writes the cue and the
run's network into artifacts/planted/cues.csv, where other cues and networks stay.
"""

import argparse
from pathlib import Path

import command
import pandas as pd

from coinvision.explanation.faithfulness.cues import KEY, on_cue
from coinvision.files import write_text

FILE = Path("artifacts/planted/cues.csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    command.run_arguments(parser)
    parser.add_argument("--out", type=Path, default=FILE, help=f"a table (default {FILE})")


def main(arguments: argparse.Namespace) -> None:
    """Measure, print, and put into the table."""
    table = on_cue(*command.run_and_photographs(arguments)).round(4)
    print(table.to_string(index=False))
    if arguments.out.is_file():
        known = pd.read_csv(arguments.out)
        others = known[~known[KEY].eq(table[KEY].iloc[0]).all(axis=1)]
        table = pd.concat([others, table]).sort_values(KEY, kind="stable")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    write_text(arguments.out, table.to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
