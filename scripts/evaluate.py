"""Predict the held-out coins of runs with their stored weights, and measure the result.

    python scripts/evaluate.py ocre12-small-color-fold0-seed0 --dataset datasets/ocre12
    python scripts/evaluate.py artifacts/runs/ocre12-*

Writes predictions.csv and metrics.json into each run. Without a dataset the predictions that a run
already has are measured again.
"""

import argparse

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("run", nargs="+", help="a run's folder, or its name in artifacts/runs")
    parser.add_argument("--dataset", help="the dataset on which the runs were trained")


def main(arguments: argparse.Namespace) -> None:
    """Evaluate each run and print its headline figures."""
    from coinvision import dataset, evaluation, runs
    from coinvision.spelling import with_interval

    coins = dataset.read(arguments.dataset) if arguments.dataset else None
    opened = [runs.open_run(name) for name in arguments.run]
    for run in opened:
        if coins is None:
            metrics = evaluation.measure(run)
        else:
            metrics = evaluation.evaluate(run, coins, progress=command.progress(run.name))
        print(
            f"{run.name}: {metrics['n']} test coins in {metrics['groups']} groups, 95 % intervals"
        )
        for name in ("accuracy", "macro_f1", "balanced_accuracy"):
            print(f"  {name.replace('_', ' ')} {with_interval(metrics[name])}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
