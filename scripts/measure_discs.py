"""Compare the disc finder with discs that were marked by eye.

    python scripts/measure_discs.py collections/ocre12 collections/toulouse

Reads artifacts/discs/marked.csv (collection, file_name, x, y, radius in pixels), finds the disc in
each photograph that is in one of the collections, and writes artifacts/discs/measured.csv.
"""

import argparse
import statistics
from pathlib import Path

import command
import pandas as pd

from coinvision.collection import locate
from coinvision.errors import CollectionError
from coinvision.files import write_text
from coinvision.photos import Disc, decode, find_disc

FOLDER = Path("artifacts/discs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("collection", type=Path, nargs="+", help="folders with the photographs")
    parser.add_argument("--marked", type=Path, default=FOLDER / "marked.csv")
    parser.add_argument("--out", type=Path, default=FOLDER / "measured.csv")


def main(arguments: argparse.Namespace) -> None:
    """Measure each marked photograph and print median and worst."""
    folders = {folder.resolve().name: folder for folder in arguments.collection}
    rows = []
    for mark in pd.read_csv(arguments.marked).to_dict("records"):
        folder = folders.get(mark["collection"])
        if folder is not None and locate(folder, mark["file_name"]).is_file():
            rows.append(_measure(locate(folder, mark["file_name"]), mark))
    if not rows:
        raise CollectionError(
            f"None of the photographs of {arguments.marked} is in {', '.join(folders)}."
        )
    write_text(arguments.out, pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
    overlaps = [row["overlap"] for row in rows]
    print(f"{len(rows)} discs: intersection over union, median {statistics.median(overlaps):.3f}, "
          f"worst {min(overlaps):.3f}")  # fmt: skip


def _measure(path: Path, mark: dict) -> dict:
    found = find_disc(decode(path)) or Disc(0, 0, 0)
    marked = Disc(mark["x"], mark["y"], mark["radius"])
    return {
        "collection": mark["collection"],
        "file_name": mark["file_name"],
        "found": found.found,
        "x": round(found.x, 1),
        "y": round(found.y, 1),
        "radius": round(found.radius, 1),
        "overlap": round(marked.overlap(found), 4),
    }


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
