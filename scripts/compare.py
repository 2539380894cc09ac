"""Does color matter? Compare a run in color and a run in gray on the same test coins.

    python scripts/compare.py ocre12-vgg16-color-fold0-seed0 ocre12-vgg16-grayscale-fold0-seed0
    python scripts/compare.py COLOR GRAYSCALE --noise COLOR_OF_ANOTHER_SEED --out report.html

Prints the verdict and writes one HTML file: each emperor, the coins that only one of the runs names
rightly, with photographs where they are on this machine, and how alike the two runs' heatmaps are.
"""

import argparse
from pathlib import Path

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("color", help="a run in color: its folder, or its name in artifacts/runs")
    parser.add_argument("gray", help="a run in grayscale, of the same network, data set and fold")
    parser.add_argument(
        "--noise",
        action="append",
        default=[],
        metavar="RUN",
        help="the color run with another seed, for the noise floor of heatmaps; may be repeated",
    )
    parser.add_argument(
        "--out", type=command.html_file, help="the report (default COLOR-against-grayscale.html)"
    )


def main(arguments: argparse.Namespace) -> None:
    """Compare, print what follows, write the report."""
    from coinvision import runs
    from coinvision.comparison.document import as_html, summary
    from coinvision.comparison.two_runs import compare_runs
    from coinvision.files import write_text

    color, gray, *noise = map(runs.open_run, (arguments.color, arguments.gray, *arguments.noise))
    found = compare_runs(color, gray, noise=noise)
    out = arguments.out or Path(f"{color.name}-against-grayscale.html")
    write_text(out, as_html(found))
    for line in summary(found):
        print(line)
    print(f"report: {out}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
