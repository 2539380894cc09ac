"""Store heatmaps of a run's test coins (which part spoke for the emperor) and similar coins.

    python scripts/explain.py ocre12-small-color-fold0-seed0 --dataset datasets/ocre12

Writes heatmaps.npz into the run, for the predicted and for the true emperor, and neighbors.csv, the
training coins of both that the network finds most alike. Without a dataset the photographs are
looked for in the folders that COINVISION_COLLECTIONS names.
"""

import argparse

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("run", help="a run's folder, or its name in artifacts/runs")
    parser.add_argument("--dataset", help="the dataset on which the run was trained")
    parser.add_argument("--method", default="gradcam", help="how (default gradcam)")
    parser.add_argument(
        "--limit", type=command.natural_number, help="only the first so many test coins"
    )


def main(arguments: argparse.Namespace) -> None:
    """Explain the run's test coins."""
    from coinvision import dataset, explanation, runs
    from coinvision.dataset.crops import find_photographs
    from coinvision.explanation.explaining import explain
    from coinvision.explanation.neighbors import keep_neighbors

    explanation.get(arguments.method)
    run = runs.open_run(arguments.run)
    if arguments.dataset:
        photographs = dataset.read(arguments.dataset).photographs()
    else:
        photographs = find_photographs(run.description["dataset"])
    count = explain(
        run,
        photographs,
        method=arguments.method,
        limit=arguments.limit,
        progress=command.progress(run.name),
    )
    print(f"heatmaps of {count} test coins: {run.folder / runs.HEATMAPS}")
    count = keep_neighbors(run, photographs, progress=command.progress(f"{run.name}, neighbors"))
    print(f"similar training coins of {count} coins: {run.folder / runs.NEIGHBORS}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
