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
    command.run_arguments(parser)


def main(arguments: argparse.Namespace) -> None:
    """Blank each region in turn and print what it costs."""
    from coinvision import runs
    from coinvision.explanation import regions
    from coinvision.spelling import gain, with_interval

    run, photographs = command.run_and_photographs(arguments)
    regions.answer(run, photographs, progress=command.progress(run.name))
    facts = regions.figures(run)
    whole = facts["whole"]
    print(f"{run.name}, 95 % intervals: {with_interval(whole)} of {whole['n']} whole coins")
    for name, found in facts["regions"].items():
        print(
            f"  without {name} {with_interval(found['accuracy'])}, "
            f"{gain(found['difference'])} points; most named {found['most_named']['emperor']}, "
            f"{with_interval(found['most_named']['named'])}"
        )
    print(f"all figures: {run.folder / runs.REGIONS}")


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
