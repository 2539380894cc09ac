"""Store heatmaps of a run's test coins (which part spoke for the emperor) and similar coins.

    python scripts/explain.py ocre12-small-color-fold0-seed0 --dataset datasets/ocre12
    python scripts/explain.py ocre12-small-color-fold0-seed0 --method gradcam++ saliency
    python scripts/explain.py ocre12-small-color-fold0-seed0 --method occlusion --limit 50

Writes heatmaps.npz into the run, for the predicted and for the true emperor, and neighbors.csv, the
training coins of both that the network finds most alike. Stop it at any moment; the same command
goes on. scorecam, occlusion and rise ask the network dozens or hundreds of times about each coin: a
limit takes so many test coins, drawn by chance but always the same. Without a dataset the
photographs are looked for in the folders that COINVISION_COLLECTIONS names.
"""

import argparse
from typing import TYPE_CHECKING

import command

from coinvision import explanation

if TYPE_CHECKING:
    from coinvision.runs import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    command.run_arguments(parser)
    parser.add_argument(
        "--method",
        nargs="+",
        action="extend",
        metavar="NAME",
        help=f"how (default gradcam): {', '.join(explanation.METHODS)}; "
        f"controls that know nothing of the network: {', '.join(explanation.CONTROLS)}",
    )
    parser.add_argument(
        "--limit", type=command.natural_number, help="only so many test coins (default all)"
    )


def main(arguments: argparse.Namespace) -> None:
    """Explain the run's test coins."""
    methods = list(dict.fromkeys(arguments.method or [explanation.FIRST]))
    for method in methods:  # before anything is computed
        explanation.get(method)

    from coinvision import runs
    from coinvision.explanation.explaining import explain_tested
    from coinvision.explanation.neighbors import are_kept, keep_neighbors

    run, photographs = command.run_and_photographs(arguments)
    _tell_damage(run)
    for method in methods:
        count = explain_tested(
            run,
            photographs,
            method=method,
            limit=arguments.limit,
            progress=command.progress(f"{run.name}, {method}"),
        )
        print(f"{method} heatmaps of {count} test coins: {run.folder / runs.HEATMAPS}")
    if not are_kept(run):
        count = keep_neighbors(run, photographs, progress=command.progress("neighbors"))
        print(f"similar training coins of {count} coins: {run.folder / runs.NEIGHBORS}")


def _tell_damage(run: "Run") -> None:
    """Maps that cannot be read are replaced, and with them other methods': not unheard."""
    from coinvision.errors import RunError
    from coinvision.explanation import stored

    try:
        stored.read(run)
    except RunError as error:
        command.say(f"{error} Maps of methods that are not asked for now must be made again.")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
