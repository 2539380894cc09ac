"""Name the emperor on photographs with a run's network.

    python scripts/predict.py ocre12-vgg16-color-fold0-seed0 my-photographs --out predictions.csv

Writes one row a picture: file_name, emperor, probability, second, second_probability, error. An
unreadable picture gets its reason in error and does not stop the rest; exit 1 if none could be
read.
"""

import argparse
from pathlib import Path

import command

from coinvision.errors import CollectionError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("run", help="a run's folder, or its name in artifacts/runs")
    parser.add_argument("image", nargs="+", help="pictures, or folders with pictures")
    parser.add_argument("--out", type=Path, required=True, help="the CSV to write")


def main(arguments: argparse.Namespace) -> int:
    """Predict, write the table, and say how many pictures could not be read."""
    from coinvision import prediction, runs
    from coinvision.files import write_text

    run = runs.open_run(arguments.run)
    paths = prediction.find_pictures(arguments.image)
    _check_out(arguments.out, paths)
    predictor = prediction.Predictor(run)
    table = prediction.predict_files(predictor, paths, progress=command.progress("pictures"))
    write_text(arguments.out, table.to_csv(index=False))
    unread = int((table["error"] != "").sum())
    print(f"{len(table) - unread} of {len(table)} pictures named in {arguments.out}")
    if unread:
        print(f"{unread} could not be read; the column error says why")
    return 1 if unread == len(table) else 0


def _check_out(out: Path, pictures: list[Path]) -> None:
    """Refuse a place for the table before the work is done, not after."""
    if out.is_dir() or out.resolve() in {picture.resolve() for picture in pictures}:
        what = "a folder" if out.is_dir() else "one of the pictures"
        raise CollectionError(f"--out {out} is {what}; name a CSV file to write.")
    out.parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
