"""Ask a run about its test coins with one region blanked: which does it need to name the emperor?

    python scripts/regions.py ocre12-small-color-fold0-seed0 --dataset datasets/ocre12

Writes into the run regions.csv (whom it names without portrait, legend, border and background) and
regions.json (accuracy, and the paired difference to whole coins, for all and for each emperor).
Stop it at any moment: the same command goes on. Without a dataset the photographs are looked for in
the folders that COINVISION_COLLECTIONS names.
"""

import argparse

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("run", help="a run's folder, or its name in artifacts/runs")
    parser.add_argument("--dataset", help="the dataset on which the run was trained")


def main(arguments: argparse.Namespace) -> None:
    """Blank each region in turn and print what it costs."""
    from coinvision import dataset, runs
    from coinvision.dataset.crops import find_photographs
    from coinvision.explanation import regions

    run = runs.open_run(arguments.run)
    if arguments.dataset:
        photographs = dataset.read(arguments.dataset).photographs()
    else:
        photographs = find_photographs(run.description["dataset"])
    regions.answer(run, photographs, progress=command.progress(run.name))
    facts = regions.figures(run)
    print(f"{run.name}: {facts['whole']['value']:.1%} of {facts['whole']['n']} whole coins")
    for name, found in facts["regions"].items():
        value, low, high = (100 * found["difference"][part] for part in ("value", "low", "high"))
        print(
            f"  without {name} {found['accuracy']['value']:.1%} ({value:+.1f} points, "
            f"95 % interval {low:+.1f} to {high:+.1f})"
        )
    print(f"all figures: {run.folder / runs.REGIONS}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
